using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>Quantiles of many numbers from few of them: a KLL sketch, which merges without losing its guarantee.</summary>
/// <remarks>
/// Levels of items; an item of level h stands for 2^h numbers. A full level is sorted and every second item moves one level up,
/// beginning with the first or the second by a coin. With k = 256 the rank of a quantile is within 1.3 % of the one asked for
/// with a probability of 99 % for each quantile, after any sequence of merges (Karnin, Lang and Liberty, FOCS 2016, arXiv 1603.05346;
/// measured in its tests). The extremes are exact. Coins follow the numbers added so far, so the same sequence gives the same sketch.
/// Not safe to use from several threads at once.
/// </remarks>
public sealed class QuantileSketch
{
    /// <summary>Items of the top level. Below it each level holds two thirds of the one above, at least <see cref="Least"/>.</summary>
    public const int K = 256;

    private const int Least = 16;
    private const double Shrink = 2.0 / 3.0;

    private readonly List<double[]> levels = [new double[K]];
    private readonly List<int> used = [0];
    private ulong coin = 0x9E3779B97F4A7C15;
    private int[] room = [K];

    /// <summary>How many numbers it stands for.</summary>
    public long Count { get; private set; }

    /// <summary>The least number; NaN where there is none.</summary>
    public double Min { get; private set; } = double.NaN;

    /// <summary>The greatest number; NaN where there is none.</summary>
    public double Max { get; private set; } = double.NaN;

    /// <summary>Adds a number. NaN is left out.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        Min = value < Min || Count == 0 ? value : Min;
        Max = value > Max || Count == 0 ? value : Max;
        Count++;
        if (used[0] >= room[0])
        {
            Compact(0);
        }

        levels[0][used[0]++] = value;
    }

    /// <summary>Adds what another sketch stands for.</summary>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
        {
            return;
        }

        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Count == 0 ? other.Max : Math.Max(Max, other.Max);
        Count += other.Count;
        for (int level = 0; level < other.levels.Count; level++)
        {
            for (int i = 0; i < other.used[level]; i++)
            {
                Put(level, other.levels[level][i]);
            }
        }
    }

    /// <summary>The quantile: the least kept number whose share of numbers not above it is at least <paramref name="share"/>.</summary>
    /// <param name="share">In [0, 1].</param>
    /// <returns>NaN where there is no number.</returns>
    public double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (Count == 0)
        {
            return double.NaN;
        }

        if (share is 0 or 1)
        {
            return share == 0 ? Min : Max;
        }

        (double[] items, long[] weights) = Sorted();
        double wanted = share * Count;
        long sum = 0;
        for (int i = 0; i < items.Length; i++)
        {
            sum += weights[i];
            if (sum >= wanted)
            {
                return items[i];
            }
        }

        return Max;
    }

    /// <summary>The share of numbers at or below a value, in [0, 1]; NaN where there is no number.</summary>
    public double ShareUpTo(double value)
    {
        long below = 0;
        for (int level = 0; level < levels.Count; level++)
        {
            for (int i = 0; i < used[level]; i++)
            {
                below += levels[level][i] <= value ? 1L << level : 0;
            }
        }

        return Count == 0 ? double.NaN : (double)below / Count;
    }

    /// <summary>Kept numbers ascending, each with how many it stands for.</summary>
    public (double[] Items, long[] Weights) Sorted()
    {
        double[] items = new double[used.Sum()];
        long[] weights = new long[items.Length];
        int at = 0;
        for (int level = 0; level < levels.Count; level++)
        {
            levels[level].AsSpan(0, used[level]).CopyTo(items.AsSpan(at));
            weights.AsSpan(at, used[level]).Fill(1L << level);
            at += used[level];
        }

        Array.Sort(items, weights);
        return (items, weights);
    }

    internal void Write(ByteSink sink)
    {
        sink.Long(Count);
        sink.Double(Min);
        sink.Double(Max);
        sink.Ulong(coin);
        sink.Count(levels.Count);
        for (int level = 0; level < levels.Count; level++)
        {
            sink.Doubles(levels[level].AsSpan(0, used[level]));
        }
    }

    internal static QuantileSketch Read(ref ByteSource source)
    {
        QuantileSketch sketch = new() { Count = source.Long(), Min = source.Double(), Max = source.Double(), coin = source.Ulong() };
        int count = source.Count();
        sketch.levels.Clear();
        sketch.used.Clear();
        for (int level = 0; level < count; level++)
        {
            double[] items = source.Doubles();
            int length = items.Length;
            Array.Resize(ref items, Math.Max(items.Length, K));
            sketch.levels.Add(items);
            sketch.used.Add(length);
        }

        sketch.room = RoomOf(count);
        return sketch;
    }

    private static int[] RoomOf(int count) =>
        [.. Enumerable.Range(0, count).Select(level => Math.Max(Least, (int)Math.Ceiling(K * Math.Pow(Shrink, count - 1 - level))))];

    private void Grow()
    {
        levels.Add(new double[K]);
        used.Add(0);
        room = RoomOf(levels.Count);
    }

    private void Put(int level, double value)
    {
        while (level >= levels.Count)
        {
            Grow();
        }

        if (used[level] >= room[level])
        {
            Compact(level);
        }

        levels[level][used[level]++] = value;
    }

    private void Compact(int level)
    {
        if (level + 1 == levels.Count)
        {
            Grow();
        }

        Span<double> items = levels[level].AsSpan(0, used[level]);
        items.Sort();
        bool odd = items.Length % 2 == 1;
        double left = items[^1]; // of an odd number one stays
        used[level] = 0;
        coin ^= coin << 13;
        coin ^= coin >> 7;
        coin ^= coin << 17;
        for (int i = (int)(coin & 1); i < items.Length - (odd ? 1 : 0); i += 2)
        {
            Put(level + 1, items[i]);
        }

        if (odd)
        {
            levels[level][used[level]++] = left;
        }
    }
}
