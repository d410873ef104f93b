namespace Governance.Portal.Scheduling;

/// <summary>What of a clock is due now. Pure.</summary>
/// <param name="Missed">Ticks that nobody was there for, the earliest first; the latest <see cref="MostMissed"/> of them.</param>
/// <param name="Earlier">How many more were missed before those.</param>
/// <param name="OnTime">The tick that is due now; null for none.</param>
internal sealed record DueTicks(IReadOnlyList<DateTimeOffset> Missed, long Earlier, DateTimeOffset? OnTime)
{
    /// <summary>A tick that is no older is on time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>The most missed ticks that are written down one by one.</summary>
    public const int MostMissed = 1_000;

    /// <summary>Looks at the clock.</summary>
    /// <param name="cadence">The ticks.</param>
    /// <param name="since">Ticks up to here are done with.</param>
    /// <param name="now">The moment; a clock set back to before <paramref name="since"/> makes nothing due.</param>
    public static DueTicks Of(Cadence cadence, DateTimeOffset since, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(cadence);
        Queue<DateTimeOffset> due = new();
        long earlier = 0;
        foreach (DateTimeOffset tick in cadence.After(since, int.MaxValue).TakeWhile(tick => tick <= now))
        {
            due.Enqueue(tick);
            if (due.Count > MostMissed + 1)
            {
                due.Dequeue();
                earlier++;
            }
        }

        DateTimeOffset[] ticks = [.. due];
        return ticks.Length > 0 && now - ticks[^1] <= Grace
            ? new DueTicks(ticks[..^1], earlier, ticks[^1])
            : new DueTicks(ticks, earlier, null);
    }
}
