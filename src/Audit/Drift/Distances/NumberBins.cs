using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Drift.Distances;

/// <summary>Cells of the number line.</summary>
internal sealed class NumberBins
{
    private readonly double[] edges;
    private readonly bool open;
    private readonly double scale;

    // Open: edges are the inner ones, cells [e, e'), both ends open. Else: cells between edges, the last closed, and
    // one cell more for whatever lies outside.
    private NumberBins(double[] edges, bool open)
    {
        this.edges = edges;
        this.open = open;
        scale = open ? 0 : (edges.Length - 1) / (edges[^1] - edges[0]);
    }

    /// <summary>The number of cells, the one for values outside included.</summary>
    public int Cells => open ? edges.Length + 1 : edges.Length;

    /// <summary>Shape [edges], ascending.</summary>
    public IReadOnlyList<double> Edges => edges;

    /// <summary>Equally full bins: the inner edges are the distinct quantiles inside a sample's range, the ends are open.</summary>
    /// <param name="ascending">At least one number.</param>
    /// <param name="bins">At least 2.</param>
    public static NumberBins EquallyFull(ReadOnlySpan<double> ascending, int bins)
    {
        List<double> inner = [];
        for (int k = 1; k < bins; k++)
        {
            // The multiple of a step and not the quotient, as in NumPy's grids: where a quantile falls on a value, the last
            // digit of the share decides on which side of the edge that value counts.
            double edge = Quantiles.OfSorted(ascending, k * (1.0 / bins));
            if (edge > (inner.Count == 0 ? ascending[0] : inner[^1]) && edge < ascending[^1])
            {
                inner.Add(edge);
            }
        }

        return new NumberBins([.. inner], open: true);
    }

    /// <summary>Cells between given inner edges, the ends open.</summary>
    /// <param name="inner">Ascending, distinct.</param>
    public static NumberBins Between(double[] inner) => new(inner, open: true);

    /// <summary>Equally wide bins over a range, and a cell for what lies outside.</summary>
    /// <param name="least">Finite.</param>
    /// <param name="largest">At least <paramref name="least"/>; where equal, the bins reach half a unit to each side.</param>
    /// <param name="bins">At least 1.</param>
    /// <returns>Null where the range is wider than a double can tell.</returns>
    public static NumberBins? EquallyWide(double least, double largest, int bins)
    {
        (double low, double high) = least == largest ? (least - 0.5, largest + 0.5) : (least, largest);
        double step = (high - low) / bins;
        if (!double.IsFinite(high - low) || !(step > 0) || low + step == low || double.IsInfinity(bins / (high - low)))
        {
            return null;
        }

        double[] edges = new double[bins + 1];
        for (int i = 0; i < bins; i++)
        {
            edges[i] = (i * step) + low;
        }

        edges[bins] = high;
        return new NumberBins(edges, open: false);
    }

    /// <summary>Doane's number of bins (1976, The American Statistician 30, 181–183), as NumPy's <c>doane</c>.</summary>
    public static int Doane(NumberMoments moments, int count)
    {
        if (count <= 2 || !(moments.Deviation > 0))
        {
            return 1;
        }

        double error = Math.Sqrt(6.0 * (count - 2) / ((count + 1.0) * (count + 3.0)));
        return Ceiling(1 + Math.Log2(count) + Math.Log2(1 + (Math.Abs(moments.Skewness) / error)));
    }

    /// <summary>Sturges' number of bins: log₂ n + 1, rounded up.</summary>
    public static int Sturges(long count) => Ceiling(Math.Log2(count) + 1);

    /// <summary>Counts numbers by cell.</summary>
    public long[] Count(ReadOnlySpan<double> values)
    {
        long[] counts = new long[Cells];
        if (open)
        {
            CountOpen(values, counts);
        }
        else
        {
            CountClosed(values, counts);
        }

        return counts;
    }

    private void CountOpen(ReadOnlySpan<double> values, long[] counts)
    {
        ReadOnlySpan<double> inner = edges;
        foreach (double value in values)
        {
            int low = 0;
            int high = inner.Length;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                bool right = inner[middle] <= value;
                low = right ? middle + 1 : low;
                high = right ? high : middle;
            }

            counts[low]++;
        }
    }

    // The place by division, put right by the edges, so that a value on an edge is where a search would put it.
    private void CountClosed(ReadOnlySpan<double> values, long[] counts)
    {
        ReadOnlySpan<double> all = edges;
        int last = all.Length - 2;
        double low = all[0];
        double high = all[^1];
        foreach (double value in values)
        {
            if (!(value >= low && value <= high))
            {
                counts[last + 1]++;
                continue;
            }

            int place = Math.Min(last, (int)((value - low) * scale));
            place -= value < all[place] ? 1 : 0;
            place += place < last && value >= all[place + 1] ? 1 : 0;
            counts[place]++;
        }
    }

    private static int Ceiling(double bins) => Math.Max(1, (int)Math.Ceiling(Math.Min(bins, BinRule.Most)));
}
