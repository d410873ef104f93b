using Governance.Audit.Slices;

namespace Governance.Portal.Features.Privacy;

/// <summary>A search for weak slices without those that tell of a handful of rows. Pure.</summary>
internal static class OpenSlices
{
    /// <summary>The conditions of all parts with enough rows: slices, and the leaves of the tree where all have enough.</summary>
    public static IReadOnlyList<string> Conditions(SlicesReport report, int smallest) =>
    [
        .. report.Slices.Where(slice => slice.HeldOut.Rows >= smallest && slice.Discovery.Rows >= smallest).Select(slice => slice.Where),
        .. Leaves(report).All(leaf => leaf.Rows >= smallest && leaf.HeldOut.Rows >= smallest) ? Leaves(report).Select(leaf => leaf.Where) : [],
    ];

    /// <summary>The report with what is open alone: slices one by one, the tree whole or not at all.</summary>
    public static SlicesReport Of(SlicesReport report, IReadOnlySet<string> open) => report with
    {
        Slices = [.. report.Slices.Where(slice => open.Contains(slice.Where)).Select(slice => slice with { Similar = [.. slice.Similar.Where(similar => open.Contains(similar.Where))] })],
        Tree = Leaves(report).All(leaf => open.Contains(leaf.Where)) ? report.Tree : [],
    };

    private static IEnumerable<ErrorTreeNode> Leaves(SlicesReport report) => report.Tree.Where(node => node.IsLeaf && node.Where.Length > 0);
}
