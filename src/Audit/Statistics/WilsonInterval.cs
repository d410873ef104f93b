namespace Governance.Audit.Statistics;

/// <summary>The score interval of a proportion.</summary>
/// <remarks>
/// Wilson (1927), JASA 22, 209–212: the proportions that a score test at this level would not reject. It stays inside
/// [0, 1] and does not collapse where the observed share is 0 or 1, unlike the textbook interval.
/// </remarks>
public static class WilsonInterval
{
    /// <summary>Computes the interval without continuity correction.</summary>
    /// <param name="proportion">The observed share, in [0, 1].</param>
    /// <param name="count">
    /// The number of rows it is a share of, above 0. Of weighted rows the effective number (Σw)² / Σw² (Kish 1965):
    /// so many equally weighted rows have a share of the same variance. The interval is then approximate.
    /// </param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Interval Compute(double proportion, double count, double level) =>
        ComputeAt(proportion, count, NormalQuantile.TwoSided(level));

    /// <summary>The same for a normal quantile instead of a level.</summary>
    internal static Interval ComputeAt(double proportion, double count, double z)
    {
        if (!(proportion is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(proportion), proportion, "A share lies in [0, 1].");
        }

        if (!(count > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "A share needs rows.");
        }

        double squared = z * z;
        double centre = proportion + (squared / (2 * count));
        double spread = z * Math.Sqrt(((proportion * (1 - proportion)) + (squared / (4 * count))) / count);
        double scale = 1 + (squared / count);

        // The ends of an observed 0 or 1 are exact; rounding must not push them past it.
        double low = proportion == 0 ? 0 : Math.Max(0, (centre - spread) / scale);
        double high = proportion == 1 ? 1 : Math.Min(1, (centre + spread) / scale);
        return new Interval(low, high);
    }
}
