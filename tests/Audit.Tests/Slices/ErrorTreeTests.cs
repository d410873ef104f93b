using Governance.Audit.Data;
using Governance.Audit.Slices;

namespace Governance.Audit.Tests.Slices;

public sealed class ErrorTreeTests
{
    // The first split, over all ways to part levels and to cut numbers, found here by trying them all.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_split_is_the_best_of_all(int seed)
    {
        Table table = SliceGiven.Rows(500, seed);
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("region").Text(row) is "north" or "east" ? 0.6 : table.Need("age").Number(row) > 50 ? 0.4 : 0.1, seed);
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(table, ["region", "age", "grade", "income per month"], 6, 20, []);
        DiscoveryRows discovery = new(columns, rows, [.. Enumerable.Range(0, table.Rows)]);

        IReadOnlyList<(SliceCandidate Slice, int? Parent, bool IsLeaf)> tree = ErrorTree.Grow(discovery, 1, 20);

        double best = 0;
        foreach (CodedColumn column in columns)
        {
            for (ulong codes = 1; codes < (1UL << column.Slots) - 1; codes++)
            {
                // A cut of numbers leaves no gap; missing cells go to either side.
                ulong named = codes & ((1UL << column.Parts) - 1);
                bool isCut = !column.IsOrdered || (named & (named + 1)) == 0;
                double[] left = [.. Enumerable.Range(0, table.Rows).Where(row => (codes >> column.Codes[row] & 1) == 1).Select(row => rows.Losses[row])];
                if (isCut && left.Length >= 20 && table.Rows - left.Length >= 20)
                {
                    double sum = left.Sum();
                    double rest = rows.Losses.Sum() - sum;
                    best = Math.Max(best, (sum * sum / left.Length) + (rest * rest / (table.Rows - left.Length)));
                }
            }
        }

        Assert.Equal(3, tree.Count);
        double reached = tree.Skip(1).Sum(node => node.Slice.Sums.Losses * node.Slice.Sums.Losses / node.Slice.Sums.Weight);
        Assert.Equal(best, reached, 1e-9);
        Assert.Equal(table.Rows, tree[1].Slice.Sums.Rows + tree[2].Slice.Sums.Rows);
    }

    [Fact]
    public void Losses_without_a_pattern_are_not_split()
    {
        Table table = SliceGiven.Rows(500, 4);
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(table, ["region", "age"], 6, 20, []);
        SliceRows rows = SliceGiven.Losses(table, SliceMetric.SquaredError, [.. Enumerable.Repeat(2.5, table.Rows)]);

        Assert.True(Assert.Single(ErrorTree.Grow(new DiscoveryRows(columns, rows, [.. Enumerable.Range(0, table.Rows)]), 3, 20)).IsLeaf);
    }
}
