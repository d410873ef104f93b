using Governance.Audit.Data;
using Governance.Audit.Specs;
using Quartz;

namespace Governance.Portal.Scheduling;

/// <summary>The ticks of a cron expression in a time zone.</summary>
/// <remarks>
/// Where clocks go forward, a time of day that the day skips ticks at the moment they moved to; where they go back, a time of
/// day that comes twice ticks once. Source: Quartz's CronExpression, whose rules these are; tests hold them.
/// </remarks>
internal sealed class Cadence
{
    /// <summary>Ticks are at least this far apart: an audit or a look at windows more often says nothing new.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private const int Sampled = 120;

    private readonly CronExpression expression;

    private Cadence(CronExpression expression) => this.expression = expression;

    /// <summary>Reads cron and time zone.</summary>
    /// <exception cref="InputException">One of them cannot be read; the sentence says which and why.</exception>
    public static Cadence Read(string cron, string timeZone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out TimeZoneInfo? zone))
        {
            throw new InputException($"There is no time zone '{timeZone}'. Name one such as UTC or Europe/Berlin.");
        }

        try
        {
            return new Cadence(CronExpression.Parse(cron).WithTimeZone(zone));
        }
        catch (FormatException fault)
        {
            throw new InputException($"The cron expression '{cron}' cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads them, and refuses what never ticks or ticks too often.</summary>
    /// <param name="schedule">Cron and zone.</param>
    /// <param name="now">From when on the ticks are looked at.</param>
    /// <exception cref="InputException">It is refused; the sentence says why.</exception>
    public static Cadence ReadSensible(SpecSchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Cadence cadence = Read(schedule.Cron, schedule.TimeZone);
        DateTimeOffset? before = cadence.NextAfter(now);
        if (before is null)
        {
            throw new InputException($"The cron expression '{schedule.Cron}' never comes again.");
        }

        for (int tick = 1; tick < Sampled && cadence.NextAfter(before.Value) is DateTimeOffset next; tick++)
        {
            if (next - before < Shortest)
            {
                throw new InputException($"The cron expression '{schedule.Cron}' comes more than once a minute.");
            }

            before = next;
        }

        return cadence;
    }

    /// <summary>The next tick after a moment, in UTC; null where none comes.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => expression.GetNextValidTimeAfter(moment)?.ToUniversalTime();

    /// <summary>The ticks after a moment, at most so many, the earliest first.</summary>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset moment, int most)
    {
        for (DateTimeOffset? tick = NextAfter(moment); tick is DateTimeOffset at && most > 0; tick = NextAfter(at), most--)
        {
            yield return at;
        }
    }
}
