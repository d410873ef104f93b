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
}

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
}

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
}

/// <summary>A metric that these groups do not have.</summary>
public sealed record UndefinedMetric(string Metric, IReadOnlyList<string> Groups, string Reason);

/// <summary>Rows left out of groups or of label-based metrics.</summary>
public sealed record SkippedRows(int MissingGroup, int MissingLabel);
