using Governance.Audit.Mitigation;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Mitigation;

public sealed class PairedProportionsTests
{
    // n = 100, 20 gained, 5 lost, by hand: up 21/102, down 6/102, d = 15/102, se = √((27/102 − d²)/102).
    [Fact]
    public void Is_the_adjusted_Wald_interval()
    {
        double difference = 15 / 102.0;
        double spread = 1.959963984540054 * Math.Sqrt(((27 / 102.0) - (difference * difference)) / 102);

        Interval interval = PairedProportions.Interval(0.20, 0.05, 100, 0.95);

        Assert.Equal(difference - spread, interval.Low, 1e-12);
        Assert.Equal(difference + spread, interval.High, 1e-12);
    }

    // 2,000 draws for each of some settings: 95 % nominal, so 93.5 % is more than three standard errors below.
    [Theory]
    [InlineData(50, 0.1, 0.1)]
    [InlineData(200, 0.3, 0.05)]
    [InlineData(400, 0.02, 0.02)]
    public void Covers_the_true_difference(int rows, double gained, double lost)
    {
        Random random = new(7);
        int covered = 0;
        for (int draw = 0; draw < 2_000; draw++)
        {
            int up = 0;
            int down = 0;
            for (int row = 0; row < rows; row++)
            {
                double u = random.NextDouble();
                up += u < gained ? 1 : 0;
                down += u >= gained && u < gained + lost ? 1 : 0;
            }

            Interval interval = PairedProportions.Interval(up / (double)rows, down / (double)rows, rows, 0.95);
            covered += interval.Low <= gained - lost && gained - lost <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / 2_000.0, 0.935, 1);
    }
}
