using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Slices;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Slices;

public sealed class ConfirmTreeTests
{
    private static readonly SliceOptions Options = new() { BeamSearch = false, MinRows = 60, Seed = 5 };

    // Every node is counted here again by its condition among the rows that were held out, and the adjustment done by hand.
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Every_node_says_what_its_condition_counts_among_held_out_rows(int seed)
    {
        Table table = SliceGiven.Rows(4_000, seed);
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("region").Text(row) == "east" ? 0.5 : table.Need("age").Number(row) > 60 ? 0.3 : 0.1, seed);

        SlicesReport report = FindSlices.Run(table, rows, Options, null, default);

        HashSet<int> heldOut = [.. SplitRows.Of(rows, Options.DiscoveryShare, Options.Seed).HeldOut];
        List<(ErrorTreeNode Node, double P)> tests = [];
        foreach (ErrorTreeNode node in report.Tree)
        {
            int[] own = node.Parent is null ? [.. heldOut] : [.. Cohort.Parse(node.Where).Rows(table).Where(heldOut.Contains)];
            double wrong = own.Sum(row => rows.Losses[row]);
            double others = heldOut.Sum(row => rows.Losses[row]) - wrong;
            Assert.Equal(own.Length, node.HeldOut.Rows);
            Assert.Equal(wrong / own.Length, node.HeldOut.Value, 1e-12);
            if (node.AdjustedPValue is not null)
            {
                Assert.True(node.IsLeaf);
                Assert.Equal((wrong / own.Length) - (others / (heldOut.Count - own.Length)), node.Difference, 1e-12);
                tests.Add((node, TwoProportions.PValue(wrong / own.Length, own.Length, others / (heldOut.Count - own.Length), heldOut.Count - own.Length, weighted: false)));
            }
        }

        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.Equal(
            Math.Min(1, tests.Where(other => other.P >= test.P).Min(other => other.P * tests.Count / tests.Count(below => below.P <= other.P))), test.Node.AdjustedPValue!.Value, 1e-9));
        Assert.Contains(report.Tree, node => node.Confirmed && node.Where.Contains("'east'", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Tree, node => node.Confirmed && !node.IsLeaf);
    }

    [Fact]
    public void The_split_is_the_condition_that_the_node_above_lacks()
    {
        Table table = SliceGiven.Rows(6_000, 23);
        SliceRows rows = SliceGiven.Errors(table, row => table.Need("grade").Number(row) >= 4 && table.Need("region").Text(row) is "north" or "west" ? 0.6 : 0.1, 23);

        SlicesReport report = FindSlices.Run(table, rows, Options, null, default);

        Assert.Equal("", report.Tree[0].Split);
        foreach (ErrorTreeNode node in report.Tree.Skip(1))
        {
            string above = report.Tree[node.Parent!.Value].Where;
            int[] parted = [.. Cohort.Parse(node.Split).Rows(table).Intersect(above.Length == 0 ? Enumerable.Range(0, table.Rows) : Cohort.Parse(above).Rows(table)).Order()];
            Assert.Equal(Cohort.Parse(node.Where).Rows(table).Order(), parted);
        }

        // The leaves part the held-out rows.
        Assert.Equal(report.HeldOut.Rows, report.Tree.Where(node => node.IsLeaf).Sum(node => node.HeldOut.Rows));
    }

    // Under no difference a tree still grows on chance: its leaves should be confirmed in about 5 % of runs, over 9 of 60 once in 1,000.
    [Fact]
    public void Trees_of_noise_are_seldom_confirmed()
    {
        int alarms = 0;
        int grown = 0;
        for (int run = 0; run < 60; run++)
        {
            Table table = SliceGiven.Rows(800, 300 + run);
            SlicesReport report = FindSlices.Run(table, SliceGiven.Errors(table, _ => 0.2, 300 + run), Options with { Depth = 2, MinRows = 40 }, null, default);
            grown += report.Tree.Count > 1 ? 1 : 0;
            alarms += report.Tree.Any(node => node.Confirmed) ? 1 : 0;
        }

        Assert.True(grown > 20);
        Assert.InRange(alarms, 0, 9);
    }

    [Fact]
    public void Means_of_losses_and_weights_are_judged_too()
    {
        Table table = SliceGiven.Rows(3_000, 24);
        double[] losses = [.. Enumerable.Range(0, table.Rows).Select(row => table.Need("age").Number(row) > 50 ? 4 + (row % 3) : 1 + (row % 3))];
        SliceRows rows = SliceGiven.Losses(table, SliceMetric.SquaredError, losses, [.. Enumerable.Range(0, table.Rows).Select(row => 1 + (row % 2.0))]);

        SlicesReport report = FindSlices.Run(table, rows, Options, null, default);

        ErrorTreeNode worst = report.Tree.Where(node => node.Confirmed).MaxBy(node => node.Difference)!;
        Assert.Contains("age", worst.Where, StringComparison.Ordinal);
        Assert.InRange(worst.Difference, 2.5, 3.5);
        Assert.InRange(worst.Difference, worst.DifferenceInterval![0], worst.DifferenceInterval[1]);
    }
}
