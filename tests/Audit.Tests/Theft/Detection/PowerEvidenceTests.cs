using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class PowerEvidenceTests
{
    // ∫ e(p) dp from a to 1, by the midpoint rule in ln p; what is below a is known in closed form for each family.
    [Fact]
    public void The_mixture_has_mean_1()
    {
        // Below a the mixture integrates to (1 − a) / (−ln a) − … = (a − 1) / ln a, by ∫ κ a^(κ−1)… over κ: ∫₀¹ a^κ dκ.
        const double Least = 1e-8;
        double below = (Least - 1) / Math.Log(Least);
        Assert.Equal(1, below + Integral(PowerEvidence.Of, Least), 1e-5);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void One_power_has_mean_1(double power)
    {
        const double Least = 1e-8;
        Assert.Equal(1, Math.Pow(Least, power) + Integral(p => PowerEvidence.OfPower(p, power), Least), 1e-5);
    }

    [Theory]
    [InlineData(0.003, 0.75)]
    [InlineData(1, 0.2)]
    [InlineData(0.05, 0)]
    public void The_bet_on_a_threshold_has_mean_1(double threshold, double kept) => Assert.Equal(
        1,
        (threshold * PowerEvidence.OfThreshold(threshold / 2, threshold, kept))
            + ((1 - threshold) * PowerEvidence.OfThreshold((threshold + 1) / 2, threshold, kept)), 1e-12);

    [Fact]
    public void The_mixture_is_the_average_of_its_powers()
    {
        foreach (double p in (double[])[1e-6, 0.01, 0.3, 0.9, 0.9995])
        {
            double mean = Enumerable.Range(0, 20_000).Average(i => PowerEvidence.OfPower(p, (i + 0.5) / 20_000));
            Assert.Equal(mean, PowerEvidence.Of(p), 1e-6 * mean);
        }
    }

    [Fact]
    public void A_p_value_of_1_halves_the_bet() => Assert.Equal(0.5, PowerEvidence.Of(1), 1e-12);

    private static double Integral(Func<double, double> e, double least)
    {
        const int Steps = 200_000;
        double step = -Math.Log(least) / Steps;
        return Enumerable.Range(0, Steps).Sum(i =>
        {
            double p = Math.Exp(Math.Log(least) + ((i + 0.5) * step));
            return e(p) * p * step;
        });
    }
}
