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

    /// <summary>Cuts of the score from nothing chosen to all, at most 101: ROC, precision–recall, gain and lift; empty without scores.</summary>
    public IReadOnlyList<CurveCut> Curve { get; init; } = [];

    /// <summary>Each class against the others; empty but for several classes.</summary>
    public IReadOnlyList<ClassScores> Classes { get; init; } = [];

    /// <summary>What knows nothing of the rows but how the outcome is distributed, and how much better the predictions are.</summary>
    public IReadOnlyList<Baseline> Baselines { get; init; } = [];

    /// <summary>Metrics by fold, where folds were given.</summary>
    public required IReadOnlyList<FoldMetrics> Folds { get; init; }

    /// <summary>The mean of each metric over <see cref="Folds"/>.</summary>
    public IReadOnlyList<FoldMean> FoldMeans { get; init; } = [];

    /// <summary>Stability over parts of the same predictions, where asked for; no cross-validation.</summary>
    public PartStability? Stability { get; init; }

    /// <summary>Earlier rows against later ones, where a time was named.</summary>
    public OutOfTime? OutOfTime { get; init; }

    /// <summary>Rows that the model may have been trained on, where training data was named.</summary>
    public TrainingOverlap? Overlap { get; init; }

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

    /// <summary>Kish's effective number of the rows; their number where they have no weights.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double EffectiveRows { get; init; } = Count;
}

/// <summary>One cut of the scores.</summary>
/// <param name="Threshold">The score from which on the positive class is predicted, inclusive; null where nothing is chosen.</param>
/// <param name="FalsePositiveRate">In [0, 1]; null without negatives.</param>
/// <param name="TruePositiveRate">In [0, 1]; null without positives.</param>
/// <param name="Precision">In [0, 1].</param>
/// <param name="Chosen">The share of rows chosen, in [0, 1].</param>
/// <param name="Lift">Precision over the share of positives; null where nothing is chosen or positive.</param>
public sealed record CurveCut(
    double? Threshold, double? FalsePositiveRate, double? TruePositiveRate, double Precision, double Chosen, double? Lift);

/// <summary>The figures of one class against all the others.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Count">Rows of the class.</param>
/// <param name="Metrics">precision, recall, f1 and, with scores, roc_auc; null where undefined.</param>
/// <param name="Intervals">[low, high] by metric name, where one is known.</param>
public sealed record ClassScores(
    string Class, int Count, IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals);

/// <summary>A prediction that knows nothing of the row.</summary>
/// <param name="Name">majority, prior, mean or median.</param>
/// <param name="From">Where the distribution of the outcome comes from: "these rows" or "the training data".</param>
/// <param name="Prediction">What it says of every row: a class, a number or a probability.</param>
/// <param name="Metrics">Value by metric name; null where undefined.</param>
/// <param name="Gains">How much better the predictions are, metric by metric.</param>
public sealed record Baseline(
    string Name, string From, string Prediction, IReadOnlyDictionary<string, double?> Metrics, IReadOnlyList<BaselineGain> Gains);

/// <summary>How much better than a baseline the predictions are in one metric.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Gain">Above 0 where the predictions are better, in the metric's unit.</param>
/// <param name="Interval">[low, high], from the differences row by row; or null.</param>
/// <param name="Verdict">"better", "worse" or "undecided": on which side of 0 the interval lies.</param>
public sealed record BaselineGain(string Metric, double Gain, IReadOnlyList<double>? Interval, string Verdict);

/// <summary>A metric over folds.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Mean">The plain mean of the folds that have it.</param>
/// <param name="Deviation">The standard deviation between them; null with fewer than two.</param>
/// <param name="Interval">Of the mean, by Nadeau and Bengio; or null.</param>
/// <param name="Folds">How many folds have the metric.</param>
public sealed record FoldMean(string Metric, double Mean, double? Deviation, IReadOnlyList<double>? Interval, int Folds);

/// <summary>How a metric varies over parts of the same predictions.</summary>
/// <remarks>One model made all the predictions: nothing was trained anew, so that this says nothing of training.</remarks>
/// <param name="Note">What it is, in words.</param>
/// <param name="Parts">The metrics of each part.</param>
/// <param name="Ranges">The spread of each metric over the parts.</param>
public sealed record PartStability(string Note, IReadOnlyList<FoldMetrics> Parts, IReadOnlyList<PartRange> Ranges);

/// <summary>The spread of a metric over parts.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Mean">Over the parts that have it.</param>
/// <param name="Deviation">The standard deviation between them; null with fewer than two.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
public sealed record PartRange(string Metric, double Mean, double? Deviation, double Least, double Most);

/// <summary>Earlier rows against later ones.</summary>
/// <param name="Column">What orders the rows.</param>
/// <param name="Split">The first value that counts as later.</param>
/// <param name="Earlier">The metrics of the earlier rows.</param>
/// <param name="Later">The metrics of the later rows.</param>
/// <param name="Changes">Later less earlier, metric by metric.</param>
public sealed record OutOfTime(string Column, string Split, GroupScores Earlier, GroupScores Later, IReadOnlyList<TimeChange> Changes);

/// <summary>How much a metric changed with time.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Difference">Later less earlier.</param>
/// <param name="Interval">Of the difference of two independent samples, from their intervals; or null.</param>
public sealed record TimeChange(string Metric, double Difference, IReadOnlyList<double>? Interval);

/// <summary>What the measured rows share with the training data.</summary>
/// <param name="Duplicates">Rows repeated, shared, and expected to be shared by chance.</param>
/// <param name="Without">The metrics of the rows that the training data does not hold; null where none or all are shared.</param>
public sealed record TrainingOverlap(Data.Duplicates.DuplicateReport Duplicates, GroupScores? Without);

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
