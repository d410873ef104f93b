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
        [@"small/.+/by_group/mcc/[FGHI](\|[fm])?"] =
            "0/0: one class occurs, or one is predicted; scikit-learn says 0.",
        [@"small/.+/(group_min|group_max|(difference|ratio)/(between_groups|to_overall))/(balanced_accuracy|mcc)"] =
            "Rests on a 0/0 above, or is a ratio of values below 0.",
        [@".+/(group_min|group_max|(difference|ratio)/(between_groups|to_overall))/count"] =
            "The number of rows is no metric here; data.representationRatio sets the groups' sizes side by side.",
        [@"small_score/group_ap/(by_group|group_min|group_max|difference|ratio)(/.+)?/ap(/[HI])?"] =
            "H and I have no positives, where Fairlearn says -0 for 0/0; the extremes rest on it.",
        [@"multiclass/.+/by_group/(balanced_accuracy|recall_macro)/C"] =
            "0/0: C has no rows of class 3; scikit-learn leaves the class out of one and counts it as 0 in the other.",
        [@"multiclass/.+/(group_min|group_max|(difference|ratio)/(between_groups|to_overall))/(recall_macro|balanced_accuracy)"] =
            "Rests on C's recall of class 3, which is 0/0.",
        [@"small/group(_x_sex)?_w/group_max/(selection_rate|mean_prediction)"] =
            "Fairlearn's fault (trap 4): the weighted selection rate of a one-row group is an array; ours is the number.",
        [@"regression/.+/mape(/A)?"] =
            "A true value is 0: scikit-learn divides by 2e-16 instead; ours is undefined.",
    };
}
