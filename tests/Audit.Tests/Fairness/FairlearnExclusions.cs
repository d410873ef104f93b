namespace Governance.Audit.Tests.Fairness;

/// <summary>Figures of Fairlearn's goldens that ours do not or need not equal: a pattern of the figure's id, and why.</summary>
internal static class FairlearnExclusions
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [@"small/.+/by_group/(true_positive_rate|recall|false_negative_rate)/[HI](\|[fm])?"] =
            "0/0: H and I have no actual positives; Fairlearn says 0 for the rate and 0 for its complement.",
        [@"small/.+/by_group/(true_negative_rate|false_positive_rate)/G(\|f)?"] =
            "0/0: G has no actual negatives; Fairlearn says 0 for the rate and 0 for its complement.",
        [@"small/.+/by_group/balanced_accuracy/[GHI](\|[fm])?"] =
            "0/0: one of the two rates is undefined; scikit-learn averages the other alone.",
        [@"small/.+/by_group/precision/(F(\|[fm])?|H\|f)"] =
            "0/0: nobody was predicted positive; zero_division=0.",
        [@"small/.+/by_group/f1/H\|f"] =
            "0/0: nobody is positive or predicted so; zero_division=0.",
        [@"small/group(_x_sex)?_w/by_group/selection_rate/(I|I\|f|H\|f)"] =
            "Fairlearn's fault (trap 4): the weighted selection rate of a one-row group is an array; ours is the number.",
        [@"small/group(_x_sex)?_w/(difference|demographic_parity_difference)/(between_groups|to_overall)(/selection_rate)?"] =
            "Fairlearn's fault (trap 4): difference() then drops the group; ours counts it, and equals the unweighted figure's group.",
        [@".+/group_(min|max)/.+"] =
            "The extremes are in the groups; the report has no figure of them alone.",
        [@".+/(zero_one_loss|mcc)(/.+)?"] =
            "Not a fairness figure here: the loss is 1 - accuracy, mcc is in performance --group.",
        [@"small_score/group/.+/(brier|log_loss)(/.+)?"] =
            "In performance --group, where SklearnGoldenTests and ours by group are tested.",
        [@"small_score/group_ap/.+"] =
            "In performance --group: SklearnGoldenTests.Average_precision_by_group_agrees_where_a_group_has_positives.",
        [@".+/(difference|ratio)/(between_groups|to_overall)/(count|true_negative_rate|false_negative_rate|balanced_accuracy|f1|mean_score)"] =
            "No parity of this metric is in the report; tnr and fnr have the differences of fpr and tpr.",
        [@".+/equalized_odds_ratio/(between_groups|to_overall)/mean"] =
            "The mean of the two ratios is not in the report; the worst case is.",
        ["small_score/group_auc/overall"] =
            "Raises because one group has one class; ours leaves that group's area undefined: MeasureFairnessTests.",
        ["small/zero_weight_group_D/overall"] =
            "Raises because a group has no weight; ours leaves that group undefined: MeasureFairnessTests.",
        ["small/nan_label/overall"] =
            "Raises because a label is missing; ours counts the row as skipped: MeasureFairnessTests.",
    };
}
