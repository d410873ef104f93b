using Governance.Registry.Schedules;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Starts what waits for something other than the clock, once that came.</summary>
/// <remarks>
/// New versions and expiring evidence are read off the registry itself, so they are found even if whoever should have told
/// them died; labels and alerts are told by <see cref="SignalTrigger"/>.
/// </remarks>
internal sealed class WatchTriggers(
    RunSchedule run, SignalTrigger signal, RecordScheduleRuns record, ExpireSignOffs deadlines, IDbContextFactory<GovernanceDb> contexts, TimeProvider time)
{
    /// <summary>Looks, and starts.</summary>
    /// <param name="entry">An active schedule without a clock.</param>
    /// <param name="cancellationToken">Ends it; what waits goes on waiting.</param>
    public async Task RunAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Schedule.Trigger)
        {
            case ScheduleTrigger.NewVersion:
                await FindVersionsAsync(entry, cancellationToken);
                break;
            case ScheduleTrigger.EvidenceExpiring:
                await FindExpiriesAsync(entry, cancellationToken);
                break;
        }

        IReadOnlyList<TriggerSignal> waiting = await record.WaitingAsync(entry.Schedule.Id, cancellationToken);
        foreach (IGrouping<ModelVersionId?, TriggerSignal> group in waiting.GroupBy(each => each.Version)
            .Where(group => group.Sum(each => each.Count) >= (entry.Schedule.Labels ?? 1)))
        {
            ScheduleStart start = new(
                entry.Schedule.Id, Microseconds.Truncate(time.GetUtcNow()), ScheduleRunCause.Trigger, group.Key, [.. group.Select(each => each.Id)]);
            await run.StartAsync(entry, start, cancellationToken);
        }
    }

    private async Task FindVersionsAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ModelVersionId[] versions;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            DateTimeOffset since = entry.ActiveSince;
            versions = await db.Versions.Where(row => row.Model == entry.Schedule.Model && row.RegisteredAt > since)
                .OrderBy(row => row.Number).Select(row => row.Id).ToArrayAsync(cancellationToken);
        }

        foreach (ModelVersionId version in versions)
        {
            await signal.RunAsync(new TriggerEvent.VersionRegistered(version), cancellationToken);
        }
    }

    private async Task FindExpiriesAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ModelVersionId[] versions;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            versions = await db.Versions.Where(row => row.Model == entry.Schedule.Model).Select(row => row.Id).ToArrayAsync(cancellationToken);
        }

        foreach ((ModelVersionId version, IReadOnlyList<SignOffDeadline> ends) in await deadlines.DeadlinesAsync(versions, cancellationToken))
        {
            foreach (SignOffDeadline end in ends.Where(end => end.Kind == DeadlineKind.Evidence))
            {
                await signal.RunAsync(new TriggerEvent.EvidenceExpires(version, end.At), cancellationToken);
            }
        }
    }
}
