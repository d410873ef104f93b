using MathNet.Numerics;

namespace Governance.Audit.Statistics;

/// <summary>Fisher's exact test of two proportions.</summary>
/// <remarks>
/// Fisher (1935). Two-sided as in R's <c>fisher.test</c> and SciPy: the sum over all tables of the same margins that are
/// at most as probable as the observed one, with a relative tolerance of 1e-7 for ties.
/// </remarks>
public static class FisherExact
{
    /// <summary>The two-sided p value. O(number of tables with these margins).</summary>
    /// <param name="hitsA">Hits in the first sample, 0 to <paramref name="rowsA"/>.</param>
    /// <param name="rowsA">Rows of the first sample, at least 0.</param>
    /// <param name="hitsB">Hits in the second sample, 0 to <paramref name="rowsB"/>.</param>
    /// <param name="rowsB">Rows of the second sample, at least 0.</param>
    /// <returns>In (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static double TwoSided(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hitsA);
        ArgumentOutOfRangeException.ThrowIfNegative(hitsB);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hitsA, rowsA);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hitsB, rowsB);

        int hits = hitsA + hitsB;
        int least = Math.Max(0, hits - rowsB);
        int most = Math.Min(hits, rowsA);
        int mode = Math.Clamp((int)((rowsA + 1.0) * (hits + 1) / (rowsA + (double)rowsB + 2)), least, most);

        // Relative to the mode, by ratios of neighbours; a table too rare for that is compared by logarithms.
        double[] relative = new double[most - least + 1];
        relative[mode - least] = 1;
        for (int k = mode + 1; k <= most; k++)
        {
            relative[k - least] = relative[k - 1 - least] * ((hits - k + 1.0) * (rowsA - k + 1.0) / (k * (double)(rowsB - hits + k)));
        }

        for (int k = mode - 1; k >= least; k--)
        {
            relative[k - least] = relative[k + 1 - least] * ((k + 1.0) * (rowsB - hits + k + 1.0) / ((hits - k) * (double)(rowsA - k)));
        }

        double observed = relative[hitsA - least];
        if (observed < 1e-290)
        {
            return ByLogarithms(hitsA, rowsA, hits, rowsB, least, most);
        }

        double all = 0;
        double extreme = 0;
        foreach (double probability in relative)
        {
            all += probability;
            extreme += probability <= observed * (1 + 1e-7) ? probability : 0;
        }

        return Math.Min(1, extreme / all);
    }

    private static double ByLogarithms(int hitsA, int rowsA, int hits, int rowsB, int least, int most)
    {
        double observed = LogWays(hitsA, rowsA, hits, rowsB);
        double largest = double.NegativeInfinity;
        double all = 0;
        double extreme = 0;
        for (int k = least; k <= most; k++)
        {
            largest = Math.Max(largest, LogWays(k, rowsA, hits, rowsB));
        }

        for (int k = least; k <= most; k++)
        {
            double way = LogWays(k, rowsA, hits, rowsB);
            all += Math.Exp(way - largest);
            extreme += way <= observed + 1e-7 ? Math.Exp(way - observed) : 0;
        }

        return Math.Min(1, Math.Exp(observed - largest) * extreme / all);
    }

    private static double LogWays(int k, int rowsA, int hits, int rowsB) =>
        SpecialFunctions.BinomialLn(rowsA, k) + SpecialFunctions.BinomialLn(rowsB, hits - k);
}
