using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Owen;

namespace Governance.Audit.Tests.Explanations.Owen;

public sealed class OwenMethodTests
{
    // ((0 1) (2 (3 4)) 5): every order of every union's parts, all combined, is the definition.
    private static readonly HierarchyNode Nested = HierarchyNode.Over(
        [
            HierarchyNode.Union([HierarchyNode.Leaf(0), HierarchyNode.Leaf(1)]),
            HierarchyNode.Union([HierarchyNode.Leaf(2), HierarchyNode.Union([HierarchyNode.Leaf(3), HierarchyNode.Leaf(4)])]),
        ],
        ["a", "b", "c", "d", "e", "f"]);

    [Fact]
    public void Exact_values_are_the_mean_over_all_orders_that_keep_unions_together()
    {
        ExplainRequest request = Request(6) with { Hierarchy = Nested };
        ExplanationReport report = Run(request);

        AttributionTask task = new(request, TimeProvider.System);
        for (int row = 0; row < 3; row++)
        {
            double[] values = task.Game(row, CancellationToken.None).Value(CoalitionSet.All(6), 1, CancellationToken.None);
            for (int output = 0; output < 2; output++)
            {
                double[] expected = new double[6];
                int[][] orders = [.. Orders(Nested)];
                foreach (int[] order in orders)
                {
                    int known = 0;
                    foreach (int player in order)
                    {
                        expected[player] += (values[(2 * (known | 1 << player)) + output] - values[(2 * known) + output]) / orders.Length;
                        known |= 1 << player;
                    }
                }

                for (int player = 0; player < 6; player++)
                {
                    Assert.Equal(expected[player], report.Rows[row].Values[output][player], 1e-13);
                }
            }

            Assert.Null(report.Rows[row].StandardErrors);
        }
    }

    [Fact]
    public void Without_unions_they_are_shapley_values()
    {
        HierarchyNode flat = HierarchyNode.Over([], ["a", "b", "c", "d", "e", "f"]);

        ExplanationReport owen = Run(Request(6) with { Hierarchy = flat });
        ExplanationReport exact = Run(Request(6) with { Method = "exact" });

        for (int player = 0; player < 6; player++)
        {
            Assert.Equal(exact.Rows[0].Values[1][player], owen.Rows[0].Values[1][player], 1e-13);
        }
    }

    // 7,200 intervals of 95 %, those of one run dependent: 93 % is some three standard errors below.
    [Theory]
    [InlineData(130)]
    [InlineData(400)]
    public void Intervals_of_sampled_orders_hold_the_exact_value(int samples)
    {
        HierarchyNode root = Threes();
        OwenCoalitions coalitions = OwenCoalitions.Of(root, 9);
        int held = 0;
        for (int seed = 0; seed < 800; seed++)
        {
            double[] table = Given.RandomGame(9, 1, seed % 20);
            double[] truth = new double[9];
            coalitions.Sum(Given.LookUp(coalitions.ToSet(), table, 1), 1, truth);
            double[] values = new double[9];
            double[] errors = new double[9];
            OwenSampling sampling = new(root, 9, 1, samples, null);

            sampling.Run(some => Given.LookUp(some, table, 1), table.AsSpan(0, 1), table.AsSpan(511, 1), new SeededRandom(seed, 0), values, errors);

            Assert.InRange(sampling.Evaluations, 2, samples);
            Assert.Equal(table[511] - table[0], values.Sum(), 1e-12);
            held += Enumerable.Range(0, 9).Count(player => Math.Abs(values[player] - truth[player]) <= sampling.Quantile * errors[player]);
        }

        Assert.True(held >= 0.93 * 7200, $"{held} of 7,200 intervals hold the exact value.");
    }

    [Fact]
    public void Samples_bound_the_coalitions_and_a_width_ends_sampling_early()
    {
        ExplainRequest request = Request(12) with { Hierarchy = HierarchyNode.Over([], [.. Enumerable.Range(0, 12).Select(i => $"p{i}")]), Samples = 1000 };

        ExplanationReport spent = Run(request with { UntilWidth = 1e-9 });
        ExplanationReport early = Run(request with { UntilWidth = 100 });

        Assert.InRange(spent.Evaluations, 3 * 900, 3 * 1000);
        Assert.False(spent.Converged);
        Assert.True(early.Converged);
        Assert.True(early.Evaluations < spent.Evaluations / 3);
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_a_large_hierarchy_is_sampled()
    {
        ExplainRequest request = Request(40) with { Hierarchy = HierarchyNode.Over([], [.. Enumerable.Range(0, 40).Select(i => $"p{i}")]), Samples = 400 };

        ExplanationReport one = Run(request);
        ExplanationReport three = Run(request with { Threads = 3 });

        Assert.NotNull(one.Rows[0].StandardErrors);
        Assert.Equal(one.Rows[1].Values[0], three.Rows[1].Values[0]);
        Assert.Equal(one.Rows[1].StandardErrors![1], three.Rows[1].StandardErrors![1]);
    }

    [Theory]
    [InlineData(null, 500, "--hierarchy")]
    [InlineData(25, 50, "at least 194")]
    public void Refuses_in_words_what_it_cannot_do(int? players, int samples, string words)
    {
        ExplainRequest request = Request(players ?? 4) with
        {
            Hierarchy = players is null ? null : HierarchyNode.Over([], [.. Enumerable.Range(0, players.Value).Select(i => $"p{i}")]),
            Samples = samples,
        };

        Assert.Contains(words, Assert.Throws<InputException>(() => Run(request)).Message, StringComparison.Ordinal);
    }

    private static HierarchyNode Threes() => HierarchyNode.Over(
        [.. Enumerable.Range(0, 3).Select(union => HierarchyNode.Union([.. Enumerable.Range(3 * union, 3).Select(HierarchyNode.Leaf)]))],
        [.. Enumerable.Range(0, 9).Select(i => $"p{i}")]);

    private static IEnumerable<int[]> Orders(HierarchyNode node)
    {
        if (node.Player is int player)
        {
            return [[player]];
        }

        return Permutations([.. node.Children]).SelectMany(children =>
            children.Aggregate(
                (IEnumerable<int[]>)[[]],
                (before, child) => before.SelectMany(first => Orders(child).Select(own => (int[])[.. first, .. own]))));
    }

    private static IEnumerable<HierarchyNode[]> Permutations(HierarchyNode[] nodes) => nodes.Length <= 1
        ? [nodes]
        : nodes.SelectMany((first, i) => Permutations([.. nodes.Where((_, j) => j != i)]).Select(rest => (HierarchyNode[])[first, .. rest]));

    private static ExplainRequest Request(int width) => new()
    {
        Model = (rows, _) => Given.Bent(rows),
        Outputs = 2,
        Output = "y",
        Rows = Given.RandomRows(3, width, 21),
        Background = Given.RandomRows(8, width, 22),
        Players = Player.OfElements(Given.RandomRows(1, width, 1), null),
        Method = "owen",
    };

    private static ExplanationReport Run(ExplainRequest request) =>
        ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None);
}
