using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Takes the oldest queued run to work on it.</summary>
public sealed class ClaimRun(AppendGate gate)
{
    /// <summary>Claims a run without a lease: whoever looks for runs of dead processes takes it at once.</summary>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The run, now running; null where the queue is empty. No other process gets the same.</returns>
    public Task<AuditRun?> RunAsync(CancellationToken cancellationToken) => RunAsync(null, cancellationToken);

    /// <summary>Claims a run for a process, with a lease that it has to renew.</summary>
    /// <param name="node">The process; null for none.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The run, now running; null where the queue is empty. No other process gets the same.</returns>
    public Task<AuditRun?> RunAsync(string? node, CancellationToken cancellationToken) =>
        gate.RunAsync(Actor.System, async change =>
        {
            AuditRun? run = await change.Db.Runs.Where(row => row.Status == RunStatus.Queued)
                .OrderBy(row => row.RequestedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
            if (run is not null)
            {
                change.Change(run, "run.started", ScopeOf(run), row => row.Start(change.Now));
                if (node is not null)
                {
                    await LeaseAsync(change, run.Id, node, cancellationToken);
                }
            }

            return run;
        }, cancellationToken);

    private static async Task LeaseAsync(RegistryChange change, AuditRunId run, string node, CancellationToken cancellationToken)
    {
        if (await change.Db.RunLeases.FirstOrDefaultAsync(row => row.Run == run, cancellationToken) is RunLease lease)
        {
            lease.Take(node, change.Now);
        }
        else
        {
            change.Db.RunLeases.Add(new RunLease(run, node, change.Now));
        }
    }

    internal static LedgerSubject ScopeOf(AuditRun run) => new(LedgerSubject.Version, run.Version.ToString());
}
