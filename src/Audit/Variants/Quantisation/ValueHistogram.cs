namespace Governance.Audit.Variants.Quantisation;

/// <summary>How often values of a known span were seen, in bins of equal width.</summary>
/// <param name="low">The smallest value.</param>
/// <param name="high">The largest value.</param>
internal sealed class ValueHistogram(double low, double high)
{
    /// <summary>Bins.</summary>
    public const int Bins = 2_048;

    private const int Levels = 128;

    private readonly long[] signed = new long[Bins];
    private readonly long[] sizes = new long[Bins];
    private readonly double largest = Math.Max(Math.Abs(low), Math.Abs(high));
    private long count;

    /// <summary>Counts values; what is no finite number is passed over.</summary>
    public void Add(double[] values)
    {
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                signed[Bin(value - low, high - low)]++;
                sizes[Bin(Math.Abs(value), largest)]++;
                count++;
            }
        }
    }

    /// <summary>The span without what lies beyond a percentile at either end.</summary>
    /// <param name="percentile">In (50, 100].</param>
    public (double Low, double High) Percentile(double percentile)
    {
        double tail = count * (1 - (percentile / 100));
        int first = 0;
        for (double cut = signed[0]; first < Bins - 1 && cut <= tail; cut += signed[first])
        {
            first++;
        }

        int last = Bins - 1;
        for (double cut = signed[last]; last > first && cut <= tail; cut += signed[last])
        {
            last--;
        }

        double width = (high - low) / Bins;
        return (low + (first * width), low + ((last + 1) * width));
    }

    /// <summary>The span, cut at the size that loses least information in 128 levels.</summary>
    /// <remarks>
    /// Migacz, "8-bit inference with TensorRT", GTC 2017: of all limits the one with the smallest Kullback-Leibler divergence
    /// between the sizes clipped there and the same in 128 levels.
    /// </remarks>
    public (double Low, double High) Entropy()
    {
        double best = double.PositiveInfinity;
        int limit = Bins;
        for (int end = Levels; end <= Bins; end++)
        {
            double lost = Divergence(end);
            if (lost < best)
            {
                (best, limit) = (lost, end);
            }
        }

        double most = largest * limit / Bins;
        return (Math.Max(low, -most), Math.Min(high, most));
    }

    private double Divergence(int end)
    {
        // What lies beyond the limit is clipped to it in the reference, and missing from what is levelled.
        double beyond = 0;
        for (int bin = end; bin < Bins; bin++)
        {
            beyond += sizes[bin];
        }

        double[] levelled = new double[end];
        for (int level = 0; level < Levels; level++)
        {
            int from = level * end / Levels;
            int to = (level + 1) * end / Levels;
            double sum = 0;
            int filled = 0;
            for (int bin = from; bin < to; bin++)
            {
                sum += sizes[bin];
                filled += sizes[bin] > 0 ? 1 : 0;
            }

            for (int bin = from; bin < to; bin++)
            {
                levelled[bin] = sizes[bin] > 0 ? sum / filled : 0;
            }
        }

        double total = levelled.Sum();
        if (total == 0)
        {
            return double.PositiveInfinity;
        }

        double lost = 0;
        for (int bin = 0; bin < end; bin++)
        {
            double reference = (sizes[bin] + (bin == end - 1 ? beyond : 0)) / count;
            if (reference > 0)
            {
                // An empty level where the reference has some: as if a tenth of a value were there.
                lost += reference * Math.Log(reference / (Math.Max(levelled[bin], 0.1) / total));
            }
        }

        return lost;
    }

    private static int Bin(double offset, double span) => span > 0 ? Math.Clamp((int)(offset / span * Bins), 0, Bins - 1) : 0;
}
