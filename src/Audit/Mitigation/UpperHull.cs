using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>A mixture of two thresholds.</summary>
/// <param name="First">The one with the smaller x, with its chance.</param>
/// <param name="Second">The other, with its chance.</param>
/// <param name="Y">What the mixture reaches.</param>
public readonly record struct ThresholdMix(ThresholdRule First, ThresholdRule Second, double Y);

/// <summary>The best that mixtures of a group's thresholds reach at each value of a rate: an upper convex hull over [0, 1].</summary>
/// <remarks>
/// Hardt, Price and Srebro, "Equality of opportunity in supervised learning", NeurIPS 2016. Built by Andrew's monotone chain;
/// points on an edge are left out. Where thresholds of one rate differ in y, the best counts.
/// </remarks>
public sealed class UpperHull
{
    private readonly double[] x;
    private readonly double[] y;
    private readonly ThresholdRule[] rules;

    private UpperHull(double[] x, double[] y, ThresholdRule[] rules) => (this.x, this.y, this.rules) = (x, y, rules);

    /// <summary>The rate at which y is largest, the smallest of equals.</summary>
    public double Best => BestOf(1, 0);

    /// <summary>Builds the hull of a group's points.</summary>
    /// <param name="curve">The group.</param>
    /// <param name="across">The rate that becomes x, in [0, 1], reaching both ends.</param>
    /// <param name="up">What becomes y.</param>
    public static UpperHull Of(GroupCurve curve, Func<Confusion, double> across, Func<Confusion, double> up)
    {
        List<(double X, double Y, ThresholdRule Rule)> kept = [];
        foreach ((double X, double Y, ThresholdRule Rule) point in curve.Points
            .Select(point => (X: across(point.Counts), Y: up(point.Counts), point.Rule)).OrderBy(point => point.X).ThenBy(point => point.Y))
        {
            while (kept.Count >= 2 && IsUnder(kept[^2].X, kept[^2].Y, kept[^1].X, kept[^1].Y, point.X, point.Y))
            {
                kept.RemoveAt(kept.Count - 1);
            }

            kept.Add(point);
        }

        return new UpperHull([.. kept.Select(point => point.X)], [.. kept.Select(point => point.Y)], [.. kept.Select(point => point.Rule)]);
    }

    /// <summary>The mixture that reaches the hull at a rate.</summary>
    /// <param name="rate">In [0, 1].</param>
    public ThresholdMix At(double rate)
    {
        int left = Left(rate);
        double width = x[left + 1] - x[left];
        double first = width > 0 ? (x[left + 1] - rate) / width : 0;
        double second = 1 - first;
        return new ThresholdMix(rules[left] with { P = first }, rules[left + 1] with { P = second }, (first * y[left]) + (second * y[left + 1]));
    }

    /// <summary>The hull's y at a rate.</summary>
    public double Value(double rate) => At(rate).Y;

    /// <summary>The smallest rate at which the hull reaches a y; 1 where it reaches it nowhere. O(log points).</summary>
    /// <remarks>For hulls that rise to their right end, as ROC hulls do.</remarks>
    public double Reaching(double value)
    {
        int right = 0;
        for (int end = y.Length; right < end;)
        {
            int middle = (right + end) / 2;
            (right, end) = y[middle] < value ? (middle + 1, end) : (right, middle);
        }

        return right == y.Length ? 1
            : right == 0 ? x[0]
            : x[right - 1] + ((x[right] - x[right - 1]) * (value - y[right - 1]) / (y[right] - y[right - 1]));
    }

    /// <summary>The vertex at which <paramref name="gain"/> · y − <paramref name="price"/> · x is largest; its x, the smallest of equals.</summary>
    public double BestOf(double gain, double price)
    {
        int best = 0;
        for (int i = 1; i < x.Length; i++)
        {
            best = (gain * y[i]) - (price * x[i]) > (gain * y[best]) - (price * x[best]) ? i : best;
        }

        return x[best];
    }

    // The edge with x[left] < rate <= x[left + 1]; at 0 the upper end of a first edge that stands upright.
    private int Left(double rate)
    {
        int found = Array.BinarySearch(x, rate);
        int right = found < 0 ? ~found : found;
        while (right > 0 && x[right - 1] >= rate)
        {
            right--; // several points may share an x
        }

        right = Math.Clamp(right, 1, x.Length - 1);
        return right - 1;
    }

    private static bool IsUnder(double x0, double y0, double x1, double y1, double x2, double y2) =>
        (y1 - y0) * (x2 - x0) <= (y2 - y0) * (x1 - x0);
}
