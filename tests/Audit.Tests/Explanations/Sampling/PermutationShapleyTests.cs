using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class PermutationShapleyTests
{
    // A linear model in closed form, and a game of pairs: one order and its reverse give each player half of each pair.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(90)]
    public void One_order_and_its_reverse_are_exact_for_single_players_and_pairs(int players)
    {
        double[] weights = [.. Enumerable.Range(0, players).Select(player => 0.3 - (0.02 * player))];
        double total = weights.Sum();

        SampledRow sampled = PermutationShapley.Run(
            players, new SampleBudget((int)PermutationShapley.Samples(players, 1), null), new SeededRandom(1, 0), [1], [1 + total + (total * total)],
            coalitions => [.. Enumerable.Range(0, coalitions.Count).Select(c => Value(weights.Where((_, p) => coalitions.Contains(c, p)).Sum()))]);

        for (int player = 0; player < players; player++)
        {
            Assert.Equal(weights[player] + (weights[player] * total), sampled.Attribution.Values[player], 1e-11);
        }

        Assert.Equal(players > 1, sampled.Attribution.StandardErrors is null);

        static double Value(double sum) => 1 + sum + (sum * sum);
    }

    [Theory]
    [InlineData("vote", 256, 0.86)] // weak voters decide one order in fifty, and eleven orders have mostly seen none of them
    [InlineData("largest", 256, 0.92)]
    [InlineData("noise", 512, 0.92)]
    [InlineData("unanimity", 512, 0.92)]
    [InlineData("parity", 2048, 0.92)]
    [InlineData("sigmoid", 2048, 0.92)]
    public void Intervals_hold(string game, int samples, double least)
    {
        Coverage coverage = new();
        for (int seed = 1; seed <= 40; seed++)
        {
            double[] table = Games.Table(game, 12, seed % 4);
            double[] exact = new double[12];
            ExactShapley.Compute(table, exact);
            SampledRow sampled = Games.Sample(PermutationShapley.Run, table, 12, new SampleBudget(samples, null), seed, 0);
            Assert.Equal(table[^1] - table[0], sampled.Attribution.Values.Sum(), 1e-12);
            Assert.True(sampled.Evaluations <= samples);
            coverage.Add(sampled.Attribution, exact);
        }

        // 480 values in 40 samples: 0.95 less two standard deviations.
        Assert.True(coverage.Share >= least && coverage.WidthOverError <= 5, coverage.ToString());
    }

    [Fact]
    public void Refuses_a_budget_under_one_order_and_its_reverse() =>
        Assert.Throws<ArgumentException>("budget", () => PermutationShapley.Run(
            5, new SampleBudget(9, null), new SeededRandom(1, 0), [0], [1], coalitions => new double[coalitions.Count]));
}
