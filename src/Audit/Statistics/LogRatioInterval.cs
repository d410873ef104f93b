namespace Governance.Audit.Statistics;

/// <summary>The interval of a ratio of two independent proportions.</summary>
/// <remarks>
/// Katz, Baptista, Azen and Pike (1978), Biometrics 34, 469–474: normal on the logarithm. Where a share is 0, or both
/// are 1, the logarithm or its variance does not exist; half a row is then added to both numerators and both
/// denominators (Walter 1975, Biometrika 62, 371–374).
/// </remarks>
public static class LogRatioInterval
{
    /// <summary>Computes the interval of <paramref name="a"/> / <paramref name="b"/>.</summary>
    /// <param name="a">The first share, in [0, 1].</param>
    /// <param name="countA">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="b">The second share, in [0, 1].</param>
    /// <param name="countB">The rows behind it, above 0; of weighted rows the effective number.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Both ends at least 0; the lower end is 0 where <paramref name="a"/> is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not inside (0, 1), or a count is not above 0.</exception>
    public static Interval Compute(double a, double countA, double b, double countB, double level)
    {
        double z = NormalQuantile.TwoSided(level);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(countA);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(countB);
        bool zero = a == 0;
        double hitsA = a * countA;
        double hitsB = b * countB;
        if (zero || b == 0 || (a == 1 && b == 1))
        {
            (hitsA, countA, hitsB, countB) = (hitsA + 0.5, countA + 0.5, hitsB + 0.5, countB + 0.5);
        }

        double logarithm = Math.Log(hitsA / countA) - Math.Log(hitsB / countB);
        double error = z * Math.Sqrt(Math.Max(0, (1 / hitsA) - (1 / countA) + (1 / hitsB) - (1 / countB)));
        return new Interval(zero ? 0 : Math.Exp(logarithm - error), Math.Exp(logarithm + error));
    }
}
