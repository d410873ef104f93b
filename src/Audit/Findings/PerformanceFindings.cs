using Governance.Audit.Performance;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Turns a performance report into findings. Pure.</summary>
public static class PerformanceFindings
{
    private static readonly string[] Order =
        ["accuracy", "balanced_accuracy", "roc_auc", "average_precision", "precision", "recall", "f1", "mcc", "log_loss", "brier", "ece",
         "macro_f1", "rmse", "mae", "r2", "mape"];

    /// <summary>One finding a metric that the report has, the usual ones first, the others by name.</summary>
    public static IEnumerable<Finding> From(PerformanceReport report, PolicyPack policy)
    {
        foreach (string metric in Order.Where(report.Metrics.ContainsKey)
            .Concat(report.Metrics.Keys.Except(Order).Order(StringComparer.Ordinal)))
        {
            Finding found = Measured.Score(report, metric);
            yield return found with
            {
                Gate = Gates.Judge(
                    policy, "performance." + metric, found.Value, found.Interval, found.N, found.N >= policy.SmallestGroup),
            };
        }
    }
}
