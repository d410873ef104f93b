namespace Governance.Audit.Statistics;

/// <summary>Whether two independent proportions differ.</summary>
public static class TwoProportions
{
    /// <summary>The smallest expected count at which the normal approximation is used (Cochran 1954).</summary>
    public const double SmallestExpectedCount = 5;

    /// <summary>
    /// The two-sided p value: Fisher's exact test where an expected count is below <see cref="SmallestExpectedCount"/>
    /// and the counts are whole, else the pooled z test without continuity correction.
    /// </summary>
    /// <param name="a">The first share, in [0, 1].</param>
    /// <param name="countA">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="b">The second share, in [0, 1].</param>
    /// <param name="countB">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="weighted">Whether the counts are effective numbers: there is no exact test then.</param>
    /// <returns>In [0, 1]; 1 where both shares are 0 or both 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is not above 0.</exception>
    public static double PValue(double a, double countA, double b, double countB, bool weighted)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(countA);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(countB);
        double pooled = ((a * countA) + (b * countB)) / (countA + countB);
        double expected = Math.Min(countA, countB) * Math.Min(pooled, 1 - pooled);
        if (!weighted && expected < SmallestExpectedCount)
        {
            return FisherExact.TwoSided(
                (int)Math.Round(a * countA), (int)Math.Round(countA), (int)Math.Round(b * countB), (int)Math.Round(countB));
        }

        double variance = pooled * (1 - pooled) * ((1 / countA) + (1 / countB));
        return variance <= 0 ? 1 : NormalQuantile.TwoSidedP((a - b) / Math.Sqrt(variance));
    }
}
