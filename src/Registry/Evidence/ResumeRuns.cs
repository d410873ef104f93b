using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>At start: puts the runs that a dead process left behind back into the queue.</summary>
/// <remarks>
/// What they finished is in <see cref="RunCheckpoints"/>, so they go on from there. A run under which the process died
/// <see cref="MostAttempts"/> times probably brought it down and is interrupted instead. For one node: with several, a
/// node must not do this to the others' runs.
/// </remarks>
public sealed class ResumeRuns(AppendGate gate, IDbContextFactory<GovernanceDb> contexts, RunCheckpoints checkpoints)
{
    /// <summary>How often a run is started at most.</summary>
    public const int MostAttempts = 5;

    /// <summary>Puts them back, and forgets the checkpoints of runs that are over.</summary>
    /// <returns>How many go on.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int resumed = await gate.RunAsync(Actor.System, async change =>
        {
            int count = 0;
            foreach (AuditRun run in await change.Db.Runs.Where(row => row.Status == RunStatus.Running).ToArrayAsync(cancellationToken))
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
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        checkpoints.Sweep(await db.Runs.Where(run => run.Status == RunStatus.Queued || run.Status == RunStatus.Running)
            .Select(run => run.Id).ToArrayAsync(cancellationToken));
        return resumed;
    }
}
