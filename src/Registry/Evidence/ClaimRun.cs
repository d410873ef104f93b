using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Takes the oldest queued run to work on it.</summary>
public sealed class ClaimRun(AppendGate gate)
{
    /// <summary>Claims a run for this process.</summary>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The run, now running; null where the queue is empty. No other process gets the same.</returns>
    public Task<AuditRun?> RunAsync(CancellationToken cancellationToken) =>
        gate.RunAsync(Actor.System, async change =>
        {
            AuditRun? run = await change.Db.Runs.Where(row => row.Status == RunStatus.Queued)
                .OrderBy(row => row.RequestedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
            if (run is not null)
            {
                change.Change(run, "run.started", ScopeOf(run), row => row.Start(change.Now));
            }

            return run;
        }, cancellationToken);

    internal static LedgerSubject ScopeOf(AuditRun run) => new(LedgerSubject.Version, run.Version.ToString());
}
