using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class SampledShapleyTests
{
    private const int Players = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    public void Equals_exact_values_without_error_where_the_budget_covers_all_coalitions(int players)
    {
        double[] table = Given.RandomGame(players, 2, players);
        double[] expected = new double[2 * players];
        ExactShapley.Compute(table, 2, expected);

        SampledAttribution sampled = Estimate(table, players, 2, 1 << players, 5);

        Assert.True(sampled.Exact);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], sampled.Values[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(26)]
    [InlineData(28)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(4000)]
    public void Adds_up_to_the_change_in_value_at_any_budget(int samples)
    {
        double[] table = Given.RandomGame(Players, 1, 4);

        Assert.Equal(table[^1] - table[0], Estimate(table, Players, 1, samples, 8).Values.Sum(), 1e-12);
    }

    // Games that defeat the regression in different ways: no structure at all, steps, ties, an interaction of five.
    [Theory]
    [InlineData("vote")]
    [InlineData("largest")]
    [InlineData("noise")]
    [InlineData("unanimity")]
    [InlineData("parity")]
    [InlineData("root")]
    [InlineData("sigmoid")]
    public void Intervals_hold_and_errors_are_no_larger_than_those_of_Kernel_SHAP(string game)
    {
        foreach (int samples in (ReadOnlySpan<int>)[128, 512])
        {
            Coverage coverage = new();
            double kernel = 0;
            const int Seeds = 12;
            for (int seed = 1; seed <= Seeds; seed++)
            {
                double[] table = Games.Table(game, Players, seed % 4);
                double[] exact = new double[Players];
                ExactShapley.Compute(table, exact);
                coverage.Add(Estimate(table, Players, 1, samples, seed), exact);
                kernel += KernelShap(table, samples, seed).Zip(exact, (a, b) => Math.Abs(a - b)).Average() / Seeds;
            }

            // 144 values: 0.93 less two standard deviations of values that fall in or out twelve at a time.
            Assert.True(coverage.Share >= 0.88, $"{samples}: {coverage}");
            Assert.True(coverage.MeanError < 1.1 * kernel, $"{samples}: {coverage}; Kernel SHAP {kernel:e2}");
        }
    }

    // The correction removes whatever the regression gets wrong: the mean over many seeds is the exact value.
    [Fact]
    public void Is_unbiased_on_a_game_that_no_regression_learns()
    {
        const int players = 8;
        const int seeds = 1500;
        double[] table = Games.Table("vote", players, 3);
        double[] exact = new double[players];
        ExactShapley.Compute(table, exact);
        double[] sum = new double[players];
        double[] squares = new double[players];
        for (int seed = 1; seed <= seeds; seed++)
        {
            double[] values = Estimate(table, players, 1, 80, seed).Values;
            for (int player = 0; player < players; player++)
            {
                sum[player] += values[player];
                squares[player] += values[player] * values[player];
            }
        }

        for (int player = 0; player < players; player++)
        {
            double mean = sum[player] / seeds;
            double deviation = Math.Sqrt((squares[player] / seeds) - (mean * mean));
            Assert.Equal(exact[player], mean, 4 * deviation / Math.Sqrt(seeds) + (0.05 * deviation));
        }
    }

    // A linear model in closed form: value i = w_i, whatever is drawn.
    [Theory]
    [InlineData(12, 26)]
    [InlineData(12, 300)]
    [InlineData(70, 500)]
    [InlineData(200, 402)]
    public void Finds_an_additive_game_exactly_at_any_budget(int players, int samples)
    {
        double[] weights = [.. Enumerable.Range(0, players).Select(player => (0.1 * ((player % 7) - 3)) + (0.01 * player))];

        SampledRow sampled = SampleCoalitions.Run(
            players, new SampleBudget(samples, null), new SeededRandom(3, 0), [2], [2 + weights.Sum()], coalitions => Sums(coalitions, weights, sum => 2 + sum));

        for (int player = 0; player < players; player++)
        {
            Assert.Equal(weights[player], sampled.Attribution.Values[player], 1e-11);
            Assert.True(sampled.Attribution.StandardErrors is null || sampled.Attribution.StandardErrors[player] < 1e-10);
        }
    }

    [Fact]
    public void Ends_after_the_model_has_answered_where_it_is_cancelled_then()
    {
        double[] weights = [.. Enumerable.Range(0, 40).Select(player => 0.1 * player)];
        using CancellationTokenSource ended = new();

        Assert.Throws<OperationCanceledException>(() => SampleCoalitions.Run(
            40, new SampleBudget(300, null), new SeededRandom(3, 0), [0], [Math.Exp(weights.Sum())],
            coalitions =>
            {
                ended.Cancel();
                return Sums(coalitions, weights, Math.Exp);
            },
            ended.Token));
    }

    [Theory]
    [InlineData(4, 512)]
    [InlineData(40, 1_024)]
    [InlineData(1_024, 1_024)]
    [InlineData(3_072, 341)]
    [InlineData(8_192, 192)]
    public void Many_players_learn_from_fewer_pairs(int players, int pairs) => Assert.Equal(pairs, SampledShapley.MostLearned(players));

    // v = (Σ w)^3: each product of players is shared evenly, so φ_i = w³ + 3/2 Σ (w_i² w_j + w_i w_j²) + 2 Σ w_i w_j w_k.
    [Fact]
    public void Holds_the_closed_form_of_a_cubic_game_of_100_players()
    {
        const int players = 100;
        SeededRandom random = new(1, 1);
        double[] weights = [.. Enumerable.Range(0, players).Select(_ => random.NextDouble() - 0.3)];
        double total = weights.Sum();
        double squares = weights.Sum(w => w * w);
        double[] exact = [.. weights.Select(w => Cubic(w, total - w, squares - (w * w)))];
        Assert.Equal(total * total * total, exact.Sum(), 1e-9);
        Coverage coverage = new();
        double kernel = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            SampledRow sampled = SampleCoalitions.Run(
                players, new SampleBudget(1024, null), new SeededRandom(seed, 0), [0], [total * total * total],
                coalitions => Sums(coalitions, weights, sum => sum * sum * sum));
            coverage.Add(sampled.Attribution, exact);
            PairedCoalitions design = PairedCoalitions.Draw(players, 1024, new SeededRandom(seed, 0));
            double[] values = new double[players];
            KernelShapley.Estimate(design, Sums(design.Coalitions, weights, sum => sum * sum * sum), [0], [total * total * total], values);
            kernel += values.Zip(exact, (a, b) => Math.Abs(a - b)).Average() / 3;
        }

        Assert.True(coverage.Share >= 0.9 && coverage.MeanError < kernel, $"{coverage}; Kernel SHAP {kernel:e2}");

        static double Cubic(double w, double others, double otherSquares) =>
            (w * w * w) + (1.5 * ((w * w * others) + (w * otherSquares))) + (w * ((others * others) - otherSquares));
    }

    [Fact]
    public void Intervals_hold_for_two_outputs_at_once()
    {
        MaskedBackground background = new(Given.RandomRows(20, Players, 1), null, Player.OfElements(Given.RandomRows(1, Players, 1), null));
        CountedModel model = new((rows, _) => Given.Bent(rows));
        double[] empty = background.BaseValue(model, 2, 1, CancellationToken.None);
        Coverage coverage = new();
        for (int row = 0; row < 4; row++)
        {
            MaskedGame game = new(background, Given.RandomRows(1, Players, 50 + row), model, empty, CancellationToken.None);
            double[] table = game.Value(CoalitionSet.All(Players), 1, CancellationToken.None);
            double[] expected = new double[2 * Players];
            ExactShapley.Compute(table, 2, expected);
            for (int seed = 1; seed <= 8; seed++)
            {
                coverage.Add(Estimate(table, Players, 2, 256, seed), expected);
            }
        }

        Assert.True(coverage.Share >= 0.93 && coverage.WidthOverError <= 5, coverage.ToString());
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_other_values()
    {
        double[] table = Given.RandomGame(Players, 1, 6);

        Assert.Equal(Estimate(table, Players, 1, 300, 1).Values, Estimate(table, Players, 1, 300, 1).Values);
        Assert.NotEqual(Estimate(table, Players, 1, 300, 1).Values, Estimate(table, Players, 1, 300, 2).Values);
    }

    [Fact]
    public void Knows_no_errors_where_the_budget_ends_before_the_inner_sizes() =>
        Assert.Null(Estimate(Given.RandomGame(Players, 1, 6), Players, 1, 26, 1).StandardErrors);

    [Fact]
    public void A_game_of_equal_values_gives_zeros()
    {
        double[] table = [.. Enumerable.Repeat(0.25, 1 << Players)];

        SampledAttribution sampled = Estimate(table, Players, 1, 200, 1);

        Assert.All(sampled.Values, value => Assert.Equal(0, value, 1e-15));
        Assert.All(sampled.StandardErrors!, error => Assert.InRange(error, 0, 1e-14));
    }

    private static SampledAttribution Estimate(double[] table, int players, int outputs, int samples, int seed)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, samples, new SeededRandom(seed, 0));
        return SampledShapley.Estimate(
            design, Given.LookUp(design.Coalitions, table, outputs), table.AsSpan(0, outputs), table.AsSpan(table.Length - outputs));
    }

    private static double[] KernelShap(double[] table, int samples, int seed)
    {
        PairedCoalitions design = PairedCoalitions.Draw(Players, samples, new SeededRandom(seed, 0));
        double[] values = new double[Players];
        KernelShapley.Estimate(design, Given.LookUp(design.Coalitions, table, 1), [table[0]], [table[^1]], values);
        return values;
    }

    private static double[] Sums(CoalitionSet coalitions, double[] weights, Func<double, double> of) =>
        [.. Enumerable.Range(0, coalitions.Count).Select(c => of(weights.Where((_, player) => coalitions.Contains(c, player)).Sum()))];
}
