using System.Collections.Concurrent;

namespace Governance.Audit.Answers;

/// <summary>Lets each principal ask so many rows a minute, a burst at once: a bucket that refills.</summary>
/// <remarks>In memory: it slows down programs that run wild; what may be asked in all is the budgets' matter.</remarks>
public sealed class RequestRate(TimeProvider clock)
{
    /// <summary>Rows a minute.</summary>
    public const int RowsPerMinute = 600;

    /// <summary>Rows at once.</summary>
    public const int Burst = 200;

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Guid, Bucket> buckets = new();

    /// <summary>Takes rows from a principal's bucket.</summary>
    /// <param name="principal">Whose.</param>
    /// <param name="rows">How many; at most <see cref="Burst"/>.</param>
    /// <returns>Null where they were taken; else how long until they can be.</returns>
    public TimeSpan? Take(Guid principal, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Burst);
        if (buckets.Count >= Most)
        {
            buckets.Clear();
        }

        Bucket bucket = buckets.GetOrAdd(principal, _ => new Bucket { At = clock.GetTimestamp() });
        lock (bucket)
        {
            bucket.Rows = Math.Min(Burst, bucket.Rows + (clock.GetElapsedTime(bucket.At).TotalMinutes * RowsPerMinute));
            bucket.At = clock.GetTimestamp();
            if (bucket.Rows >= rows)
            {
                bucket.Rows -= rows;
                return null;
            }

            return TimeSpan.FromMinutes((rows - bucket.Rows) / RowsPerMinute);
        }
    }

    private sealed class Bucket
    {
        public double Rows { get; set; } = Burst;

        public long At { get; set; }
    }
}
