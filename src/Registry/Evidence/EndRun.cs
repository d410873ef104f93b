using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Ends a run without evidence: failed, cancelled or interrupted.</summary>
public sealed class EndRun(AppendGate gate)
{
    /// <summary>Ends the run.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="status">Failed, Cancelled or Interrupted; evidence is sealed by <see cref="SealEvidence"/>.</param>
    /// <param name="message">Why, in a sentence for people; null for nothing to say.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The run; null where there is none or it was over already.</returns>
    /// <exception cref="ArgumentException">The status is another.</exception>
    public Task<AuditRun?> RunAsync(
        AuditRunId run, RunStatus status, string? message, CancellationToken cancellationToken)
    {
        if (status is not (RunStatus.Failed or RunStatus.Cancelled or RunStatus.Interrupted))
        {
            throw new ArgumentException("A run ends failed, cancelled or interrupted.", nameof(status));
        }

        return gate.RunAsync(Actor.System, async change =>
        {
            AuditRun? row = await change.Db.Runs.FirstOrDefaultAsync(r => r.Id == run, cancellationToken);
            if (row is null || row.Status.IsOver())
            {
                return null;
            }

            End(change, row, status, message);
            return row;
        }, cancellationToken);
    }

    internal static void End(RegistryChange change, AuditRun run, RunStatus status, string? message) =>
        change.Change(
            run, "run." + status.ToString().ToLowerInvariant(), ClaimRun.ScopeOf(run),
            row => row.End(status, message, change.Now));
}
