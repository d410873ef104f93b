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
        double observed = LogWays(hitsA, rowsA, hits, rowsB);
        double all = 0;
        double extreme = 0;
        for (int k = least; k <= most; k++)
        {
            double relative = LogWays(k, rowsA, hits, rowsB) - observed;
            double probability = Math.Exp(relative);
            all += probability;
            if (probability <= 1 + 1e-7)
            {
                extreme += probability;
            }
        }

        return Math.Min(1, extreme / all);
    }

    private static double LogWays(int k, int rowsA, int hits, int rowsB) =>
        SpecialFunctions.BinomialLn(rowsA, k) + SpecialFunctions.BinomialLn(rowsB, hits - k);
}
