namespace Governance.Audit.Serving;

/// <summary>How many things happened in each of the last seconds: a throughput without a sampler. Safe from several threads.</summary>
internal sealed class RateWindow(TimeProvider clock)
{
    /// <summary>The seconds that a rate is taken over.</summary>
    public const int Seconds = 60;

    private readonly Lock gate = new();
    private readonly long[] counts = new long[Seconds + 1];
    private readonly long[] marks = new long[Seconds + 1];
    private readonly long born = clock.GetTimestamp();

    /// <summary>Notes that so many happened now.</summary>
    public void Add(int many)
    {
        long second = Now;
        lock (gate)
        {
            int at = (int)(second % counts.Length);
            counts[at] = marks[at] == second ? counts[at] + many : many;
            marks[at] = second;
        }
    }

    /// <summary>How many a second, over the last whole minute; over less where there was less.</summary>
    public double PerSecond
    {
        get
        {
            long now = Now;
            lock (gate)
            {
                long sum = 0;
                for (int at = 0; at < counts.Length; at++)
                {
                    sum += marks[at] <= now && marks[at] > now - Seconds ? counts[at] : 0;
                }

                return sum / Math.Clamp(clock.GetElapsedTime(born).TotalSeconds, 1, Seconds);
            }
        }
    }

    // From 1, so that an untouched mark of 0 is never now.
    private long Now => Seconds + 1 + (long)clock.GetElapsedTime(born).TotalSeconds;
}
