using System.Globalization;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Schedules;

/// <summary>Something that schedules may wait for.</summary>
public abstract record TriggerEvent
{
    private TriggerEvent()
    {
    }

    /// <summary>Labels of a deployment came; the same batch twice counts once.</summary>
    /// <param name="Deployment">Whose rows they are of.</param>
    /// <param name="Batch">What tells the batch from others, at most 100 characters.</param>
    /// <param name="Count">How many labels were new; none is no event.</param>
    public sealed record LabelsArrived(DeploymentId Deployment, string Batch, long Count) : TriggerEvent;

    /// <summary>A version was registered.</summary>
    public sealed record VersionRegistered(ModelVersionId Version) : TriggerEvent;

    /// <summary>An alert was raised; further signals of the same alert are none.</summary>
    /// <param name="Alert">Its id.</param>
    /// <param name="Version">On which version.</param>
    /// <param name="Deployment">On which deployment; null for none.</param>
    public sealed record AlertRaised(Guid Alert, ModelVersionId Version, DeploymentId? Deployment) : TriggerEvent;

    /// <summary>Evidence under an approval will be too old.</summary>
    /// <param name="Version">Of which version.</param>
    /// <param name="At">When, UTC.</param>
    public sealed record EvidenceExpires(ModelVersionId Version, DateTimeOffset At) : TriggerEvent;
}

/// <summary>Notes what came for every active schedule that waits for it, and wakes the clock. It never runs anything itself.</summary>
/// <remarks>
/// What was noted survives a restart. The same event may be told as often as one likes: new versions and evidence that
/// expires are found by the clock besides, in case whoever should have told it died before.
/// </remarks>
public sealed class SignalTrigger(IDbContextFactory<GovernanceDb> contexts, ScheduleSignal signal)
{
    /// <summary>Notes it.</summary>
    /// <returns>How many schedules wait for it that had not heard of it.</returns>
    public async Task<int> RunAsync(TriggerEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (happened is TriggerEvent.AlertRaised raised && await IsOfRunAsync(db, new AlertId(raised.Alert), cancellationToken))
        {
            return 0;
        }

        int noted = 0;
        foreach (ScheduleEntry entry in await WaitingAsync(db, happened, cancellationToken))
        {
            noted += await NoteAsync(entry.Schedule, happened, cancellationToken) ? 1 : 0;
        }

        if (noted > 0)
        {
            signal.Wake();
        }

        return noted;
    }

    // An alert about a run must not start a run.
    private static Task<bool> IsOfRunAsync(GovernanceDb db, AlertId alert, CancellationToken cancellationToken) =>
        db.Alerts.AnyAsync(row => row.Id == alert && row.Topic == AlertTopic.Run, cancellationToken);

    private static async Task<IReadOnlyList<ScheduleEntry>> WaitingAsync(GovernanceDb db, TriggerEvent happened, CancellationToken cancellationToken)
    {
        ScheduleTrigger kind = happened switch
        {
            TriggerEvent.LabelsArrived => ScheduleTrigger.Labels,
            TriggerEvent.VersionRegistered => ScheduleTrigger.NewVersion,
            TriggerEvent.AlertRaised => ScheduleTrigger.Alert,
            _ => ScheduleTrigger.EvidenceExpiring,
        };
        IReadOnlyList<ScheduleEntry> entries = await ScheduleQueries.EntriesAsync(db, db.Schedules.Where(row => row.Trigger == kind), cancellationToken);
        ModelVersionId? about = VersionOf(happened);
        ModelId? model = about is null ? null
            : (await db.Versions.AsNoTracking().Where(row => row.Id == about).Select(row => (ModelId?)row.Model).FirstOrDefaultAsync(cancellationToken));
        DateTimeOffset now = db.Now;
        return [.. entries.Where(entry => entry.State == ScheduleState.Active && Waits(entry.Schedule, happened, model, now))];
    }

    private static bool Waits(Schedule schedule, TriggerEvent happened, ModelId? model, DateTimeOffset now) => happened switch
    {
        TriggerEvent.LabelsArrived labels => schedule.Deployment == labels.Deployment && labels.Count > 0,
        TriggerEvent.VersionRegistered => schedule.Model == model,
        TriggerEvent.AlertRaised alert => schedule.Model == model && (schedule.Version is null || schedule.Version == alert.Version)
            && (schedule.Deployment is null || schedule.Deployment == alert.Deployment),
        TriggerEvent.EvidenceExpires expiry => schedule.Model == model && (schedule.Version is null || schedule.Version == expiry.Version)
            && expiry.At - now <= TimeSpan.FromDays(schedule.DaysBefore ?? 0),
        _ => false,
    };

    private static ModelVersionId? VersionOf(TriggerEvent happened) => happened switch
    {
        TriggerEvent.VersionRegistered version => version.Version,
        TriggerEvent.AlertRaised alert => alert.Version,
        TriggerEvent.EvidenceExpires expiry => expiry.Version,
        _ => null,
    };

    private static (string Key, long Count) KeyOf(TriggerEvent happened) => happened switch
    {
        TriggerEvent.LabelsArrived labels => ($"labels:{labels.Batch}", labels.Count),
        TriggerEvent.VersionRegistered version => ($"version:{version.Version}", 1),
        TriggerEvent.AlertRaised alert => ($"alert:{alert.Alert}", 1),
        TriggerEvent.EvidenceExpires expiry => (string.Create(CultureInfo.InvariantCulture, $"evidence:{expiry.Version}:{expiry.At.UtcTicks}"), 1),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    // A row of its own context: the one that lost a race to the same key must not take others with it.
    private async Task<bool> NoteAsync(Schedule schedule, TriggerEvent happened, CancellationToken cancellationToken)
    {
        (string key, long count) = KeyOf(happened);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.TriggerSignals.AnyAsync(row => row.Schedule == schedule.Id && row.Key == key, cancellationToken))
        {
            return false;
        }

        db.TriggerSignals.Add(new TriggerSignal(Guid.CreateVersion7(), schedule.Id, key, count, schedule.Version ?? VersionOf(happened), db.Now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            await using GovernanceDb again = await contexts.CreateDbContextAsync(cancellationToken);
            if (await again.TriggerSignals.AnyAsync(row => row.Schedule == schedule.Id && row.Key == key, cancellationToken))
            {
                return false; // somebody else was first
            }

            throw;
        }
    }
}
