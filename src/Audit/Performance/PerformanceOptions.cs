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

    /// <summary>Which bin a score on an edge between two belongs to; scikit-learn's <c>calibration_curve</c> takes the one below.</summary>
    public BinEdge BinEdge { get; init; } = BinEdge.Above;

    /// <summary>A column of folds of out-of-fold predictions: metrics are given for each, with their mean and its interval.</summary>
    public string? Fold { get; init; }

    /// <summary>The number of parts for the stability of the metrics over parts of the same predictions, 2 to 100; null for none.</summary>
    public int? Parts { get; init; }

    /// <summary>A date or another ordered column: the metrics of earlier and of later rows are compared; null for none.</summary>
    public string? Time { get; init; }

    /// <summary>The first value of <see cref="Time"/> that counts as later; null takes the last fifth of the rows.</summary>
    public string? TimeSplit { get; init; }

    /// <summary>A column of groups: metrics are given for each.</summary>
    public string? Group { get; init; }

    /// <summary>The confidence level of all intervals, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>What a wrong decision costs; null leaves the metric "cost" out.</summary>
    public DecisionCosts? Costs { get; init; }

    /// <summary>How many times recall counts more than precision in "f_beta", above 0; null leaves it out.</summary>
    public double? Beta { get; init; }

    /// <summary>The share of highest-scored rows that "lift" and "caught" look at, in (0, 1].</summary>
    public double TopShare { get; init; } = 0.1;

    /// <summary>Several classes: "top_k_accuracy" asks whether the true class is among so many of the highest scores; null leaves it out.</summary>
    public int? TopClasses { get; init; }

    /// <summary>Regression: the quantile that the predictions are of, in (0, 1), for "pinball"; null leaves it out.</summary>
    public double? Quantile { get; init; }

    /// <summary>Regression: the columns with the lower and the upper end of a prediction interval; null for none.</summary>
    public (string Lower, string Upper)? PredictionInterval { get; init; }

    /// <summary>The share of true values that the prediction intervals claim to hold, in (0, 1); null leaves out "interval_score".</summary>
    public double? Coverage { get; init; }

    /// <summary>Where intervals come from.</summary>
    public IntervalMethod Interval { get; init; } = IntervalMethod.Analytic;

    /// <summary>How often rows are drawn anew for bootstrap intervals.</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>Seeds the bootstrap and the parts of <see cref="Parts"/>.</summary>
    public int Seed { get; init; }

    /// <summary>Threads of the bootstrap, at least 1; change no result.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>Where intervals of metrics come from.</summary>
public enum IntervalMethod
{
    /// <summary>Closed forms: Wilson's of shares, DeLong's of areas, Student's of means, the delta method of the others.</summary>
    Analytic,

    /// <summary>Percentiles of rows drawn anew, all metrics from the same draws.</summary>
    Bootstrap,

    /// <summary>The same, bias-corrected and accelerated.</summary>
    Bca,
}

/// <summary>Which bin a score on an edge between two bins belongs to.</summary>
public enum BinEdge
{
    /// <summary>The bin above: [low, high).</summary>
    Above,

    /// <summary>The bin below: (low, high].</summary>
    Below,
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
