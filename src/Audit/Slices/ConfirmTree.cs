using Governance.Audit.Statistics;

namespace Governance.Audit.Slices;

/// <summary>Judges the leaves of an error tree on the rows that it was not grown on.</summary>
/// <remarks>
/// A tree that is grown on some rows looks better on them than it is (Breiman et al., "Classification and Regression Trees",
/// 1984, chapter 3), so every figure here is of the other half. Only leaves that stood out where the tree was grown are tested, and
/// their p values adjusted by Benjamini and Hochberg over these tests.
/// </remarks>
internal static class ConfirmTree
{
    /// <summary>The nodes with what the held-out half says of them.</summary>
    /// <param name="tree">The tree, root first, parents before children.</param>
    /// <param name="discovery">The rows that it was grown on.</param>
    /// <param name="heldOut">The others.</param>
    /// <param name="rows">What is measured.</param>
    /// <param name="options">Level and alpha.</param>
    public static IReadOnlyList<ErrorTreeNode> Run(
        IReadOnlyList<(SliceCandidate Slice, int? Parent, bool IsLeaf)> tree, DiscoveryRows discovery, DiscoveryRows heldOut, SliceRows rows, SliceOptions options)
    {
        ErrorTreeNode[] nodes = [.. tree.Select(node => Node(tree, node, discovery, heldOut, rows, options))];
        double[] adjusted = MultipleTests.BenjaminiHochberg([.. nodes.Where(node => node.AdjustedPValue is not null).Select(node => node.AdjustedPValue!.Value)]);
        int next = 0;
        return [.. nodes.Select(node => node.AdjustedPValue is null ? node : Judged(node, adjusted[next++], options.Alpha))];
    }

    private static ErrorTreeNode Judged(ErrorTreeNode node, double p, double alpha) =>
        node with { AdjustedPValue = p, Confirmed = p <= alpha && node.Difference > 0 };

    private static ErrorTreeNode Node(
        IReadOnlyList<(SliceCandidate Slice, int? Parent, bool IsLeaf)> tree, (SliceCandidate Slice, int? Parent, bool IsLeaf) node, DiscoveryRows discovery,
        DiscoveryRows heldOut, SliceRows rows, SliceOptions options)
    {
        bool isRate = rows.Metric.IsRate();
        SliceSums own = node.Parent is null ? heldOut.All : heldOut.Sum(node.Slice.Conditions.Select(heldOut.Bits).Aggregate((a, b) => a.And(b)));
        SliceSums rest = heldOut.All - own;
        bool suspect = node.IsLeaf && node.Parent is not null && node.Slice.Sums.Mean > (discovery.All - node.Slice.Sums).Mean;
        (double[]? interval, double? p) = suspect ? ConfirmSlices.Compare(own, rest, isRate, rows.Weights is not null, options.Level) : (null, null);
        return new ErrorTreeNode(
            string.Join(" and ", node.Slice.Conditions.Select(condition => discovery.Columns[condition.Column].Text(condition.Codes))), node.Parent,
            node.Slice.Sums.Rows, node.Slice.Sums.Mean, node.IsLeaf)
        {
            Split = Split(tree, node, discovery),
            HeldOut = ConfirmSlices.Figure(own, isRate, options.Level),
            HeldOutRest = rest.Mean,
            Difference = suspect ? own.Mean - rest.Mean : double.NaN,
            DifferenceInterval = interval,
            AdjustedPValue = p,
        };
    }

    // The condition that the node above does not have.
    private static string Split(
        IReadOnlyList<(SliceCandidate Slice, int? Parent, bool IsLeaf)> tree, (SliceCandidate Slice, int? Parent, bool IsLeaf) node, DiscoveryRows discovery)
    {
        if (node.Parent is not int parent)
        {
            return "";
        }

        SliceCondition more = node.Slice.Conditions.First(condition => !tree[parent].Slice.Conditions.Contains(condition));
        return discovery.Columns[more.Column].Text(more.Codes);
    }
}
