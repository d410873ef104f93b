using FsCheck;
using FsCheck.Fluent;
using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Explanations;

public sealed class ExactShapleyTests
{
    // Two players own a left glove, the third a right one; a pair is worth 1. The known answer is (1/6, 1/6, 4/6).
    [Fact]
    public void Splits_the_glove_game_as_in_the_literature()
    {
        double[] values = [0, 0, 0, 0, 0, 1, 1, 1];
        double[] attribution = new double[3];

        ExactShapley.Compute(values, attribution);

        Assert.Equal(1 / 6.0, attribution[0], 1e-15);
        Assert.Equal(1 / 6.0, attribution[1], 1e-15);
        Assert.Equal(4 / 6.0, attribution[2], 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(ExactShapley.MaxPlayers)]
    public void Attributions_add_up_to_the_change_in_value(int players)
    {
        double[] values = Given.RandomGame(players, 1, 2025);
        double[] attribution = new double[players];

        ExactShapley.Compute(values, attribution);

        Assert.Equal(values[^1] - values[0], attribution.Sum(), 1e-9);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    [InlineData(7, 4)]
    public void Equals_the_mean_over_all_orders_of_the_players(int players, int seed)
    {
        double[] values = Given.RandomGame(players, 1, seed);
        double[] attribution = new double[players];

        ExactShapley.Compute(values, attribution);

        double[] expected = Given.BruteForce(values, players);
        for (int player = 0; player < players; player++)
        {
            Assert.Equal(expected[player], attribution[player], 1e-13);
        }
    }

    [Fact]
    public void Several_outputs_equal_each_output_alone()
    {
        const int players = 6;
        double[] values = Given.RandomGame(players, 3, 11);
        double[] together = new double[3 * players];
        ExactShapley.Compute(values, 3, together);

        for (int output = 0; output < 3; output++)
        {
            double[] alone = new double[players];
            ExactShapley.Compute([.. Enumerable.Range(0, 1 << players).Select(s => values[(s * 3) + output])], alone);

            Assert.Equal(alone, together[(output * players)..((output + 1) * players)]);
        }
    }

    [Fact]
    public void Players_that_swap_roles_swap_values_and_a_dummy_gets_nothing() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
        {
            const int players = 5;
            double[] values = Given.RandomGame(players, 1, seed);
            for (int s = 0; s < values.Length; s++)
            {
                // Player 4 changes nothing; players 0 and 1 are interchangeable.
                int canonical = s & ~16;
                canonical = (canonical & 3) == 2 ? canonical ^ 3 : canonical;
                values[s] = values[canonical];
            }

            double[] attribution = new double[players];
            ExactShapley.Compute(values, attribution);

            return attribution[4] == 0 && Math.Abs(attribution[0] - attribution[1]) < 1e-14;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_values_of_a_sum_of_games_are_the_sums_of_values() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
        {
            const int players = 4;
            double[] a = Given.RandomGame(players, 1, seed);
            double[] b = Given.RandomGame(players, 1, seed + 1);
            double[][] split = [new double[players], new double[players], new double[players]];
            ExactShapley.Compute(a, split[0]);
            ExactShapley.Compute(b, split[1]);
            ExactShapley.Compute([.. a.Zip(b, (x, y) => x + y)], split[2]);

            return Enumerable.Range(0, players).All(i => Math.Abs(split[0][i] + split[1][i] - split[2][i]) < 1e-14);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Refuses_values_that_do_not_fit_the_attribution() =>
        Assert.Throws<ArgumentException>("values", () => ExactShapley.Compute(new double[7], new double[3]));

    [Fact]
    public void Refuses_more_players_than_fit() =>
        Assert.Throws<ArgumentOutOfRangeException>("attribution", () => ExactShapley.Compute(new double[2], new double[21]));
}
