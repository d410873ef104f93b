using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Portal.Scheduling;

/// <summary>Starts what waits for something other than the clock, once that came.</summary>
internal sealed class WatchTriggers(FindTriggers find, RunSchedule run, RecordScheduleRuns record, TimeProvider time)
{
    /// <summary>Looks, and starts.</summary>
    /// <param name="entry">An active schedule without a clock.</param>
    /// <param name="cancellationToken">Ends it; what waits goes on waiting.</param>
    public async Task RunAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await find.RunAsync(entry, cancellationToken);
        IReadOnlyList<TriggerSignal> waiting = await record.WaitingAsync(entry.Schedule.Id, cancellationToken);
        foreach (IGrouping<ModelVersionId?, TriggerSignal> group in waiting.GroupBy(each => each.Version)
            .Where(group => group.Sum(each => each.Count) >= (entry.Schedule.Labels ?? 1)))
        {
            ScheduleStart start = new(
                entry.Schedule.Id, Microseconds.Truncate(time.GetUtcNow()), ScheduleRunCause.Trigger, group.Key, [.. group.Select(each => each.Id)]);
            await run.StartAsync(entry, start, cancellationToken);
        }
    }
}
