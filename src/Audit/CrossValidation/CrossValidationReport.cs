using Governance.Audit.Performance;

namespace Governance.Audit.CrossValidation;

/// <summary>What cross-validation found: the body of <c>governance crossvalidate</c>.</summary>
public sealed record CrossValidationReport
{
    /// <summary>binary, multiclass or regression.</summary>
    public required string Task { get; init; }

    /// <summary>The positive class of a binary task, else null.</summary>
    public string? Positive { get; init; }

    /// <summary>What was trained.</summary>
    public required TrainedKind Kind { get; init; }

    /// <summary>stratified, grouped or forward-in-time.</summary>
    public required string Scheme { get; init; }

    /// <summary>Rows with a label.</summary>
    public required int Count { get; init; }

    /// <summary>The columns that were learned from.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Fold by fold, repeat by repeat.</summary>
    public required IReadOnlyList<TriedFold> Folds { get; init; }

    /// <summary>The mean of each metric over the folds, with Nadeau and Bengio's interval.</summary>
    public required IReadOnlyList<FoldMean> Means { get; init; }

    /// <summary>The trivial baseline, fitted in the folds like the model.</summary>
    public required IReadOnlyList<FoldMean> BaselineMeans { get; init; }

    /// <summary>How much better the model is than the baseline, fold by fold; above 0 is better.</summary>
    public required IReadOnlyList<FoldMean> Gains { get; init; }

    /// <summary>What the baseline says.</summary>
    public required string Baseline { get; init; }

    /// <summary>
    /// The out-of-fold predictions of the first repeat, in the order of the data's labelled rows. Not written with the
    /// report, and so null in one that was read back.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Data.Table? OutOfFold { get; init; }
}

/// <summary>One fold.</summary>
/// <param name="Repeat">From 1.</param>
/// <param name="Fold">From 1.</param>
/// <param name="Train">Rows trained on.</param>
/// <param name="Test">Rows tried on.</param>
/// <param name="Repeated">Rows tried whose features occur among those trained on.</param>
/// <param name="Inputs">Features after encoding.</param>
/// <param name="Metrics">Of the model.</param>
/// <param name="Baseline">Of the baseline.</param>
public sealed record TriedFold(
    int Repeat, int Fold, int Train, int Test, int Repeated, int Inputs,
    IReadOnlyDictionary<string, double?> Metrics, IReadOnlyDictionary<string, double?> Baseline);
