namespace Governance.Audit.Drift;

/// <summary>The two-sample test of Kolmogorov and Smirnov.</summary>
/// <remarks>
/// The p value is exact up to <see cref="MostExact"/> values a sample: the share of orders of the pooled values whose
/// distance is at least the observed one, by recursion over the lattice of partial samples (Hodges, Arkiv för Matematik 3,
/// 1958), with all terms positive, so that small p values keep their digits. Beyond, the limiting distribution with
/// Stephens' correction for finite samples (Journal of the Royal Statistical Society B 32, 1970).
/// </remarks>
public static class KolmogorovSmirnov
{
    /// <summary>The most values of the larger sample for which the p value is exact.</summary>
    public const int MostExact = 10_000;

    /// <summary>The largest distance between the two empirical distribution functions, in [0, 1].</summary>
    /// <param name="a">Shape [n], ascending, n ≥ 1.</param>
    /// <param name="b">Shape [m], ascending, m ≥ 1.</param>
    public static double Statistic(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.Length && j < b.Length)
        {
            double at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] == at)
            {
                i++;
            }

            while (j < b.Length && b[j] == at)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }

        return largest;
    }

    /// <summary>The two-sided p value of a distance.</summary>
    /// <param name="statistic">In [0, 1].</param>
    /// <param name="n">Values of one sample, at least 1.</param>
    /// <param name="m">Values of the other, at least 1.</param>
    public static double PValue(double statistic, int n, int m) =>
        statistic <= 0 ? 1 : Math.Max(n, m) <= MostExact ? Exact(statistic, n, m) : Limiting(statistic, n, m);

    // reached[j] is the share of the orders of the first i values of one sample and j of the other that reach the distance.
    private static double Exact(double statistic, int n, int m)
    {
        long needed = (long)Math.Round(statistic * n * m);
        double[] reached = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                reached[j] = Math.Abs(((long)i * m) - ((long)j * n)) >= needed ? 1
                    : i == 0 ? (j == 0 ? 0 : reached[j - 1])
                    : j == 0 ? reached[0]
                    : ((i * reached[j]) + (j * reached[j - 1])) / (i + j);
            }
        }

        return reached[m];
    }

    private static double Limiting(double statistic, int n, int m)
    {
        double root = Math.Sqrt((double)n * m / ((double)n + m));
        double x = (root + 0.12 + (0.11 / root)) * statistic;
        double sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            double term = Math.Exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-300)
            {
                break;
            }
        }

        return x < 0.2 ? 1 : Math.Clamp(2 * sum, 0, 1);
    }
}
