using System.Numerics;

namespace Governance.Audit.Serving;

/// <summary>Counts of durations in microseconds, in buckets that grow with the value: small, exact enough, and mergeable.</summary>
/// <remarks>
/// Below 32 µs every whole microsecond has its own bucket; above, each power of two is cut into 32, so that a quantile is off by
/// at most 1/64 of itself. Safe to fill from several threads. Source of the idea: Tene, HdrHistogram.
/// </remarks>
public sealed class LatencyHistogram
{
    private const int Parts = 32; // of a power of two: 2^5
    private const int PartBits = 5;
    private const int MostBits = 36; // 2^36 µs are 19 hours; longer ones count as that

    private readonly long[] counts = new long[Parts * (MostBits - PartBits + 1)];
    private long count;
    private long sum;
    private long most;

    /// <summary>How many durations were noted.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Their mean in microseconds; NaN without any.</summary>
    public double Mean => Count == 0 ? double.NaN : (double)Interlocked.Read(ref sum) / Count;

    /// <summary>Their sum in microseconds.</summary>
    public long Sum => Interlocked.Read(ref sum);

    /// <summary>The longest in microseconds; 0 without any.</summary>
    public long Most => Interlocked.Read(ref most);

    /// <summary>Notes a duration.</summary>
    /// <param name="duration">Negative counts as none.</param>
    public void Add(TimeSpan duration) => Add((long)duration.TotalMicroseconds);

    /// <summary>Notes a duration in microseconds, or a count such as the rows of a batch.</summary>
    /// <param name="value">Negative counts as 0.</param>
    public void Add(long value)
    {
        value = Math.Clamp(value, 0, (1L << MostBits) - 1);
        Interlocked.Increment(ref counts[BucketOf(value)]);
        Interlocked.Increment(ref count);
        Interlocked.Add(ref sum, value);
        for (long known = Most; value > known; known = Most)
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }

    /// <summary>Adds all durations of another one.</summary>
    public void Merge(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int at = 0; at < counts.Length; at++)
        {
            long more = Interlocked.Read(ref other.counts[at]);
            if (more > 0)
            {
                Interlocked.Add(ref counts[at], more);
            }
        }

        Interlocked.Add(ref count, other.Count);
        Interlocked.Add(ref sum, other.Sum);
        for (long known = Most; other.Most > known; known = Most)
        {
            Interlocked.CompareExchange(ref most, other.Most, known);
        }
    }

    /// <summary>The duration that a share of all does not pass: the nearest rank, as the middle of its bucket.</summary>
    /// <param name="share">In (0, 1].</param>
    /// <returns>Microseconds; NaN without any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside.</exception>
    public double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        long rank = (long)Math.Ceiling(Count * share);
        long seen = 0;
        for (int at = 0; at < counts.Length && Count > 0; at++)
        {
            seen += Interlocked.Read(ref counts[at]);
            if (seen >= rank)
            {
                return Math.Min(Middle(at), Most);
            }
        }

        return double.NaN;
    }

    private static int BucketOf(long value)
    {
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)value); // of value; 0 for 0
        int shift = Math.Max(0, bits - 1 - PartBits);
        return (shift * Parts) + (int)(value >> shift);
    }

    // Bucket shift*32 + part, part in [32, 64) beyond the first 32, covers [part << shift, part + 1 << shift).
    private static double Middle(int bucket)
    {
        int shift = Math.Max(0, (bucket / Parts) - 1);
        long part = bucket - ((long)shift * Parts);
        return shift == 0 ? part : ((part << shift) + ((part + 1) << shift) - 1) / 2.0;
    }
}
