namespace Governance.Audit.Performance;

/// <summary>How well a model predicts: the body of <c>governance performance</c>.</summary>
public sealed record PerformanceReport
{
    /// <summary>binary, multiclass or regression.</summary>
    public required string Task { get; init; }

    /// <summary>The positive class of a binary task, else null.</summary>
    public string? Positive { get; init; }

    /// <summary>Rows with a label.</summary>
    public required int Count { get; init; }

    /// <summary>Value by metric name; null where undefined.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>[low, high] by metric name, where one is known.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals { get; init; }

    /// <summary>Counts of true (row) against predicted (column) class; null for regression.</summary>
    public Confusion? Confusion { get; init; }

    /// <summary>The reliability diagram's bins; empty without a score.</summary>
    public required IReadOnlyList<CalibrationBin> Calibration { get; init; }

    /// <summary>Metrics by fold, where folds were given.</summary>
    public required IReadOnlyList<FoldMetrics> Folds { get; init; }

    /// <summary>Metrics by group of a column, where one was named; rows without a group are in none.</summary>
    public IReadOnlyList<GroupScores> Groups { get; init; } = [];

    /// <summary>What could not be computed, and why.</summary>
    public required IReadOnlyList<UndefinedScore> Undefined { get; init; }
}

/// <summary>A confusion matrix.</summary>
/// <param name="Labels">The classes, in the order of rows and columns.</param>
/// <param name="Matrix">Shape [classes][classes]: weighted rows whose true class is the row's and predicted class the column's.</param>
public sealed record Confusion(IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<double>> Matrix);

/// <summary>One bin of predicted probability.</summary>
/// <param name="Low">Inclusive.</param>
/// <param name="High">Exclusive but for the last bin.</param>
/// <param name="Count">Rows in the bin.</param>
/// <param name="MeanScore">Null in an empty bin.</param>
/// <param name="Observed">The share of positives; null in an empty bin.</param>
/// <param name="Interval">Of <paramref name="Observed"/>.</param>
public sealed record CalibrationBin(
    double Low, double High, int Count, double? MeanScore, double? Observed, IReadOnlyList<double>? Interval)
{
    /// <summary>The sum of the rows' weights; their number where they have none.</summary>
    public double Weight { get; init; } = Count;
}

/// <summary>The metrics of one fold.</summary>
public sealed record FoldMetrics(string Fold, int Count, IReadOnlyDictionary<string, double?> Metrics);

/// <summary>The metrics of one group.</summary>
/// <param name="Group">The level of the group's column.</param>
/// <param name="Count">Rows with a label.</param>
/// <param name="Metrics">Value by metric name; null where undefined.</param>
/// <param name="Intervals">[low, high] by metric name, where one is known.</param>
public sealed record GroupScores(
    string Group, int Count, IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals);

/// <summary>A metric that is not defined on these rows.</summary>
public sealed record UndefinedScore(string Metric, string Reason);
