using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;

namespace Governance.Audit.Tests.Explanations.Importance;

/// <summary>How firm an order is, also of many rows, which are drawn in blocks.</summary>
public sealed class RankStabilityTests
{
    // Three features whose means differ by about one standard error of the means, so that the order is open.
    [Theory]
    [InlineData(3_000)]
    [InlineData(20_000)]
    public void Draws_agree_with_the_normal_law_of_the_means(int rows)
    {
        double lead = 1 / Math.Sqrt(rows); // of a difference whose standard deviation is sqrt(2) * spread
        double spread = 0.5;
        double[] values = Values(rows, lead, spread);

        RankReport ranks = RankStability.Of(values, 3, 2_000, 0.95, 5, default);

        double expected = Share(values, rows);
        Assert.InRange(ranks.Outranks[0][1], expected - 0.05, expected + 0.05);
        Assert.Equal(1, ranks.Outranks[0][1] + ranks.Outranks[1][0], 12);
        Assert.Equal(1, ranks.Outranks[0][2]);
        Assert.Equal([3, 3], ranks.Ranks[2]);
    }

    [Fact]
    public void Rows_that_come_in_order_are_as_firm_as_shuffled_ones()
    {
        double[] values = Values(20_000, 0.005, 0.5);
        double[] sorted = [.. Enumerable.Range(0, 20_000).OrderBy(row => values[row * 3]).SelectMany(row => values.AsSpan(row * 3, 3).ToArray())];

        double shuffled = RankStability.Of(values, 3, 2_000, 0.95, 5, default).Outranks[0][1];
        double ordered = RankStability.Of(sorted, 3, 2_000, 0.95, 5, default).Outranks[0][1];

        Assert.InRange(ordered, shuffled - 0.06, shuffled + 0.06);
    }

    private static double[] Values(int rows, double lead, double spread)
    {
        SeededRandom random = new(11, 0);
        double[] values = new double[rows * 3];
        for (int row = 0; row < rows; row++)
        {
            values[row * 3] = 1 + lead + (spread * Math.Sqrt(12) * (random.NextDouble() - 0.5));
            values[(row * 3) + 1] = 1 + (spread * Math.Sqrt(12) * (random.NextDouble() - 0.5));
            values[(row * 3) + 2] = 0.1;
        }

        return values;
    }

    // The closed form: the probability that a normal mean of paired differences lies above zero.
    private static double Share(double[] values, int rows)
    {
        double[] difference = [.. Enumerable.Range(0, rows).Select(row => values[row * 3] - values[(row * 3) + 1])];
        double mean = difference.Average();
        double error = Math.Sqrt(difference.Sum(one => (one - mean) * (one - mean)) / rows / rows);
        return MathNet.Numerics.Distributions.Normal.CDF(0, 1, mean / error);
    }
}
