using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class KernelShapleyTests
{
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

        (KernelFit fit, double[] attribution, double[] errors, int coalitions) = Estimate(table, players, 2, 1 << players, 5);

        Assert.Equal(KernelFit.Exact, fit);
        Assert.Equal((1 << players) - 2, coalitions);
        Assert.All(errors, error => Assert.Equal(0, error));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], attribution[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(26)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Adds_up_to_the_change_in_value_at_any_budget(int samples)
    {
        double[] table = Given.RandomGame(12, 1, 4);

        (_, double[] attribution, _, int coalitions) = Estimate(table, 12, 1, samples, 8);

        Assert.True(coalitions + 2 <= samples);
        Assert.Equal(table[^1] - table[0], attribution.Sum(), 1e-12);
    }

    // A linear model in closed form: value i = w_i, whatever is drawn.
    [Theory]
    [InlineData(12, 26)]
    [InlineData(12, 300)]
    [InlineData(70, 500)]
    [InlineData(200, 402)]
    public void Finds_an_additive_game_exactly_at_any_budget(int players, int samples)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, samples, new SeededRandom(3, 0));
        double[] values = new double[design.Coalitions.Count];
        for (int coalition = 0; coalition < values.Length; coalition++)
        {
            values[coalition] = 2 + Enumerable.Range(0, players).Sum(p => design.Coalitions.Contains(coalition, p) ? Worth(p) : 0);
        }

        double[] attribution = new double[players];
        double[] errors = new double[players];
        KernelShapley.Estimate(design, values, [2], [2 + Enumerable.Range(0, players).Sum(Worth)], attribution, errors);

        for (int player = 0; player < players; player++)
        {
            Assert.Equal(Worth(player), attribution[player], 1e-11);
            Assert.True(double.IsNaN(errors[player]) || errors[player] < 1e-10);
        }

        static double Worth(int player) => 0.1 * (player % 7 - 3) + (0.01 * player);
    }

    // The bend is smooth, so most of it is captured by the regression; what is left must lie within its own errors.
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(2048)]
    public void Standard_errors_cover_the_exact_values_of_a_bent_function(int samples)
    {
        const int players = 12;
        MaskedBackground background = new(Given.RandomRows(20, players, 1), null, Player.OfElements(Given.RandomRows(1, players, 1), null));
        CountedModel model = new((rows, _) => Given.Bent(rows));
        double[] empty = background.BaseValue(model, 2, 1, CancellationToken.None);
        int inside = 0;
        int all = 0;
        double squaredError = 0;
        double error = 0;
        for (int row = 0; row < 4; row++)
        {
            MaskedGame game = new(background, Given.RandomRows(1, players, 50 + row), model, empty, CancellationToken.None);
            double[] table = game.Value(CoalitionSet.All(players), 1, CancellationToken.None);
            double[] expected = new double[2 * players];
            ExactShapley.Compute(table, 2, expected);
            for (int seed = 1; seed <= 20; seed++)
            {
                (_, double[] attribution, double[] errors, _) = Estimate(table, players, 2, samples, seed);
                for (int i = 0; i < expected.Length; i++)
                {
                    double miss = Math.Abs(attribution[i] - expected[i]);
                    inside += miss <= 1.96 * errors[i] ? 1 : 0;
                    all++;
                    squaredError += miss * miss;
                    error += errors[i];
                }
            }
        }

        double rootMeanSquare = Math.Sqrt(squaredError / all);
        Assert.True(inside >= 0.93 * all, $"{inside} of {all} inside");
        Assert.InRange(error / all / rootMeanSquare, 0.5, 3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_other_coalitions()
    {
        double[] table = Given.RandomGame(12, 1, 6);

        Assert.Equal(Estimate(table, 12, 1, 300, 1).Attribution, Estimate(table, 12, 1, 300, 1).Attribution);
        Assert.NotEqual(Estimate(table, 12, 1, 300, 1).Attribution, Estimate(table, 12, 1, 300, 2).Attribution);
    }

    [Fact]
    public void Says_that_errors_are_unknown_where_the_budget_ends_before_the_inner_sizes()
    {
        double[] table = Given.RandomGame(12, 1, 6);

        (KernelFit fit, _, double[] errors, _) = Estimate(table, 12, 1, 26, 1);

        Assert.Equal(KernelFit.WithoutErrors, fit);
        Assert.All(errors, error => Assert.True(double.IsNaN(error)));
    }

    private static (KernelFit Fit, double[] Attribution, double[] Errors, int Coalitions) Estimate(
        double[] table, int players, int outputs, int samples, int seed)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, samples, new SeededRandom(seed, 0));
        double[] attribution = new double[outputs * players];
        double[] errors = new double[attribution.Length];
        KernelFit fit = KernelShapley.Estimate(
            design, Given.LookUp(design.Coalitions, table, outputs), table.AsSpan(0, outputs), table.AsSpan(table.Length - outputs), attribution, errors);
        return (fit, attribution, errors, design.Coalitions.Count);
    }
}
