using Governance.Audit.Findings;
using Governance.Audit.Slices;

namespace Governance.Portal.Features.Slices;

/// <summary>An error tree in plain words. Pure.</summary>
internal static class ErrorTreeWords
{
    /// <summary>The worst leaf that the held-out rows confirm, or that there is none.</summary>
    public static string Finding(SlicesReport report)
    {
        ErrorTreeNode[] leaves = [.. report.Tree.Where(node => node.IsLeaf)];
        return leaves.Where(leaf => leaf.Confirmed).MaxBy(leaf => leaf.Difference) is { } worst
            ? $"Where {worst.Where}, {SlicesWords.Metric(report.Metric)} is {PlainNumbers.WithInterval(worst.HeldOut.Value, worst.HeldOut.Interval)} against {PlainNumbers.Value(worst.HeldOutRest)} elsewhere, "
                + $"n = {PlainNumbers.Count(worst.HeldOut.Rows)} held out"
            : $"None of the {leaves.Length} leaves is worse beyond chance on rows that the tree was not grown on, n = {PlainNumbers.Count(report.HeldOut.Rows)}";
    }

    /// <summary>How it was grown and judged, in a sentence or two.</summary>
    public static string Method(SlicesReport report) =>
        $"A regression tree on the losses of {PlainNumbers.Count(report.Discovery.Rows)} rows, up to {report.Depth} splits deep, at least {PlainNumbers.Count(report.MinRows)} rows of both halves in a node; "
        + $"{PlainNumbers.Count(report.HeldOut.Rows)} others judge it. Leaves that stood out are tested against all other rows, adjusted over them (Benjamini and Hochberg).";

    /// <summary>What the held-out rows say of a node.</summary>
    public static string Verdict(ErrorTreeNode node) => node.Confirmed ? "confirmed"
        : node.AdjustedPValue is not null ? "not confirmed"
        : !node.IsLeaf ? "" : node.HeldOut.Rows < 2 ? "too few rows" : "did not stand out";

    /// <summary>The nodes in the order in which a tree is read, each with how many splits lead to it.</summary>
    public static IEnumerable<(ErrorTreeNode Node, int Depth)> Lines(IReadOnlyList<ErrorTreeNode> tree)
    {
        int[] depths = new int[tree.Count];
        for (int at = 0; at < tree.Count; at++)
        {
            depths[at] = tree[at].Parent is int parent ? depths[parent] + 1 : 0; // parents stand before their children
            yield return (tree[at], depths[at]);
        }
    }

    /// <summary>A condition with the signs of print.</summary>
    public static string Short(string condition) =>
        condition.Replace("<=", "≤", StringComparison.Ordinal).Replace(">=", "≥", StringComparison.Ordinal).Replace("!=", "≠", StringComparison.Ordinal);

    /// <summary>Rows, metric and seed, for the line under the plot.</summary>
    public static IReadOnlyList<string> Provenance(SlicesReport report) =>
    [
        "computed now, not sealed evidence", $"{SlicesWords.Metric(report.Metric)} {PlainNumbers.WithInterval(report.HeldOut.Value, report.HeldOut.Interval)} of all held-out rows",
        $"halves by seed {report.Split.Seed}, stratified by {report.Split.StratifiedBy}",
    ];
}
