using Governance.Audit.Explanations;
using Governance.Audit.Monitoring;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Tests.Monitoring;

public sealed class NullDistributionTests
{
    [Fact]
    public void Within_the_draws_a_p_value_is_the_share_beyond()
    {
        NullDistribution distribution = new([.. Enumerable.Range(1, 100).Select(i => (double)i)]);

        Assert.Equal(51.0 / 101, distribution.Above(51), 12);
        Assert.Equal(1, distribution.Above(0), 12);
        Assert.Equal(95, distribution.Quantile(0.95));
    }

    // Quantiles of the distributions themselves as draws, so that no chance is left in the test.
    [Theory]
    [InlineData(3.5)]
    [InlineData(4.5)]
    [InlineData(6)]
    public void Beyond_them_the_tail_of_normal_draws_is_the_normal_tail_within_a_factor(double z)
    {
        double[] draws = [.. Enumerable.Range(0, 1000).Select(i => Normal.InvCDF(0, 1, (i + 0.5) / 1000))];

        Assert.InRange(new NullDistribution(draws).Above(z) / Normal.CDF(0, 1, -z), 0.9, 1.6);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    public void And_that_of_chi_square_draws_the_chi_square_tail(double x)
    {
        double[] draws = [.. Enumerable.Range(0, 1000).Select(i => ChiSquared.InvCDF(4, (i + 0.5) / 1000))];

        double expected = 1 - ChiSquared.CDF(4, x);
        Assert.InRange(new NullDistribution(draws).Above(x) / expected, 0.3, 3);
    }

    [Fact]
    public void A_p_value_never_rises_with_the_figure()
    {
        SeededRandom random = new(3, 0);
        double[] draws = new double[300];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = random.NextDouble() * random.NextDouble();
        }

        NullDistribution distribution = new(draws);
        double[] values = [.. Enumerable.Range(0, 400).Select(i => distribution.Above(i / 100.0))];

        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.All(values, p => Assert.InRange(p, 1e-12, 1));
    }
}
