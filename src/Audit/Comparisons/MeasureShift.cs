using Governance.Audit.Data;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Comparisons;

/// <summary>Measures how far two versions' scores lie apart, overall and by group.</summary>
public static class MeasureShift
{
    /// <summary>Bins of the histogram.</summary>
    public const int Bins = 40;

    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Measures all rows. O(rows · log rows).</summary>
    /// <param name="a">Shape [rows]: the first's scores or values; rows without a finite one in both are left out.</param>
    /// <param name="b">Shape [rows]: the second's.</param>
    /// <param name="level">The confidence level of the interval, above 0 and below 1.</param>
    /// <returns>Null where no row has both.</returns>
    /// <exception cref="ArgumentException">The two are of other rows.</exception>
    public static ScoreShift? Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double level)
    {
        double[] moved = Moved(a, b);
        moved = moved[..Quantiles.SortKnown(moved)];
        if (moved.Length == 0)
        {
            return null;
        }

        MeanEstimate mean = Mean(moved);
        return new ScoreShift(mean.Value, mean.Interval(level)?.ToArray(), [.. Shares.Select(share => Quantiles.OfSorted(moved, share))])
        {
            Bins = moved[0] < moved[^1] ? Histogram(moved) : [],
        };
    }

    /// <summary>Measures each group of an attribute.</summary>
    /// <param name="groups">The attribute.</param>
    /// <param name="a">Shape [rows]: the first's scores or values.</param>
    /// <param name="b">Shape [rows]: the second's.</param>
    /// <param name="level">The confidence level of the intervals.</param>
    /// <exception cref="ArgumentException">The two are of other rows.</exception>
    public static IReadOnlyList<GroupShift> ByGroup(Levels groups, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double level)
    {
        double[] moved = Moved(a, b);
        MeanEstimate[] means = new MeanEstimate[groups.Names.Count];
        int[] counts = new int[means.Length];
        for (int row = 0; row < moved.Length; row++)
        {
            if (groups.Codes[row] is >= 0 and int code && !double.IsNaN(moved[row]))
            {
                means[code].Add(moved[row], 1);
                counts[code]++;
            }
        }

        return
        [
            .. groups.Names.Select((name, code) => new GroupShift(
                groups.Name, name, counts[code], counts[code] == 0 ? null : means[code].Value, means[code].Interval(level)?.ToArray())),
        ];
    }

    private static double[] Moved(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException("The two are of other rows.", nameof(b));
        }

        double[] moved = new double[a.Length];
        for (int row = 0; row < moved.Length; row++)
        {
            moved[row] = double.IsFinite(a[row]) && double.IsFinite(b[row]) ? b[row] - a[row] : double.NaN;
        }

        return moved;
    }

    private static MeanEstimate Mean(double[] values)
    {
        MeanEstimate mean = default;
        foreach (double value in values)
        {
            mean.Add(value, 1);
        }

        return mean;
    }

    private static ShiftBin[] Histogram(double[] sorted)
    {
        double low = sorted[0];
        double width = (sorted[^1] - low) / Bins;
        int[] counts = new int[Bins];
        foreach (double value in sorted)
        {
            counts[Math.Min(Bins - 1, (int)((value - low) / width))]++;
        }

        return [.. counts.Select((count, bin) => new ShiftBin(low + (bin * width), low + ((bin + 1) * width), count))];
    }
}
