namespace Governance.Audit.Monitoring;

/// <summary>The metrics that monitors know, and which way each is better.</summary>
public static class MonitorMetrics
{
    private static readonly string[] Binary = ["accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "roc_auc", "brier", "log_loss"];
    private static readonly string[] Numbers = ["mae", "rmse"];
    private static readonly string[] Estimated = ["accuracy", "precision", "recall", "specificity", "f1", "roc_auc", "mae", "rmse"];
    private static readonly string[] Parities =
    [
        "demographic_parity_difference", "demographic_parity_ratio", "equal_opportunity_difference", "fpr_difference",
        "equalized_odds_difference", "predictive_parity_difference", "accuracy_difference",
    ];

    /// <summary>The metrics of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="groups">Whether it compares groups.</param>
    public static IReadOnlyList<string> Of(MonitorKind kind, bool groups) => kind switch
    {
        MonitorKind.Performance => [.. Binary, .. Numbers],
        MonitorKind.Estimate => groups ? Parities : Estimated,
        MonitorKind.Fairness => Parities,
        MonitorKind.Latency => ["p50", "p95", "p99"],
        _ => [],
    };

    /// <summary>Whether a larger figure is better.</summary>
    public static bool LargerIsBetter(string metric) =>
        metric is not ("brier" or "log_loss" or "mae" or "rmse" or "p50" or "p95" or "p99") && !metric.EndsWith("_difference", StringComparison.Ordinal);

    /// <summary>Whether a parity needs labels; those of decisions alone do not.</summary>
    public static bool NeedsLabels(string metric) => !metric.StartsWith("demographic_parity", StringComparison.Ordinal);
}
