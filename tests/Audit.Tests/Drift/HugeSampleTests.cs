using Governance.Audit.Drift;

namespace Governance.Audit.Tests.Drift;

/// <summary>A million values against a million, as the goldens generate them (case <c>huge</c> of their README).</summary>
public sealed class HugeSampleTests
{
    // SciPy 1.10.1's ks_2samp, printed in the goldens' README to six digits: D = 0.002971.
    [Fact]
    public void The_distance_is_that_of_SciPy()
    {
        double[] reference = IrwinHall(3001, 1_000_000);
        double[] current = [.. IrwinHall(3002, 1_000_000).Select(value => value + 0.004)];

        (double statistic, double p) = KolmogorovSmirnov.Run(reference, current, 2);

        Assert.Equal(0.002971, statistic, 5e-10);

        // Twice Smirnov's tail for 500,000 values; Kolmogorov's limit 2 exp(−2 n D²) differs in the third digit.
        Assert.InRange(p / (2 * Math.Exp(-2 * 500_000 * statistic * statistic)), 0.99, 1.0);
    }

    private static double[] IrwinHall(ulong seed, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (ulong j = 0; j < 12; j++)
            {
                sum += Uniform(seed, (12UL * (ulong)i) + j);
            }

            values[i] = sum - 6;
        }

        return values;
    }

    private static double Uniform(ulong seed, ulong i)
    {
        ulong z = seed + ((i + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
