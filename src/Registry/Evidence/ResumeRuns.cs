using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Puts the runs that a dead process left behind back into the queue.</summary>
/// <remarks>
/// What they finished is in <see cref="RunCheckpoints"/>, so they go on from there. A run under which the process died
/// <see cref="MostAttempts"/> times probably brought it down and is interrupted instead. On SQLite one process works through
/// runs, so at its start every running one is a dead one's; on PostgreSQL those are whose lease is not renewed any more.
/// </remarks>
public sealed class ResumeRuns(AppendGate gate, IDbContextFactory<GovernanceDb> contexts, RunCheckpoints checkpoints, RegistryOptions options)
{
    /// <summary>How often a run is started at most.</summary>
    public const int MostAttempts = 5;

    /// <summary>At the start of a process: puts them back, and forgets the checkpoints of runs that are over.</summary>
    /// <returns>How many go on.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int resumed = await TakeBackAsync(leased: options.IsPostgreSql, cancellationToken);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        checkpoints.Sweep(await db.Runs.Where(run => run.Status == RunStatus.Queued || run.Status == RunStatus.Running)
            .Select(run => run.Id).ToArrayAsync(cancellationToken));
        return resumed;
    }

    /// <summary>Now and then, beside other processes: puts back what nobody works on any more.</summary>
    /// <returns>How many go on.</returns>
    public async Task<int> TakeOverAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset silent = db.Now - RunLease.Patience;
        bool any = await db.Runs.AnyAsync(
            run => run.Status == RunStatus.Running && !db.RunLeases.Any(lease => lease.Run == run.Id && lease.SeenAt > silent), cancellationToken);
        return any ? await TakeBackAsync(leased: true, cancellationToken) : 0;
    }

    private Task<int> TakeBackAsync(bool leased, CancellationToken cancellationToken) =>
        gate.RunAsync(Actor.System, async change =>
        {
            int count = 0;
            DateTimeOffset silent = change.Now - RunLease.Patience;
            foreach (AuditRun run in await change.Db.Runs.Where(row => row.Status == RunStatus.Running)
                .Where(row => !leased || !change.Db.RunLeases.Any(lease => lease.Run == row.Id && lease.SeenAt > silent)).ToArrayAsync(cancellationToken))
            {
                if (run.CancelRequested)
                {
                    EndRun.End(change, run, RunStatus.Cancelled, "Cancelled while it ran.");
                }
                else if (run.Attempts >= MostAttempts)
                {
                    EndRun.End(change, run, RunStatus.Interrupted, $"The server stopped {run.Attempts} times while this ran, so it is not started again by itself.");
                }
                else
                {
                    change.Change(run, "run.resumed", ClaimRun.ScopeOf(run), row => row.Requeue());
                    count++;
                }
            }

            return count;
        }, cancellationToken);
}
