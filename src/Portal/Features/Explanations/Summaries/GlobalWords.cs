using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Global attributions in plain words. Pure.</summary>
internal static class GlobalWords
{
    /// <summary>The letter of a group beside its bracket: A, B, …</summary>
    public static string Letter(int group) => ((char)('A' + group)).ToString();

    /// <summary>What the bars of a group mean together, in two sentences.</summary>
    public static string Group(JointAttribution joint, int group)
    {
        string names = PlainLists.And(joint.Group.Features);
        string cancelled = joint.Cancelled >= 0.05
            ? $"; their bars add up to {PlainNumbers.Value(joint.SumOfBars)}, so {PlainNumbers.Percent(joint.Cancelled)} of it cancels between them"
            : $", about as much as their bars add up to ({PlainNumbers.Value(joint.SumOfBars)})";
        return $"{Letter(group)}: {names} say much the same (association {PlainNumbers.Value(joint.Group.Weakest)} or more, limit {PlainNumbers.Limit(CorrelatedGroups.DefaultLimit)}). "
            + $"Together they moved the output by {PlainNumbers.WithInterval(joint.MeanAbsolute, joint.Interval)} on average{cancelled}. "
            + "How that is divided among them depends on the background as much as on the model.";
    }

    /// <summary>The largest difference between a cohort and the other rows, in a sentence.</summary>
    /// <param name="contrast">The largest difference first; at least one feature.</param>
    /// <param name="cohort">The cohort's name.</param>
    /// <param name="inside">Its rows.</param>
    /// <param name="outside">The other rows.</param>
    public static string Contrast(IReadOnlyList<ContrastedFeature> contrast, string cohort, int inside, int outside)
    {
        string of = $"n = {PlainNumbers.Count(inside)} against {PlainNumbers.Count(outside)}";
        ContrastedFeature? first = contrast.FirstOrDefault(feature => feature.Told);
        if (first is null)
        {
            return $"No feature is told to weigh otherwise where {cohort} than elsewhere, {of}";
        }

        int told = contrast.Count(feature => feature.Told);
        return $"{first.Feature} weighs {(first.Difference > 0 ? "more" : "less")} where {cohort}: {PlainNumbers.Value(first.Inside)} against {PlainNumbers.Value(first.Outside)}, "
            + $"difference {PlainNumbers.Signed(first.Difference)} [{PlainNumbers.Signed(first.Interval[0])}, {PlainNumbers.Signed(first.Interval[1])}]"
            + $"{(told > 1 ? $"; {told} features differ" : "")}, {of}";
    }
}
