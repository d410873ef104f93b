namespace Governance.Audit.Findings;

/// <summary>What metrics are called in sentences for people.</summary>
public static class MetricWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["demographic_parity_ratio"] = "impact ratio",
        ["demographic_parity_difference"] = "selection-rate difference",
        ["equalized_odds_difference"] = "equalized-odds difference",
        ["equalized_odds_ratio"] = "equalized-odds ratio",
        ["equal_opportunity_difference"] = "true-positive-rate difference",
        ["average_odds_difference"] = "average-odds difference",
        ["predictive_parity_difference"] = "precision difference",
        ["selection_rate"] = "selection rate",
        ["roc_auc"] = "ROC AUC",
        ["average_precision"] = "average precision",
        ["balanced_accuracy"] = "balanced accuracy",
        ["log_loss"] = "log loss",
        ["brier"] = "Brier score",
        ["ece"] = "expected calibration error",
        ["mcc"] = "Matthews correlation",
        ["kappa"] = "Cohen's kappa",
        ["mce"] = "largest calibration error",
        ["f1"] = "F1",
        ["tpr"] = "true positive rate",
        ["fpr"] = "false positive rate",
        ["tnr"] = "true negative rate",
        ["fnr"] = "false negative rate",
        ["ppv"] = "precision",
        ["fdr"] = "false discovery rate",
        ["for"] = "false omission rate",
        ["base_rate_favourable"] = "share of favourable labels",
        ["favourable_tpr"] = "favourable outcomes found (favourable TPR)",
        ["favourable_fpr"] = "unfavourable cases decided favourably (favourable FPR)",
        ["favourable_ppv"] = "favourable decisions that are right (favourable PPV)",
        ["average_odds"] = "average odds",
        ["mse"] = "mean square error",
        ["median_ae"] = "median absolute error",
        ["npv"] = "negative predictive value",
        ["rmse"] = "root mean square error",
        ["mae"] = "mean absolute error",
        ["r2"] = "R²",
        ["mean_absolute_attribution"] = "mean absolute attribution",
        ["additivity_residual"] = "largest additivity residual",
    };

    /// <summary>The words for a metric; underscores become spaces where none are kept.</summary>
    public static string Of(string metric) => Words.GetValueOrDefault(metric) ?? metric.Replace('_', ' ');
}
