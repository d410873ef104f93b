using Governance.Registry.Access;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;

namespace Governance.Portal.Scheduling;

/// <summary>Runs what is due of one schedule, in its owner's name and with the rights that they have now.</summary>
/// <remarks>
/// Judged from the rows each time, so it may be called by any node, at any moment and as often as one likes: a tick is run
/// once, ticks that nobody was there for are written down and told one by one, and one run makes up for all of them.
/// </remarks>
internal sealed class RunSchedule(
    ScheduleQueries schedules, RecordScheduleRuns record, RunScheduledAudit audits, RunScheduledMonitors monitors, TellSchedules tell, TimeProvider time)
{
    private DateTimeOffset Now => Microseconds.Truncate(time.GetUtcNow());

    /// <summary>Does what the clock of a schedule asks for now; nothing where nothing is due.</summary>
    /// <param name="id">Which schedule.</param>
    /// <param name="cancellationToken">Ends it; what was written stays, and the next call goes on.</param>
    public async Task TickAsync(ScheduleId id, CancellationToken cancellationToken)
    {
        if (await schedules.EntryAsync(id, cancellationToken) is not { State: ScheduleState.Active, Schedule.Trigger: ScheduleTrigger.Clock } entry)
        {
            return;
        }

        DateTimeOffset now = Now;
        DueTicks due = await DueAsync(entry, now, cancellationToken);
        await MissAsync(entry, due, cancellationToken);
        if (due.OnTime is DateTimeOffset tick)
        {
            await StartAsync(entry, new ScheduleStart(id, tick, ScheduleRunCause.Clock, entry.Schedule.Version, []), cancellationToken);
        }
        else if (await record.OwesCatchUpAsync(id, entry.ActiveSince, cancellationToken))
        {
            await StartAsync(entry, new ScheduleStart(id, now, ScheduleRunCause.CatchUp, entry.Schedule.Version, []), cancellationToken);
        }
    }

    /// <summary>Whether a clock's ticks went by unseen, or a run that makes up for them is owed: then somebody has to tick it.</summary>
    public async Task<bool> IsLateAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (await DueAsync(entry, Now, cancellationToken)).Missed.Count > 0
            || await record.OwesCatchUpAsync(entry.Schedule.Id, entry.ActiveSince, cancellationToken);
    }

    /// <summary>Starts a run now, whatever its clock says.</summary>
    /// <param name="entry">The schedule.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it was not started, or null.</returns>
    public Task<Refusal?> ByHandAsync(ScheduleEntry entry, CancellationToken cancellationToken) =>
        StartAsync(entry, new ScheduleStart(entry.Schedule.Id, Now, ScheduleRunCause.ByHand, entry.Schedule.Version, []), cancellationToken);

    /// <summary>Starts a run; where it is refused for good, that is written down and told.</summary>
    /// <returns>Why it was not started, or null.</returns>
    public async Task<Refusal?> StartAsync(ScheduleEntry entry, ScheduleStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(start);
        Refusal? refusal = entry.Schedule.Work == ScheduleWork.Audit
            ? await audits.StartAsync(entry, start, cancellationToken)
            : await monitors.RunAsync(entry, start, cancellationToken);
        switch (refusal?.Code)
        {
            case null or ScheduleStart.Taken or ScheduleStart.Still:
                break;
            case ScheduleStart.Overlaps:
                // What waits is not lost: signals stay, and a catch-up is owed until it runs. Only a tick is.
                if (start.Cause == ScheduleRunCause.Clock && await record.WriteAsync(start, ScheduleRunStatus.Missed, refusal.Sentence, cancellationToken))
                {
                    await tell.MissedAsync(entry, start.DueAt, refusal.Sentence, cancellationToken);
                }

                break;
            default:
                string sentence = $"It was to run in its owner's name, and that was refused: {refusal.Sentence}";
                if (await record.WriteAsync(start, ScheduleRunStatus.Failed, sentence, cancellationToken))
                {
                    await tell.FailedAsync(entry, start.DueAt, sentence, cancellationToken);
                }

                break;
        }

        return refusal;
    }

    // Rows of the future, from before a clock was set back, are no reason to sleep until then.
    private async Task<DueTicks> DueAsync(ScheduleEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = await record.LastTickAsync(entry.Schedule.Id, now, cancellationToken);
        DateTimeOffset since = last > entry.ActiveSince ? last.Value : entry.ActiveSince;
        return DueTicks.Of(Cadence.Read(entry.Schedule.Cron!, entry.Schedule.TimeZone!), since, now);
    }

    private async Task MissAsync(ScheduleEntry entry, DueTicks due, CancellationToken cancellationToken)
    {
        foreach (DateTimeOffset tick in due.Missed)
        {
            bool first = tick == due.Missed[0] && due.Earlier > 0;
            string sentence = "Nobody was there: neither the portal nor a worker ran." + (first ? $" {due.Earlier} ticks before it were missed as well." : "");
            ScheduleStart missed = new(entry.Schedule.Id, tick, ScheduleRunCause.CatchUp, entry.Schedule.Version, []);
            if (await record.WriteAsync(missed, ScheduleRunStatus.Missed, sentence, cancellationToken))
            {
                await tell.MissedAsync(entry, tick, sentence, cancellationToken);
            }
        }
    }
}
