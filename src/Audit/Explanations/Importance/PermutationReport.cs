namespace Governance.Audit.Explanations.Importance;

/// <summary>How much worse a model is when a column is shuffled: part of the body of <c>governance importance</c>.</summary>
public sealed record PermutationReport
{
    /// <summary>accuracy, roc_auc, log_loss, brier or rmse.</summary>
    public required string Metric { get; init; }

    /// <summary>The metric of the rows as they are.</summary>
    public required double Baseline { get; init; }

    /// <summary>[low, high] of the bootstrap over rows; NaN where undefined.</summary>
    public required IReadOnlyList<double> BaselineInterval { get; init; }

    /// <summary>The features, the most important first; ties in the model's order.</summary>
    public required IReadOnlyList<PermutedFeature> Features { get; init; }

    /// <summary>The rows that were shuffled.</summary>
    public required int Rows { get; init; }

    /// <summary>How often each feature was shuffled; repeat r shuffles all features alike.</summary>
    public required int Repeats { get; init; }

    /// <summary>Whether rows have weights of their own.</summary>
    public required bool Weighted { get; init; }

    /// <summary>The level of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>Resamples of the bootstrap.</summary>
    public required int Resamples { get; init; }

    /// <summary>Rows sent to the model.</summary>
    public required long ModelRows { get; init; }

    /// <summary>The seed of shuffles and resamples.</summary>
    public required int Seed { get; init; }
}

/// <summary>How much worse a model is without one feature.</summary>
/// <param name="Feature">The player: a column, or a group of features.</param>
/// <param name="Importance">The mean over repeats of how much worse the metric is, positive for worse.</param>
/// <param name="StandardError">Of that mean over the shuffles alone; null with one repeat.</param>
/// <param name="Interval">[low, high] of the bootstrap over rows, with the shuffles as they are; NaN where undefined.</param>
/// <param name="Repeats">Each repeat's figure.</param>
/// <param name="Rank">1 is the largest.</param>
/// <param name="Ranks">[best, worst]: the ranks that it takes within the level in the draws of rows that make the intervals.</param>
public sealed record PermutedFeature(
    string Feature, double Importance, double? StandardError, IReadOnlyList<double> Interval, IReadOnlyList<double> Repeats, int Rank,
    IReadOnlyList<int> Ranks);
