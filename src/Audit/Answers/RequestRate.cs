using System.Collections.Concurrent;

namespace Governance.Audit.Answers;

/// <summary>Lets each principal ask so many rows a minute, a burst at once: a bucket that refills.</summary>
/// <remarks>In memory: it slows down programs that run wild; what may be asked in all is the budgets' matter.</remarks>
public sealed class RequestRate(TimeProvider clock)
{
    /// <summary>Rows a minute unless a version is served otherwise.</summary>
    public const int RowsPerMinute = 600;

    /// <summary>Rows at once.</summary>
    public const int Burst = 200;

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(Guid Principal, int PerMinute), Bucket> buckets = new();

    /// <summary>Takes rows from a principal's bucket.</summary>
    /// <param name="principal">Whose.</param>
    /// <param name="rows">How many; at most <see cref="Burst"/>.</param>
    /// <param name="perMinute">How many a minute; a third of it, at least <see cref="Burst"/>, at once. Each rate has buckets of its own.</param>
    /// <returns>Null where they were taken; else how long until they can be.</returns>
    public TimeSpan? Take(Guid principal, int rows, int perMinute = RowsPerMinute)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Burst);
        if (buckets.Count >= Most)
        {
            buckets.Clear();
        }

        int burst = Math.Max(Burst, perMinute / 3);
        Bucket bucket = buckets.GetOrAdd((principal, perMinute), _ => new Bucket { Rows = burst, At = clock.GetTimestamp() });
        lock (bucket)
        {
            bucket.Rows = Math.Min(burst, bucket.Rows + (clock.GetElapsedTime(bucket.At).TotalMinutes * perMinute));
            bucket.At = clock.GetTimestamp();
            if (bucket.Rows >= rows)
            {
                bucket.Rows -= rows;
                return null;
            }

            return TimeSpan.FromMinutes((rows - bucket.Rows) / perMinute);
        }
    }

    private sealed class Bucket
    {
        public double Rows { get; set; }

        public long At { get; set; }
    }
}
