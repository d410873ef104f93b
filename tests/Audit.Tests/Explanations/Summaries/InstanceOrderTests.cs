using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class InstanceOrderTests
{
    [Fact]
    public void Rows_of_one_pattern_stand_side_by_side()
    {
        double[][] patterns = [[3, 0, 0], [0, 3, 0], [-3, 0, 0], [0, -3, 0.1]];
        double[][] rows = [.. Enumerable.Range(0, 80).Select(row => patterns[row % 4].Select(value => value + (0.001 * (row / 4))).ToArray())];

        int[] order = InstanceOrder.BySimilarity(Matrices.Of(["a", "b", "c"], rows));

        Assert.Equal(Enumerable.Range(0, 80), order.Order());
        int changes = Enumerable.Range(1, 79).Count(i => order[i] % 4 != order[i - 1] % 4);
        Assert.Equal(3, changes);
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_rows()
    {
        AttributionMatrix all = Matrices.Drawn(200, [2, 1, 0.5], seed: 8);
        AttributionMatrix turned = all.Take([.. Enumerable.Range(0, 200).Reverse()]);

        int[] once = [.. InstanceOrder.BySimilarity(all).Select(place => all.Rows[place])];
        int[] again = [.. InstanceOrder.BySimilarity(turned).Select(place => turned.Rows[place])];

        Assert.Equal(once, again);
    }

    [Fact]
    public void By_output_goes_from_the_lowest_to_the_highest()
    {
        AttributionMatrix all = Matrices.Of(["a"], [[3], [1], [2], [1]]);

        Assert.Equal([1, 3, 2, 0], InstanceOrder.ByOutput(all));
    }

    [Fact]
    public void Blocks_hold_every_row_once_and_their_means()
    {
        AttributionMatrix all = Matrices.Drawn(103, [1, 2], seed: 2);
        int[] order = InstanceOrder.ByOutput(all);

        IReadOnlyList<InstanceBlock> blocks = InstanceOrder.Blocks(all, order, 10);

        Assert.Equal(order, blocks.SelectMany(block => block.Positions));
        Assert.All(blocks, block => Assert.InRange(block.Positions.Count, 10, 11));
        InstanceBlock third = blocks[3];
        Assert.Equal(third.Positions.Average(place => all[place][1]), third.Means[1], 1e-12);
        Assert.Equal(third.Positions.Min(place => all.Outputs[place]), third.Least);
        Assert.Equal(third.Positions.Max(place => all.Outputs[place]), third.Most);
    }

    [Fact]
    public void Rows_that_are_all_alike_go_by_output() =>
        Assert.Equal([0, 1, 2], InstanceOrder.BySimilarity(Matrices.Of(["a", "b"], [[0, 0], [0, 0], [0, 0]])));
}
