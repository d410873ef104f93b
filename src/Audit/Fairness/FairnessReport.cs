using System.Text.Json.Serialization;

namespace Governance.Audit.Fairness;

/// <summary>Group metrics by protected attribute: the body of <c>governance fairness</c>.</summary>
/// <remarks>A metric that is undefined for a group is null there and named in <see cref="AttributeFairness.Undefined"/>.</remarks>
public sealed record FairnessReport
{
    /// <summary>The class that TPR, FPR, PPV and scores refer to.</summary>
    public required string Positive { get; init; }

    /// <summary>The outcome that a person wants; selection rates count it.</summary>
    public required string Favourable { get; init; }

    /// <summary>One entry an attribute or intersection of attributes.</summary>
    public required IReadOnlyList<AttributeFairness> Attributes { get; init; }

    /// <summary>All rows together.</summary>
    public required GroupMetrics Overall { get; init; }

    /// <summary>Rows that could not be counted.</summary>
    public required SkippedRows SkippedRows { get; init; }

    /// <summary>What kind of predictions these are.</summary>
    public FairnessTask Task { get; init; }

    /// <summary>How intervals of groups and of pairs were made.</summary>
    public FairnessInterval Interval { get; init; }

    /// <summary>How unequally the outcomes fall on persons, whatever their group; null for other tasks than decisions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutcomeInequality? Inequality { get; init; }

    /// <summary>How alike the predictions of alike rows are; null where not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsistencyReport? Consistency { get; init; }

    /// <summary>The same within levels of control columns and within cohorts; empty where none was asked for.</summary>
    public IReadOnlyList<FairnessSlice> Slices { get; init; } = [];
}

/// <summary>Fairness within a part of the data.</summary>
/// <param name="Slice">"control: age=young" or "cohort: single".</param>
/// <param name="Report">What was found there.</param>
public sealed record FairnessSlice(string Slice, FairnessReport Report);

/// <summary>One protected attribute, or an intersection.</summary>
public sealed record AttributeFairness
{
    /// <summary>The column, or several joined by '|'.</summary>
    public required string Attribute { get; init; }

    /// <summary>The groups in ordinal order of their names.</summary>
    public required IReadOnlyList<GroupMetrics> Groups { get; init; }

    /// <summary>Differences (max − min) and ratios (min / max) over the groups where the rate is defined; null where none is.</summary>
    public required IReadOnlyDictionary<string, double?> Summary { get; init; }

    /// <summary>[low, high] for entries of <see cref="Summary"/> that have one.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> SummaryIntervals { get; init; }

    /// <summary>
    /// Groups of fewer rows than asked for, in the order of <see cref="Groups"/>: counted everywhere, but their figures
    /// and summaries that hinge on them are inconclusive.
    /// </summary>
    public IReadOnlyList<string> SmallGroups { get; init; } = [];

    /// <summary><see cref="Summary"/> over the other groups alone; null where no group is small.</summary>
    public IReadOnlyDictionary<string, double?>? SupportedSummary { get; init; }

    /// <summary>
    /// Each group against the reference group, or each pair of groups. Differences are group A minus group B (the reference),
    /// ratios A / B; p values are adjusted inside the comparisons of one metric.
    /// </summary>
    public required IReadOnlyList<GroupTest> Tests { get; init; }

    /// <summary>What could not be computed, and why.</summary>
    public required IReadOnlyList<UndefinedMetric> Undefined { get; init; }

    /// <summary>Of every metric the worst pair of groups, named, with difference and ratio.</summary>
    public IReadOnlyList<MetricSpread> Spreads { get; init; } = [];

    /// <summary>Groups whose figure counts over fewer rows than asked for, by metric.</summary>
    public IReadOnlyList<UndefinedMetric> FewEvents { get; init; } = [];

    /// <summary>How the groups are represented in the data itself, and how their labels differ.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataBalance? Data { get; init; }

    /// <summary>The part of the inequality of outcomes that lies between the groups, and differential fairness.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupInequality? Inequality { get; init; }

    /// <summary>Each group's selection rate against the highest; null where not asked for, or nothing was decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CategoryImpact? Impact { get; init; }

    /// <summary>How well other columns tell the attribute; null where not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProxyReport? Proxies { get; init; }

    /// <summary>How many decisions change with the attribute alone; null where no model was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FlipReport? Flips { get; init; }

    /// <summary>Differences and ratios pooled over the levels of the control columns; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StratifiedTest>? Stratified { get; init; }
}

/// <summary>The extreme groups of one metric.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Lowest">The group with the least value, and it.</param>
/// <param name="Highest">The group with the greatest value, and it.</param>
/// <param name="Furthest">Relative to all rows: the group furthest from them; else null.</param>
/// <param name="Difference">Highest − lowest, or the largest distance from all rows.</param>
/// <param name="DifferenceInterval">[low, high], simultaneous over all pairs; or null.</param>
/// <param name="Ratio">Lowest / highest, or the smallest ratio with all rows; null where a value is below 0 or all are 0.</param>
/// <param name="RatioInterval">[low, high], simultaneous over all pairs; or null.</param>
public sealed record MetricSpread(
    string Metric, GroupValue Lowest, GroupValue Highest, string? Furthest, double Difference,
    IReadOnlyList<double>? DifferenceInterval, double? Ratio, IReadOnlyList<double>? RatioInterval);

/// <summary>A group with its value of a metric.</summary>
public sealed record GroupValue(string Group, double Value);

/// <summary>The metrics of one group.</summary>
public sealed record GroupMetrics
{
    /// <summary>The level, or several joined by '|'; empty for all rows.</summary>
    public string Group { get; init; } = "";

    /// <summary>Rows, never weighted.</summary>
    public required int Count { get; init; }

    /// <summary>The sum of the rows' weights.</summary>
    public required double Weight { get; init; }

    /// <summary>Value by metric name (selection_rate, tpr, fpr, …); null where undefined.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>[low, high] by metric name, at the asked-for level.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals { get; init; }
}

/// <summary>One metric of two groups compared.</summary>
/// <param name="Metric">The metric's name in <see cref="GroupMetrics.Metrics"/>, or average_odds or favourable_average_odds.</param>
/// <param name="GroupA">The group compared.</param>
/// <param name="GroupB">The group it is compared with: the reference group where there is one.</param>
/// <param name="Difference">A − B.</param>
/// <param name="Ratio">A / B; null where B is 0.</param>
/// <param name="Interval">[low, high] of the difference, not adjusted for other tests; null where none is known.</param>
/// <param name="PValue">Two-sided, not adjusted; null where there is no test.</param>
/// <param name="AdjustedPValue">Adjusted inside the comparisons of this metric between the groups of this attribute.</param>
public sealed record GroupTest(
    string Metric, string GroupA, string GroupB, double Difference, double? Ratio,
    IReadOnlyList<double>? Interval, double? PValue, double? AdjustedPValue)
{
    /// <summary>[low, high] of the ratio, not adjusted for other tests; null where none is known.</summary>
    public IReadOnlyList<double>? RatioInterval { get; init; }

    /// <summary>By Fisher's exact test, which fixes all margins; null for weighted rows, many rows, and other figures than shares.</summary>
    public double? FisherPValue { get; init; }

    /// <summary>By Barnard's unconditional exact test, which fixes the group sizes alone; null likewise.</summary>
    public double? BarnardPValue { get; init; }

    /// <summary>
    /// About how many rows of both groups together, in today's shares, would move the interval of the difference off 0 if
    /// the difference stayed as it is; null where it is off already, or no number would do.
    /// </summary>
    public long? NeededRows { get; init; }
}

/// <summary>A metric that these groups do not have.</summary>
public sealed record UndefinedMetric(string Metric, IReadOnlyList<string> Groups, string Reason);

/// <summary>Rows left out of groups or of label-based metrics.</summary>
public sealed record SkippedRows(int MissingGroup, int MissingLabel);
