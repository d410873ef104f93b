using MathNet.Numerics.Distributions;

namespace Governance.Audit.Statistics;

/// <summary>The weighted median of numbers, with an interval that no distribution of theirs upsets.</summary>
/// <remarks>
/// The interval's ends are order statistics whose ranks are binomial quantiles (David and Nagaraja, "Order Statistics", 3rd
/// edition, section 7.1); with weights the ranks are shares of the weight and the number of rows is Kish's effective one
/// (Woodruff 1952, JASA 47, 635–646), which makes it approximate.
/// </remarks>
public static class MedianInterval
{
    /// <summary>Computes the median and its interval.</summary>
    /// <param name="values">Shape [rows], finite.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>
    /// The smallest value that at least half the weight is at or below; where exactly half is, the middle between it and the
    /// next. NaN without weight. No interval where so few rows cannot give the level.
    /// </returns>
    public static (double Median, Interval? Interval) Compute(ReadOnlySpan<double> values, ReadOnlySpan<double> weight, double level)
    {
        NormalQuantile.ThrowIfNoLevel(level);
        double[] sorted = values.ToArray();
        double[] masses = weight.IsEmpty ? Enumerable.Repeat(1.0, sorted.Length).ToArray() : weight.ToArray();
        Array.Sort(sorted, masses);
        double total = 0;
        double squares = 0;
        foreach (double mass in masses)
        {
            total += mass;
            squares += mass * mass;
        }

        if (!(total > 0))
        {
            return (double.NaN, null);
        }

        int rows = (int)Math.Round(total * total / squares);
        double outside = (1 - level) / 2;
        int low = Rank(rows, outside);
        Interval? interval = low < 0
            ? null
            : new Interval(At(sorted, masses, total * (low + 1) / rows, false), At(sorted, masses, total * (rows - low) / rows, false));
        return (At(sorted, masses, total / 2, true), interval);
    }

    /// <summary>The median alone; see <see cref="Compute"/>.</summary>
    /// <param name="values">Shape [rows], finite.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <returns>NaN without weight.</returns>
    public static double Median(ReadOnlySpan<double> values, ReadOnlySpan<double> weight) => Compute(values, weight, 0.5).Median;

    // The largest r for which fewer than r + 1 of the rows lie below the median with a probability of at most `outside`.
    private static int Rank(int rows, double outside)
    {
        if (rows > 1_000)
        {
            return (int)((rows / 2.0) - (Normal.InvCDF(0, 1, 1 - outside) * Math.Sqrt(rows) / 2) - 0.5);
        }

        int rank = -1;
        while (rank + 1 < (rows + 1) / 2 && Binomial.CDF(0.5, rows, rank + 1) <= outside)
        {
            rank++;
        }

        return rank;
    }

    private static double At(double[] sorted, double[] masses, double target, bool middle)
    {
        double below = 0;
        double tolerance = 1e-12 * target;
        for (int i = 0; i < sorted.Length; i++)
        {
            below += masses[i];
            if (below >= target - tolerance && masses[i] > 0)
            {
                int next = i + 1;
                while (next < sorted.Length && masses[next] == 0)
                {
                    next++;
                }

                return middle && below <= target + tolerance && next < sorted.Length ? (sorted[i] + sorted[next]) / 2 : sorted[i];
            }
        }

        return sorted[^1];
    }
}
