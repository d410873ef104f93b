using Governance.Audit.Explanations;
using Governance.Audit.Statistics;

namespace Governance.Audit.Equivalence;

/// <summary>Summarises times that were measured in turn. Pure.</summary>
public static class SpeedTurns
{
    private const int Resamples = 1_000;

    /// <summary>Percentiles of both and the ratio of their 95th, with a bootstrap interval over turns.</summary>
    /// <param name="a">Shape [turns]: seconds of the parent's call of each turn, above 0; at least one.</param>
    /// <param name="b">Shape [turns]: of the variant's.</param>
    /// <param name="rows">Rows a call.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <remarks>
    /// A turn is drawn with both of its times, so that what slowed the machine for a while slows both. The interval of a 95th
    /// percentile alone comes from order statistics (David and Nagaraja, "Order Statistics", 3rd edition, section 7.1); with
    /// fewer than about 75 turns it ends at the slowest call.
    /// </remarks>
    /// <exception cref="ArgumentException">The two are not of the same turns.</exception>
    public static SpeedAtSize Of(double[] a, double[] b, int rows, double level)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Length == 0 || a.Length != b.Length)
        {
            throw new ArgumentException("The two were not measured in the same turns.", nameof(b));
        }

        SpeedTimes first = Times(a, rows, level);
        SpeedTimes second = Times(b, rows, level);
        SeededRandom random = new(rows, -41);
        double[] ratios = new double[Resamples];
        double[] one = new double[a.Length], two = new double[a.Length];
        for (int i = 0; i < ratios.Length; i++)
        {
            for (int turn = 0; turn < one.Length; turn++)
            {
                int drawn = random.NextBelow(a.Length);
                (one[turn], two[turn]) = (a[drawn], b[drawn]);
            }

            Array.Sort(one);
            Array.Sort(two);
            ratios[i] = GlobalImportance.Quantile(two, 0.95) / GlobalImportance.Quantile(one, 0.95);
        }

        Array.Sort(ratios);
        return new SpeedAtSize(
            rows, a.Length, first, second, second.P95 / first.P95,
            [GlobalImportance.Quantile(ratios, (1 - level) / 2), GlobalImportance.Quantile(ratios, (1 + level) / 2)]);
    }

    private static SpeedTimes Times(double[] seconds, int rows, double level)
    {
        double[] sorted = [.. seconds.Order()];

        // The number of calls below the true quantile is binomial: its normal interval, read back as quantiles.
        double half = NormalQuantile.TwoSided(level) * Math.Sqrt(0.95 * 0.05 / sorted.Length);
        return new SpeedTimes(
            GlobalImportance.Quantile(sorted, 0.5), GlobalImportance.Quantile(sorted, 0.95), GlobalImportance.Quantile(sorted, 0.99),
            rows * sorted.Length / sorted.Sum(), [.. Enumerable.Range(0, 21).Select(step => GlobalImportance.Quantile(sorted, step / 20.0))],
            [GlobalImportance.Quantile(sorted, Math.Max(0, 0.95 - half)), GlobalImportance.Quantile(sorted, Math.Min(1, 0.95 + half))]);
    }
}
