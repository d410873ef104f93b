using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

/// <summary>Student's quantiles against the two cases that have a closed form, near and farther out than MathNet looks.</summary>
public sealed class StudentQuantileTests
{
    [Theory]
    [InlineData(0.025)]
    [InlineData(4e-4)] // 795.8
    [InlineData(3.9e-4)] // 816.2: MathNet throws from here on
    [InlineData(1e-5)]
    [InlineData(1e-10)]
    public void One_degree_of_freedom_is_Cauchys_distribution(double tail)
    {
        double expected = 1 / Math.Tan(Math.PI * (1 - (1 - tail)));

        Assert.Equal(1, StudentQuantile.At(1, 1 - tail) / expected, 1e-7);
    }

    [Theory]
    [InlineData(0.025)]
    [InlineData(7e-7)] // 845
    [InlineData(1e-9)]
    public void Two_degrees_of_freedom_have_a_closed_form(double tail)
    {
        double q = 1 - (1 - tail);
        double expected = (1 - (2 * q)) / Math.Sqrt(2 * q * (1 - q));

        Assert.Equal(1, StudentQuantile.At(2, 1 - tail) / expected, 1e-9);
    }

    [Fact]
    public void Quantiles_fall_with_the_degrees_of_freedom_and_end_at_infinity()
    {
        double[] freedoms = [0.02, 0.05, 0.1, 0.3, 0.5, 1, 2, 5, 30, 1e6];
        double[] quantiles = [.. freedoms.Select(freedom => StudentQuantile.At(freedom, 0.975))];

        Assert.Equal(quantiles.OrderDescending(), quantiles);
        Assert.All(quantiles, quantile => Assert.True(double.IsFinite(quantile)));
        Assert.Equal(1.959964, quantiles[^1], 1e-5);
        Assert.Equal(double.PositiveInfinity, StudentQuantile.At(1e-3, 0.975));
        Assert.Equal(double.PositiveInfinity, StudentQuantile.At(3, 1));
        Assert.Equal(0, StudentQuantile.At(3, 0.5), 1e-12);
    }

    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(double.NaN, 0.9)]
    [InlineData(2, 0.4)]
    [InlineData(2, 1.1)]
    public void What_is_no_distribution_or_no_upper_probability_is_refused(double freedom, double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentQuantile.At(freedom, p));

    // One row outweighs all others: 1.001 effective rows say next to nothing, and there is no number for how little.
    [Fact]
    public void A_mean_of_one_heavy_row_has_no_interval()
    {
        MeanEstimate mean = default;
        mean.Add(3, 1e5);
        for (int row = 0; row < 59; row++)
        {
            mean.Add(row % 5, 1);
        }

        Assert.InRange(mean.EffectiveRows, 1 + 1e-9, 1.01);
        Assert.Null(mean.Interval(0.95));
    }

    // Comparing all pairs of 45 groups asks for 1 − 0.05/990, and a group of two rows has one degree of freedom.
    [Fact]
    public void Many_small_groups_are_measured()
    {
        string rows = string.Concat(Enumerable.Range(0, 45).Select(group => FormattableString.Invariant(
            $"1,{0.5 + (group / 100.0)},g{group}\n0,{0.1 + (group / 90.0)},g{group}\n")));

        AttributeFairness attribute = MeasureFairness.Run(
            CsvTable.Parse("y,s,g\n" + rows), new DecisionColumns { Label = "y", Score = "s", Threshold = 0.5 },
            new FairnessOptions { Protected = ["g"] }, _ => { }, default).Attributes[0];

        Assert.Equal(45, attribute.Groups.Count);
        Assert.All(attribute.SummaryIntervals.Values, interval => Assert.True(interval[0] <= interval[1]));
    }
}
