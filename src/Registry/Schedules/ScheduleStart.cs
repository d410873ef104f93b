using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Schedules;

/// <summary>A run of a schedule that is about to start.</summary>
/// <param name="Schedule">Of which schedule.</param>
/// <param name="DueAt">Its tick, or now; UTC, to the microsecond.</param>
/// <param name="Cause">What starts it.</param>
/// <param name="Version">Which version it is about; null for none.</param>
/// <param name="Signals">What it waited for and takes with it; none for the clock.</param>
public sealed record ScheduleStart(
    ScheduleId Schedule, DateTimeOffset DueAt, ScheduleRunCause Cause, ModelVersionId? Version, IReadOnlyList<Guid> Signals)
{
    /// <summary>The code of the refusal where another node was first: nothing is wrong.</summary>
    public const string Taken = "taken";

    /// <summary>The code of the refusal where the run before is still going on.</summary>
    public const string Overlaps = "overlaps";

    /// <summary>The code of the refusal where the schedule stands still.</summary>
    public const string Still = "not-active";

    /// <summary>
    /// Adds the run of the schedule in the transaction that queues its audit, so that a process killed in between leaves both
    /// or neither.
    /// </summary>
    /// <returns>Why it must not start, or null; then nothing was added.</returns>
    public async Task<Refusal?> AddAsync(RegistryChange change, AuditRun audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(audit);
        if (await RefusalAsync(change.Db, cancellationToken) is Refusal refusal)
        {
            return refusal;
        }

        ScheduleRun run = new(ScheduleRunId.New(), Schedule, DueAt, Cause, ScheduleRunStatus.Started, change.Now) { Run = audit.Id, Version = audit.Version };
        change.Db.ScheduleRuns.Add(run);
        foreach (TriggerSignal signal in await Waiting(change.Db).ToListAsync(cancellationToken))
        {
            signal.Take(run.Id);
        }

        return null;
    }

    /// <summary>Why it must not start, or null.</summary>
    internal async Task<Refusal?> RefusalAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        ScheduleEntry? entry = await ScheduleQueries.EntryAsync(db, Schedule, cancellationToken);
        if (entry is null || entry.State != ScheduleState.Active)
        {
            return new Refusal(Still, "The schedule is paused or removed.");
        }

        if (await db.ScheduleRuns.AnyAsync(row => row.Schedule == Schedule && row.DueAt == DueAt, cancellationToken)
            || (Signals.Count > 0 && await Waiting(db).CountAsync(cancellationToken) != Signals.Count))
        {
            return new Refusal(Taken, "This run was started already.");
        }

        IReadOnlyList<ScheduleRunView> open = await ScheduleQueries.RunsAsync(
            db, db.ScheduleRuns.Where(row => row.Schedule == Schedule && row.Status == ScheduleRunStatus.Started), cancellationToken);
        return open.Any(view => view.IsGoing) ? new Refusal(Overlaps, "The run before it was still going on, so this one was not started.") : null;
    }

    internal Task<int> TakeAsync(GovernanceDb db, ScheduleRunId run, CancellationToken cancellationToken) =>
        Waiting(db).ExecuteUpdateAsync(set => set.SetProperty(row => row.TakenBy, (ScheduleRunId?)run), cancellationToken);

    private IQueryable<TriggerSignal> Waiting(GovernanceDb db) => db.TriggerSignals.Where(row => Signals.Contains(row.Id) && row.TakenBy == null);
}
