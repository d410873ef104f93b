namespace Governance.Audit.Serving;

/// <summary>Durations of the last five minutes: one histogram a minute, merged when somebody looks.</summary>
public sealed class RecentLatency
{
    /// <summary>How far it looks back.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly (long Minute, LatencyHistogram Times)[] slots = new (long, LatencyHistogram)[(int)Span.TotalMinutes + 1];
    private readonly TimeProvider clock;
    private readonly long born;

    internal RecentLatency(TimeProvider clock)
    {
        this.clock = clock;
        born = clock.GetTimestamp();
    }

    /// <summary>All of them together; a copy.</summary>
    public LatencyHistogram Merged
    {
        get
        {
            LatencyHistogram all = new();
            lock (gate)
            {
                foreach ((long minute, LatencyHistogram times) in slots)
                {
                    if (times is not null && minute > Minute - slots.Length)
                    {
                        all.Merge(times);
                    }
                }
            }

            return all;
        }
    }

    internal void Add(TimeSpan time)
    {
        LatencyHistogram times;
        lock (gate)
        {
            ref (long Minute, LatencyHistogram Times) slot = ref slots[(int)(Minute % slots.Length)];
            if (slot.Times is null || slot.Minute != Minute)
            {
                slot = (Minute, new LatencyHistogram());
            }

            times = slot.Times;
        }

        times.Add(time);
    }

    private long Minute => (long)clock.GetElapsedTime(born).TotalMinutes;
}
