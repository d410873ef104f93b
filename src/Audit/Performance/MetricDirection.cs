namespace Governance.Audit.Performance;

/// <summary>Which way a metric is better.</summary>
public static class MetricDirection
{
    private static readonly HashSet<string> Losses = new(StringComparer.Ordinal)
    {
        "error_rate", "cost", "log_loss", "brier", "brier_reliability", "ece", "mce", "rmse", "mse", "mae", "median_ae", "max_error",
        "mape", "msle", "pinball", "interval_width", "interval_score",
    };

    // A mean error of 0 is best, and a share of true values held is best where it was meant to be.
    private static readonly HashSet<string> Neither = new(StringComparer.Ordinal)
    {
        "mean_error", "brier_uncertainty", "brier_within_bins", "quantile_coverage", "interval_coverage",
    };

    /// <summary>Whether a smaller value is better.</summary>
    public static bool IsLoss(string metric) => Losses.Contains(metric);

    /// <summary>Whether neither a larger nor a smaller value is better by itself.</summary>
    public static bool IsNeutral(string metric) => Neither.Contains(metric);
}
