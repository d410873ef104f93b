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

    /// <summary>What differences and ratios are taken between.</summary>
    public Comparison RelativeTo { get; init; } = Comparison.Groups;

    /// <summary>How p values are adjusted inside a family: the comparisons of one metric between the groups of one attribute.</summary>
    public Correction Correction { get; init; } = Correction.Holm;
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
