namespace Governance.Audit.Statistics;

/// <summary>The difference of two shares of the same rows, with the interval and the one-sided test that belong together.</summary>
/// <remarks>
/// Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample design",
/// Statistics in Medicine 17 (1998), 891–908: the score test of a difference, and the interval of all differences that it does
/// not reject. Without a row on which the two differ the interval is ± z² / (n + z²), not a point: few rows prove little.
/// </remarks>
public static class PairedScore
{
    private const int Halvings = 80; // the ends are then exact to the last bits of a double

    /// <summary>The interval of the second's share less the first's.</summary>
    /// <param name="gained">Rows that only the second counts, at least 0.</param>
    /// <param name="lost">Rows that only the first counts, at least 0.</param>
    /// <param name="rows">All rows, above 0.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Interval Compute(long gained, long lost, long rows, double level)
    {
        Check(gained, lost, rows);
        double z = NormalQuantile.TwoSided(level);
        double estimate = (double)(gained - lost) / rows;
        return new Interval(
            estimate <= -1 ? -1 : End(gained, lost, rows, -1, estimate, z),
            estimate >= 1 ? 1 : End(gained, lost, rows, estimate, 1, -z));
    }

    /// <summary>How surely the second's share is not smaller by the margin or more: the p value of "it is", one-sided.</summary>
    /// <param name="gained">Rows that only the second counts.</param>
    /// <param name="lost">Rows that only the first counts.</param>
    /// <param name="rows">All rows, above 0.</param>
    /// <param name="margin">The largest loss that is no matter, in (0, 1).</param>
    /// <returns>In [0, 1]; small where the second is not worse by the margin.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double NotInferiorP(long gained, long lost, long rows, double margin)
    {
        Check(gained, lost, rows);
        if (!(margin is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin lies between 0 and 1.");
        }

        double z = Statistic(gained, lost, rows, -margin);
        double twoSided = NormalQuantile.TwoSidedP(z);
        return z >= 0 ? twoSided / 2 : 1 - (twoSided / 2);
    }

    // The statistic falls as the difference grows: bisection between where it is above the wanted value and where below.
    private static double End(long gained, long lost, long rows, double low, double high, double wanted)
    {
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (Statistic(gained, lost, rows, middle) > wanted)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    // Tango's equations 9 and 10: the share that only the first counts, most likely under the difference, gives the variance.
    private static double Statistic(long gained, long lost, long rows, double difference)
    {
        double a = 2.0 * rows;
        double b = -gained - lost + (((2.0 * rows) - gained + lost) * difference);
        double c = -lost * difference * (1 - difference);
        double likely = (Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))) - b) / (2 * a);
        double above = gained - lost - (rows * difference);
        double variance = rows * ((2 * likely) + (difference * (1 - difference)));
        return variance > 0 ? above / Math.Sqrt(variance) : above == 0 ? 0 : above > 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }

    private static void Check(long gained, long lost, long rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gained);
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gained + lost, rows);
    }
}
