using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Schedules;

/// <summary>Writes down what became of runs: operational rows, outside the ledger.</summary>
public sealed class RecordScheduleRuns(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Starts a run that has no audit: monitors.</summary>
    /// <param name="start">Which run.</param>
    /// <param name="node">The process that works on it.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The run, or why it must not start.</returns>
    public async Task<(ScheduleRunId? Run, Refusal? Reason)> BeginAsync(ScheduleStart start, string node, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await start.RefusalAsync(db, cancellationToken) is Refusal refusal)
        {
            return (null, refusal);
        }

        ScheduleRun run = new(ScheduleRunId.New(), start.Schedule, start.DueAt, start.Cause, ScheduleRunStatus.Started, db.Now)
        {
            Version = start.Version, Node = node, SeenAt = db.Now,
        };
        return await AddAsync(db, start, run, cancellationToken) ? (run.Id, null) : (null, new Refusal(ScheduleStart.Taken, "This run was started already."));
    }

    /// <summary>Writes down a run that did not happen, or failed before it began.</summary>
    /// <param name="start">Which run.</param>
    /// <param name="status">Missed or Failed.</param>
    /// <param name="message">Why, in a sentence.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it was written; otherwise another node was first.</returns>
    public async Task<bool> WriteAsync(ScheduleStart start, ScheduleRunStatus status, string message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(message);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ScheduleId of = start.Schedule;
        DateTimeOffset due = start.DueAt;
        if (await db.ScheduleRuns.AnyAsync(row => row.Schedule == of && row.DueAt == due, cancellationToken))
        {
            return false;
        }

        ScheduleRun run = new(ScheduleRunId.New(), of, due, start.Cause, status, db.Now) { Version = start.Version, EndedAt = db.Now, Message = Short(message) };
        return await AddAsync(db, start, run, cancellationToken);
    }

    /// <summary>Ends a run that was started.</summary>
    /// <returns>Whether it was still going on; otherwise somebody else ended it.</returns>
    public async Task<bool> EndAsync(ScheduleRunId run, ScheduleRunStatus status, string? message, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = db.Now;
        string? words = message is null ? null : Short(message);
        return await db.ScheduleRuns.Where(row => row.Id == run && row.Status == ScheduleRunStatus.Started).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, status).SetProperty(row => row.EndedAt, (DateTimeOffset?)now).SetProperty(row => row.Message, words),
            cancellationToken) > 0;
    }

    /// <summary>Says that the process works on the run still.</summary>
    public async Task BeatAsync(ScheduleRunId run, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = db.Now;
        await db.ScheduleRuns.Where(row => row.Id == run && row.Status == ScheduleRunStatus.Started)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, (DateTimeOffset?)now), cancellationToken);
    }

    /// <summary>The runs that were started and are not known to be over, with their audits.</summary>
    public async Task<IReadOnlyList<ScheduleRunView>> OpenAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ScheduleQueries.RunsAsync(db, db.ScheduleRuns.Where(row => row.Status == ScheduleRunStatus.Started), cancellationToken);
    }

    /// <summary>The last tick of the clock up to a moment that something is known about; null where there is none.</summary>
    public async Task<DateTimeOffset?> LastTickAsync(ScheduleId schedule, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ScheduleRuns
            .Where(row => row.Schedule == schedule && row.DueAt <= until && (row.Cause == ScheduleRunCause.Clock || row.Cause == ScheduleRunCause.CatchUp))
            .MaxAsync(row => (DateTimeOffset?)row.DueAt, cancellationToken);
    }

    /// <summary>Whether ticks were missed because nobody was there, and no run after them made up for it.</summary>
    /// <param name="schedule">Which schedule.</param>
    /// <param name="since">Ticks before it count no more, such as those of before a pause.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> OwesCatchUpAsync(ScheduleId schedule, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ScheduleRuns.AnyAsync(
            missed => missed.Schedule == schedule && missed.DueAt > since && missed.Cause == ScheduleRunCause.CatchUp && missed.Status == ScheduleRunStatus.Missed
                && !db.ScheduleRuns.Any(run => run.Schedule == schedule && run.DueAt > missed.DueAt && run.Status != ScheduleRunStatus.Missed),
            cancellationToken);
    }

    /// <summary>What came for a schedule and no run has taken yet, in order of coming.</summary>
    public async Task<IReadOnlyList<TriggerSignal>> WaitingAsync(ScheduleId schedule, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TriggerSignals.AsNoTracking().Where(row => row.Schedule == schedule && row.TakenBy == null)
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);
    }

    // The unique pair of schedule and due moment decides a race between nodes.
    private static async Task<bool> AddAsync(GovernanceDb db, ScheduleStart start, ScheduleRun run, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.ScheduleRuns.Add(run);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            ScheduleId of = run.Schedule;
            DateTimeOffset due = run.DueAt;
            if (await db.ScheduleRuns.AnyAsync(row => row.Schedule == of && row.DueAt == due, cancellationToken))
            {
                return false;
            }

            throw;
        }

        await start.TakeAsync(db, run.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static string Short(string message) =>
        message.Length <= ScheduleRun.MaxMessageLength ? message : message[..(ScheduleRun.MaxMessageLength - 1)] + "…";
}
