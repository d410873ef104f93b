namespace Governance.Audit.Fairness;

/// <summary>How group fairness is measured.</summary>
public sealed record FairnessOptions
{
    /// <summary>The protected columns, at least one.</summary>
    public required IReadOnlyList<string> Protected { get; init; }

    /// <summary>Whether every combination of two or more protected columns is measured as well.</summary>
    public bool Intersections { get; init; }

    /// <summary>
    /// The group that others are compared with, by column; an intersection has one where each of its columns has.
    /// Without one, each pair of groups is compared.
    /// </summary>
    public IReadOnlyDictionary<string, string> ReferenceGroups { get; init; } = new Dictionary<string, string>();

    /// <summary>The confidence level of all intervals, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// Groups of fewer rows are named in a warning; the summaries count them, and <see cref="AttributeFairness.SupportedSummary"/>
    /// gives the same figures without them.
    /// </summary>
    public int MinGroup { get; init; } = 30;

    /// <summary>
    /// A figure that counts over fewer rows of a group (positives for the TPR) is named, and left out of
    /// <see cref="AttributeFairness.SupportedSummary"/>.
    /// </summary>
    public int MinEvents { get; init; } = 10;

    /// <summary>The least share of a category that has an impact ratio, in [0, 1); null leaves impact ratios out.</summary>
    public double? CategoryShare { get; init; }

    /// <summary>What kind of predictions there are.</summary>
    public FairnessTask Task { get; init; } = FairnessTask.Binary;

    /// <summary>Columns whose levels (of several: combinations) everything is measured within as well.</summary>
    public IReadOnlyList<string> Control { get; init; } = [];

    /// <summary>Parts of the data that everything is measured within as well: conditions of the cohort language by name.</summary>
    public IReadOnlyDictionary<string, string> Cohorts { get; init; } = new Dictionary<string, string>();

    /// <summary>How intervals are made.</summary>
    public FairnessInterval Interval { get; init; } = FairnessInterval.Wilson;

    /// <summary>How often rows are drawn anew for bootstrap intervals.</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>The seed of everything sampled.</summary>
    public int Seed { get; init; }

    /// <summary>The most threads, at least 1; no result depends on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether other columns are searched for how well they tell the protected ones.</summary>
    public bool Proxies { get; init; }

    /// <summary>How many nearest rows a row's prediction is compared with for consistency; 0 leaves it out.</summary>
    public int Neighbours { get; init; }

    /// <summary>What differences and ratios are taken between.</summary>
    public Comparison RelativeTo { get; init; } = Comparison.Groups;

    /// <summary>How p values are adjusted inside a family: the comparisons of one metric between the groups of one attribute.</summary>
    public Correction Correction { get; init; } = Correction.Holm;
}

/// <summary>What kind of predictions fairness is measured of.</summary>
public enum FairnessTask
{
    /// <summary>A decision between two classes, with or without a score.</summary>
    Binary,

    /// <summary>A score alone: how high, how well it ranks and how well calibrated it is.</summary>
    Score,

    /// <summary>A choice among several classes.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}

/// <summary>How intervals are made.</summary>
public enum FairnessInterval
{
    /// <summary>In closed form: Wilson, Newcombe, Katz, Student, DeLong.</summary>
    Wilson,

    /// <summary>Bootstrap, percentile.</summary>
    Bootstrap,

    /// <summary>Bootstrap, bias-corrected and accelerated.</summary>
    Bca,
}

/// <summary>What differences and ratios are taken between.</summary>
public enum Comparison
{
    /// <summary>The largest and the smallest group.</summary>
    Groups,

    /// <summary>Each group and all rows; the worst group counts.</summary>
    Overall,
}

/// <summary>How p values are adjusted for their number.</summary>
public enum Correction
{
    /// <summary>Holm: bounds the chance of any false alarm in the family.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg: bounds the share of false alarms among alarms.</summary>
    BenjaminiHochberg,

    /// <summary>Not at all.</summary>
    None,
}
