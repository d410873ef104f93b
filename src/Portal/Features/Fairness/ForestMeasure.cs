namespace Governance.Portal.Features.Fairness;

/// <summary>What a forest compares between groups.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Name">The word on its tab.</param>
/// <param name="Rate">The rate of each group that is compared.</param>
/// <param name="Column">The head of the rate's column.</param>
/// <param name="Gate">The policy's gate on the comparison.</param>
/// <param name="IsRatio">Group divided by reference; else group less reference.</param>
public sealed record ForestMeasure(string Key, string Name, string Rate, string Column, string Gate, bool IsRatio)
{
    /// <summary>All, in the order of the tabs; the first is shown where the address names none.</summary>
    public static IReadOnlyList<ForestMeasure> All { get; } =
    [
        new("impact-ratio", "Impact ratio", "selection_rate", "Favourable", "fairness.demographic_parity_ratio", true),
        new("selection", "Selection rate", "selection_rate", "Favourable", "fairness.demographic_parity_difference", false),
        new("tpr", "True positive rate", "tpr", "True positive rate", "fairness.equal_opportunity_difference", false),
        new("fpr", "False positive rate", "fpr", "False positive rate", "fairness.equalized_odds_difference", false),
        new("ppv", "Precision", "ppv", "Precision", "fairness.predictive_parity_difference", false),
        new("accuracy", "Accuracy", "accuracy", "Accuracy", "fairness.accuracy_difference", false),
        new("score", "Mean score", "mean_score", "Mean score", "fairness.mean_score_difference", false) { IsShare = false },
        new("auc", "ROC AUC", "roc_auc", "ROC AUC", "fairness.roc_auc_difference", false) { IsShare = false },
        new("labels", "Labels", "base_rate_favourable", "Favourable labels", "fairness.base_rate_difference", false),
        new("prediction", "Mean prediction", "mean_prediction", "Mean prediction", "fairness.mean_prediction_difference", false) { IsShare = false },
        new("error", "Mean error", "mean_error", "Mean error", "fairness.mean_error_difference", false) { IsShare = false },
        new("mae", "Mean absolute error", "mae", "MAE", "fairness.mae_difference", false) { IsShare = false },
    ];

    /// <summary>Whether the rate is a share of rows, written in percent.</summary>
    public bool IsShare { get; init; } = true;

    /// <summary>The measure of this key, or the first.</summary>
    public static ForestMeasure Of(string? key) => All.FirstOrDefault(measure => measure.Key == key) ?? All[0];

    /// <summary>The value of no disparity.</summary>
    public double Neutral => IsRatio ? 1 : 0;

    /// <summary>A value of the rate as people read it.</summary>
    public string Words(double value) => IsShare ? Audit.Findings.PlainNumbers.Percent(value) : Audit.Findings.PlainNumbers.Value(value);

    /// <summary>The head of the comparison's column.</summary>
    public string Comparison => IsRatio ? "Ratio [95 %]" : "Difference [95 %]";
}
