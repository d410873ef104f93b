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
        string names = List(joint.Group.Features);
        string cancelled = joint.Cancelled >= 0.05
            ? $"; their bars add up to {PlainNumbers.Value(joint.SumOfBars)}, so {PlainNumbers.Percent(joint.Cancelled)} of it cancels between them"
            : $", about as much as their bars add up to ({PlainNumbers.Value(joint.SumOfBars)})";
        return $"{Letter(group)}: {names} say much the same (association {PlainNumbers.Value(joint.Group.Weakest)} or more, limit {PlainNumbers.Limit(CorrelatedGroups.DefaultLimit)}). "
            + $"Together they moved the output by {PlainNumbers.WithInterval(joint.MeanAbsolute, joint.Interval)} on average{cancelled}. "
            + "How that is divided among them depends on the background as much as on the model.";
    }

    /// <summary>"a", "a and b" or "a, b and c".</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
