namespace Governance.Audit.Slices;

/// <summary>A regression tree on the losses, with splits of numbers, levels and missing cells.</summary>
/// <remarks>
/// Breiman et al., "Classification and Regression Trees", 1984; levels are ordered by their mean loss, of which the best
/// cut is the best of all ways to part them (Fisher, JASA 53 (1958) 789–798). As in error trees for model debugging (Singla
/// et al., "Understanding failures of deep networks via robust feature extraction", CVPR 2021). O(rows · columns) a level.
/// </remarks>
internal sealed class ErrorTree
{
    // In standard errors squared: a cut that chance makes on one column in twenty is not worth a node.
    private const double LeastGain = 4;

    private readonly DiscoveryRows rows;
    private readonly int depth;
    private readonly int leastRows;
    private readonly List<(SliceCandidate Slice, int? Parent, bool IsLeaf)> nodes = [];

    private ErrorTree(DiscoveryRows rows, int depth, int leastRows) => (this.rows, this.depth, this.leastRows) = (rows, depth, leastRows);

    /// <summary>Grows the tree.</summary>
    /// <param name="rows">The discovery half.</param>
    /// <param name="depth">Splits from root to leaf at most.</param>
    /// <param name="leastRows">Rows of a node at least.</param>
    /// <returns>The nodes, root first, parents before children.</returns>
    public static IReadOnlyList<(SliceCandidate Slice, int? Parent, bool IsLeaf)> Grow(DiscoveryRows rows, int depth, int leastRows)
    {
        ErrorTree tree = new(rows, depth, leastRows);
        tree.Add([], [.. Enumerable.Range(0, rows.Count)], null, 0);
        return tree.nodes;
    }

    private void Add(IReadOnlyList<SliceCondition> path, int[] positions, int? parent, int level)
    {
        SliceSums own = rows.Sum(positions);
        int index = nodes.Count;
        SliceCandidate slice = new(path, own, path.Count == 0 ? 0 : SliceSums.Distance(own, rows.All - own), SliceMethod.Tree);
        (SliceCondition Left, SliceCondition Right)? split = level < depth ? Best(path, positions, own) : null;
        nodes.Add((slice, parent, split is null));
        if (split is var (left, right))
        {
            Add(Joined(path, left), rows.Filter(positions, left), index, level + 1);
            Add(Joined(path, right), rows.Filter(positions, right), index, level + 1);
        }
    }

    private (SliceCondition Left, SliceCondition Right)? Best(IReadOnlyList<SliceCondition> path, int[] positions, SliceSums own)
    {
        double best = LeastGain * rows.All.Variance * own.SquaredWeight / own.Weight;
        (SliceCondition Left, SliceCondition Right)? found = null;
        SliceSums[] sums = new SliceSums[CodedColumn.MostSlots];
        for (int column = 0; column < rows.Columns.Count; column++)
        {
            CodedColumn coded = rows.Columns[column];
            rows.SumByCode(column, positions, sums.AsSpan(0, coded.Slots));
            foreach (int[] order in Orders(coded, sums))
            {
                SliceSums left = default;
                ulong codes = 0;
                for (int i = 0; i < order.Length - 1; i++)
                {
                    left += sums[order[i]];
                    codes |= 1UL << order[i];
                    SliceSums right = own - left;
                    if (left.Rows >= leastRows && right.Rows >= leastRows && left.Weight > 0 && right.Weight > 0 && Gain(left, right, own) > best)
                    {
                        best = Gain(left, right, own);
                        ulong rest = order[(i + 1)..].Aggregate(0UL, (bits, code) => bits | (1UL << code));
                        found = (new SliceCondition(column, codes), new SliceCondition(column, rest));
                    }
                }
            }
        }

        return found;
    }

    private static double Gain(SliceSums left, SliceSums right, SliceSums own) =>
        (left.Losses * left.Losses / left.Weight) + (right.Losses * right.Losses / right.Weight) - (own.Losses * own.Losses / own.Weight);

    // Numbers in their order, missing cells on either side; levels by their mean loss.
    private static IEnumerable<int[]> Orders(CodedColumn column, SliceSums[] sums)
    {
        if (!column.IsOrdered)
        {
            yield return
            [
                .. Enumerable.Range(0, column.Slots).Where(code => sums[code].Rows > 0)
                    .OrderBy(code => sums[code].Weight > 0 ? sums[code].Mean : 0).ThenBy(code => code),
            ];
            yield break;
        }

        int[] ordered = [.. Enumerable.Range(0, column.Parts)];
        if (sums[column.Missing].Rows == 0)
        {
            yield return ordered;
            yield break;
        }

        yield return [.. ordered, column.Missing];
        yield return [column.Missing, .. ordered];
    }

    // Two conditions on one column are one. Levels that the node has no rows of stay with neither side.
    private static SliceCondition[] Joined(IReadOnlyList<SliceCondition> path, SliceCondition more)
    {
        ulong codes = path.Where(condition => condition.Column == more.Column).Aggregate(more.Codes, (bits, condition) => bits & condition.Codes);
        return
        [
            .. path.Where(condition => condition.Column != more.Column).Append(more with { Codes = codes }).OrderBy(condition => condition.Column),
        ];
    }
}
