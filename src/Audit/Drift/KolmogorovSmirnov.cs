using Governance.Audit.Drift.Distances;

namespace Governance.Audit.Drift;

/// <summary>The two-sample test of Kolmogorov and Smirnov.</summary>
/// <remarks>
/// The p value is exact up to <see cref="MostExact"/> values a sample. Samples of one size: the series of Gnedenko and
/// Korolyuk (1951). Others: the share of orders of the pooled values whose distance is at least the observed one, by
/// recursion over the lattice of partial samples (Hodges, Arkiv för Matematik 3, 1958), inside the band that the distance
/// leaves, with all terms positive, so that small p values keep their digits. Beyond, the one-sample distribution for
/// n·m / (n + m) values, rounded (<see cref="KolmogorovDistribution"/>), as SciPy's <c>ks_2samp</c>.
/// </remarks>
public static class KolmogorovSmirnov
{
    /// <summary>The most values of the larger sample for which the p value is exact.</summary>
    public const int MostExact = 10_000;

    /// <summary>The largest distance between the two empirical distribution functions, in [0, 1]. O(n + m).</summary>
    /// <param name="a">Shape [n], ascending, n ≥ 1.</param>
    /// <param name="b">Shape [m], ascending, m ≥ 1.</param>
    public static double Statistic(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Whole numbers i·m − j·n have no rounding, so that the distance is exact.
        long n = a.Length;
        long m = b.Length;
        long largest = 0;
        long apart = 0;
        int i = 0;
        int j = 0;
        while (i < a.Length && j < b.Length)
        {
            double at = Math.Min(a[i], b[j]);
            for (; i < a.Length && a[i] == at; i++)
            {
                apart += m;
            }

            for (; j < b.Length && b[j] == at; j++)
            {
                apart -= n;
            }

            largest = Math.Max(largest, Math.Abs(apart));
        }

        return (double)largest / n / m;
    }

    /// <summary>Sorts both samples and compares them.</summary>
    /// <param name="a">Shape [n], finite, n ≥ 1; sorted in place.</param>
    /// <param name="b">Shape [m], finite, m ≥ 1; sorted in place.</param>
    /// <param name="threads">At least 1; with two, the samples are sorted at once. Does not change the result.</param>
    /// <returns>The distance and its p value.</returns>
    public static (double Statistic, double PValue) Run(double[] a, double[] b, int threads)
    {
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads }, () => SortNumbers.Ascending(a), () => SortNumbers.Ascending(b));
        double statistic = Statistic(a, b);
        return (statistic, PValue(statistic, a.Length, b.Length));
    }

    /// <summary>The two-sided p value of a distance.</summary>
    /// <param name="statistic">In [0, 1].</param>
    /// <param name="n">Values of one sample, at least 1.</param>
    /// <param name="m">Values of the other, at least 1.</param>
    public static double PValue(double statistic, int n, int m)
    {
        if (statistic <= 0)
        {
            return 1;
        }

        return Math.Max(n, m) > MostExact
            ? KolmogorovDistribution.Beyond(Math.Round((double)n * m / ((double)n + m)), statistic)
            : n == m ? OneSize((int)Math.Round(statistic * n), n) : Lattice((long)Math.Round(statistic * n * m), n, m);
    }

    // 2 Σ (−1)^(i+1) C(2n, n − ik) / C(2n, n); the quotient grows factor by factor from one term to the next.
    private static double OneSize(int needed, int n)
    {
        double quotient = 1;
        double sum = 0;
        int reached = 0;
        for (int i = 1; i * (long)needed <= n; i++)
        {
            int shift = i * needed;
            quotient = Quotient(n, reached, shift, quotient);
            reached = shift;
            sum += i % 2 == 1 ? quotient : -quotient;
            if (quotient < 1e-320)
            {
                break;
            }
        }

        return Math.Clamp(2 * sum, 0, 1);
    }

    // n!² / ((n − s)! (n + s)!) from the same at another s: each step multiplies by (n − s) / (n + s + 1).
    private static double Quotient(int n, int from, int to, double quotient)
    {
        for (int s = from; s < to; s++)
        {
            quotient *= (n - s) / (n + s + 1.0);
        }

        return quotient;
    }

    // reached[j]: the share of the orders of the first i values of one sample and j of the other that reach the distance.
    private static double Lattice(long needed, int n, int m)
    {
        double[] reached = new double[m + 1];
        Array.Fill(reached, 1);
        for (long i = 0; i <= n; i++)
        {
            // Inside the band |i·m − j·n| < needed.
            int first = (int)Math.Max(0, (long)Math.Floor(((i * m) - needed) / (double)n) + 1);
            int last = (int)Math.Min(m, (long)Math.Ceiling(((i * m) + needed) / (double)n) - 1);
            double left = 1;
            for (int j = first; j <= last; j++)
            {
                left = i == 0 ? (j == 0 ? 0 : left) : j == 0 ? reached[0] : ((i * reached[j]) + (j * left)) / (i + j);
                reached[j] = left;
            }
        }

        return Math.Abs(((long)n * m) - ((long)m * n)) >= needed ? 1 : reached[m];
    }
}
