using System.Numerics;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class OddKernelTests
{
    private const int Players = 9;
    private const double Linear = 0.7;

    private static readonly double[] Relevance = [0.5, 0.1, 0.9, 0, 0.3, 0.2, 0.75, 0.05, 0.4];

    // The definition: a sum over all odd sets of players of Π r_i x_i y_i.
    [Fact]
    public void Covariances_are_the_sum_over_all_odd_interactions()
    {
        OddKernel kernel = new(Relevance, Linear);
        CoalitionSet all = CoalitionSet.All(Players);
        foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(0, 0), (511, 511), (3, 500), (100, 411), (256, 1)])
        {
            double expected = 0;
            for (int set = 0; set < all.Count; set++)
            {
                double sign = (BitOperations.PopCount((uint)(set & (x ^ y))) & 1) == 0 ? 1 : -1;
                expected += sign * Variance(set);
            }

            Assert.Equal(expected, kernel.Covariance(all.Bits(x), all.Bits(y)), 1e-13);
        }

        Assert.Equal(Enumerable.Range(0, all.Count).Sum(Variance), kernel.Variance, 1e-13);
        Assert.Equal(Enumerable.Range(0, all.Count).Where(set => BitOperations.PopCount((uint)set) > 1).Sum(Variance), kernel.Interactions, 1e-13);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(511)]
    public void Shapley_values_of_a_section_are_the_exact_ones(int y)
    {
        OddKernel kernel = new(Relevance, Linear);
        CoalitionSet all = CoalitionSet.All(Players);
        double[] table = [.. Enumerable.Range(0, all.Count).Select(x => kernel.Covariance(all.Bits(x), all.Bits(y)))];
        double[] expected = new double[Players];
        ExactShapley.Compute(table, expected);
        double[] attribution = new double[Players];

        kernel.Shapley(all, y, attribution);

        for (int player = 0; player < Players; player++)
        {
            Assert.Equal(expected[player], attribution[player], 1e-13);
        }
    }

    // A product of players A has the Shapley value 2 / |A| for each of them.
    [Fact]
    public void Variances_of_Shapley_values_are_the_sum_over_all_odd_interactions()
    {
        double[] variances = new double[Players];

        new OddKernel(Relevance, Linear).ShapleyVariances(variances);

        for (int player = 0; player < Players; player++)
        {
            double expected = Enumerable.Range(0, 1 << Players).Where(set => (set >> player & 1) != 0)
                .Sum(set => 4.0 / Math.Pow(BitOperations.PopCount((uint)set), 2) * Variance(set));
            Assert.Equal(expected, variances[player], 1e-13);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(70)]
    [InlineData(300)]
    public void Shapley_values_of_a_section_add_up_beyond_64_players(int players)
    {
        double[] relevance = [.. Enumerable.Range(0, players).Select(player => 8.0 * (1 + (player % 5)) / (3.0 * players))];
        OddKernel kernel = new(relevance, 1);
        CoalitionSet coalitions = new(players, 3);
        for (int player = 0; player < players; player++)
        {
            coalitions.Add(2, player);
            if (player % 3 == 0)
            {
                coalitions.Add(1, player);
            }
        }

        double[] attribution = new double[players];
        kernel.Shapley(coalitions, 1, attribution);

        double change = kernel.Covariance(coalitions.Bits(2), coalitions.Bits(1)) - kernel.Covariance(coalitions.Bits(0), coalitions.Bits(1));
        Assert.Equal(change, attribution.Sum(), 1e-12 * kernel.Variance);
    }

    private static double Variance(int set)
    {
        int size = BitOperations.PopCount((uint)set);
        double product = 1;
        for (int player = 0; player < Players; player++)
        {
            product *= (set >> player & 1) != 0 ? Relevance[player] : 1;
        }

        return size % 2 == 0 ? 0 : product + (size == 1 ? Linear : 0);
    }
}
