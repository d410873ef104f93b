using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>What was counted of a column of numbers. Merges with what was counted of other rows on the same bins.</summary>
/// <remarks>Mean and sum of squares are merged as by Chan, Golub and LeVeque (1979), so nothing cancels. Not safe for several threads.</remarks>
public sealed class NumberSummary
{
    private readonly long[] bins;

    /// <summary>Begins without a row.</summary>
    /// <param name="layout">Name, role and bins.</param>
    /// <param name="sketched">Whether quantiles are wanted.</param>
    internal NumberSummary(ColumnLayout layout, bool sketched)
    {
        Layout = layout;
        bins = new long[layout.Edges.Count + 1];
        Sketch = sketched ? new QuantileSketch() : null;
    }

    /// <summary>The column's name; of a score the class.</summary>
    public string Name => Layout.Name;

    public SummaryRole Role => Layout.Role;

    /// <summary>
    /// Inner edges of the bins, ascending and distinct: bin 0 is below the first, bin i is [edge i-1, edge i), the last from the
    /// last edge on. For a column of the reference data the twentieths of its values (so every second is a decile).
    /// </summary>
    public IReadOnlyList<double> Edges => Layout.Edges;

    /// <summary>Rows in each bin; one more than edges.</summary>
    public IReadOnlyList<long> Bins => bins;

    /// <summary>Finite numbers.</summary>
    public long Count { get; private set; }

    /// <summary>Rows without a value.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows with a value that is no finite number.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The least number; NaN where there is none.</summary>
    public double Min { get; private set; } = double.NaN;

    /// <summary>The greatest number; NaN where there is none.</summary>
    public double Max { get; private set; } = double.NaN;

    /// <summary>NaN where there is no number.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>Sum of squared distances from the mean.</summary>
    public double SquaredDistances { get; private set; }

    /// <summary>The sample's standard deviation; NaN below two numbers.</summary>
    public double StandardDeviation => Count < 2 ? double.NaN : Math.Sqrt(SquaredDistances / (Count - 1));

    /// <summary>Quantiles; null where part of the window is known by the hour alone, because its rows are erased.</summary>
    public QuantileSketch? Sketch { get; private set; }

    internal ColumnLayout Layout { get; }

    /// <summary>Adds numbers; NaN is a missing one.</summary>
    /// <param name="values">Shape [rows].</param>
    /// <param name="unreadable">How many of the NaN are values that are no numbers.</param>
    internal void Add(ReadOnlySpan<double> values, long unreadable)
    {
        double[] edges = Layout.EdgeArray;
        long count = 0;
        long broken = unreadable;
        double sum = 0;
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
            {
                broken += double.IsNaN(value) ? 0 : 1;
                continue;
            }

            count++;
            sum += value;
            min = value < min ? value : min;
            max = value > max ? value : max;
            bins[ColumnLayout.BinOf(edges, value)]++;
            Sketch?.Add(value);
        }

        Missing += values.Length - count - broken;
        Unreadable += broken;
        if (count > 0)
        {
            double mean = sum / count;
            double squares = 0;
            foreach (double value in values)
            {
                if (double.IsFinite(value))
                {
                    squares += (value - mean) * (value - mean);
                }
            }

            Join(count, min, max, mean, squares);
        }
    }

    /// <summary>Adds rows that have no such column.</summary>
    internal void AddMissing(long rows) => Missing += rows;

    internal void Merge(NumberSummary other)
    {
        if (other.Layout.Edges.Count != Layout.Edges.Count)
        {
            throw new ArgumentException($"The bins of '{Name}' differ.", nameof(other));
        }

        for (int bin = 0; bin < bins.Length; bin++)
        {
            bins[bin] += other.bins[bin];
        }

        Missing += other.Missing;
        Unreadable += other.Unreadable;
        if (Sketch is not null && other.Sketch is not null)
        {
            Sketch.Merge(other.Sketch);
        }
        else if (other.Count > 0)
        {
            Sketch = null;
        }

        if (other.Count > 0)
        {
            Join(other.Count, other.Min, other.Max, other.Mean, other.SquaredDistances);
        }
    }

    internal void Write(ByteSink sink)
    {
        sink.Count(Count);
        sink.Count(Missing);
        sink.Count(Unreadable);
        sink.Double(Min);
        sink.Double(Max);
        sink.Double(Mean);
        sink.Double(SquaredDistances);
        foreach (long bin in bins)
        {
            sink.Count(bin);
        }

        sink.Byte((byte)(Sketch is null ? 0 : 1));
        Sketch?.Write(sink);
    }

    internal static NumberSummary Read(ColumnLayout layout, ref ByteSource source)
    {
        NumberSummary read = new(layout, false)
        {
            Count = source.LongCount(), Missing = source.LongCount(), Unreadable = source.LongCount(), Min = source.Double(), Max = source.Double(),
            Mean = source.Double(), SquaredDistances = source.Double(),
        };
        for (int bin = 0; bin < read.bins.Length; bin++)
        {
            read.bins[bin] = source.LongCount();
        }

        read.Sketch = source.Byte() == 1 ? QuantileSketch.Read(ref source) : null;
        return read;
    }

    private void Join(long count, double min, double max, double mean, double squares)
    {
        if (Count == 0)
        {
            (Count, Min, Max, Mean, SquaredDistances) = (count, min, max, mean, squares);
            return;
        }

        long all = Count + count;
        double apart = mean - Mean;
        Mean += apart * count / all;
        SquaredDistances += squares + (apart * apart * Count * count / all);
        Min = Math.Min(Min, min);
        Max = Math.Max(Max, max);
        Count = all;
    }
}
