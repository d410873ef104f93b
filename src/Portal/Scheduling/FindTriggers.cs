using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Schedules;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Traffic;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Finds what a schedule waits for in the registry itself: versions, label batches, alerts, evidence that expires.</summary>
/// <remarks>
/// Read off the rows, so it is found whoever wrote them and whichever process died in between; <see cref="SignalTrigger"/>
/// counts each once.
/// </remarks>
internal sealed class FindTriggers(SignalTrigger signal, ExpireSignOffs deadlines, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Notes what came since the schedule is active.</summary>
    public async Task RunAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (TriggerEvent happened in await HappenedAsync(entry, cancellationToken))
        {
            await signal.RunAsync(happened, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<TriggerEvent>> HappenedAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        Schedule schedule = entry.Schedule;
        DateTimeOffset since = entry.ActiveSince;
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return schedule.Trigger switch
        {
            ScheduleTrigger.NewVersion =>
            [
                .. (await db.Versions.Where(row => row.Model == schedule.Model && row.RegisteredAt > since).OrderBy(row => row.Number)
                    .Select(row => row.Id).ToListAsync(cancellationToken)).Select(version => new TriggerEvent.VersionRegistered(version)),
            ],
            ScheduleTrigger.Labels when schedule.Deployment is DeploymentId deployment =>
            [
                .. (await db.AcceptedBatches.AsNoTracking()
                    .Where(row => row.Deployment == deployment && row.Kind == TrafficKind.Labels && row.AcceptedAt > since)
                    .OrderBy(row => row.AcceptedAt).ToListAsync(cancellationToken))
                    .Select(batch => new TriggerEvent.LabelsArrived(deployment, batch.Key.Hex, batch.Rows)),
            ],
            // An alert about a run must not start a run.
            ScheduleTrigger.Alert =>
            [
                .. (await db.Alerts.AsNoTracking().Where(row => row.Model == schedule.Model && row.RaisedAt > since && row.Topic != AlertTopic.Run)
                    .OrderBy(row => row.RaisedAt).ToListAsync(cancellationToken))
                    .Select(alert => new TriggerEvent.AlertRaised(alert.Id.Value, alert.Version, alert.Deployment)),
            ],
            ScheduleTrigger.EvidenceExpiring => await ExpiriesAsync(db, schedule, cancellationToken),
            _ => [],
        };
    }

    private async Task<IReadOnlyList<TriggerEvent>> ExpiriesAsync(GovernanceDb db, Schedule schedule, CancellationToken cancellationToken)
    {
        ModelVersionId[] versions = await db.Versions.Where(row => row.Model == schedule.Model).Select(row => row.Id).ToArrayAsync(cancellationToken);
        return
        [
            .. (await deadlines.DeadlinesAsync(versions, cancellationToken)).SelectMany(pair => pair.Value
                .Where(end => end.Kind == DeadlineKind.Evidence).Select(end => new TriggerEvent.EvidenceExpires(pair.Key, end.At))),
        ];
    }
}
