namespace Governance.Audit.Performance;

/// <summary>What performance is measured from, and how.</summary>
public sealed record PerformanceOptions
{
    /// <summary>The column with the true outcome.</summary>
    public required string Label { get; init; }

    /// <summary>The column with the predicted class or value; null takes the scores.</summary>
    public string? Prediction { get; init; }

    /// <summary>
    /// The score columns: one of the positive class (binary) or of the predicted value (regression), or one a class, in the
    /// order of <see cref="Classes"/>.
    /// </summary>
    public IReadOnlyList<string> Scores { get; init; } = [];

    /// <summary>The classes of a multiclass task; empty takes those that occur, numbers ascending, text in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The positive class of a binary task; null takes "1", "true" or "yes" if exactly one of them occurs.</summary>
    public string? Positive { get; init; }

    /// <summary>The positive class is predicted from this score on, inclusive; null takes 0.5 for probabilities, with a warning.</summary>
    public double? Threshold { get; init; }

    /// <summary>The kind of task; null infers it (<see cref="MeasurePerformance.InferTask"/>).</summary>
    public PerformanceTask? Task { get; init; }

    /// <summary>The column with the rows' weights, at least 0; null counts each row 1.</summary>
    public string? Weight { get; init; }

    /// <summary>The number of calibration bins, 1 to 1,000.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>How the calibration bins are cut.</summary>
    public Binning Binning { get; init; } = Binning.Uniform;

    /// <summary>A column of folds: metrics are given for each.</summary>
    public string? Fold { get; init; }

    /// <summary>A column of groups: metrics are given for each.</summary>
    public string? Group { get; init; }

    /// <summary>The confidence level of all intervals, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>What a wrong decision costs; null leaves the metric "cost" out.</summary>
    public DecisionCosts? Costs { get; init; }
}

/// <summary>What a wrong decision costs, in any one unit.</summary>
/// <param name="FalsePositive">Of a negative row predicted positive, at least 0.</param>
/// <param name="FalseNegative">Of a positive row predicted negative, at least 0.</param>
public sealed record DecisionCosts(double FalsePositive, double FalseNegative);

/// <summary>The kinds of task.</summary>
public enum PerformanceTask
{
    Binary,
    Multiclass,
    Regression,
}

/// <summary>How calibration bins are cut.</summary>
public enum Binning
{
    /// <summary>Equally wide over [0, 1].</summary>
    Uniform,

    /// <summary>At the quantiles of the scores, interpolated linearly and not weighted.</summary>
    Quantile,
}
