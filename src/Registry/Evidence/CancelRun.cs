using System.Diagnostics;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Asks a run to stop: at once where it waits, at its next report of progress where it runs.</summary>
public sealed class CancelRun(AppendGate gate)
{
    /// <summary>Cancels; whoever may run audits on the model may.</summary>
    /// <exception cref="ArgumentException">The actor is the system, which uses <see cref="EndRun"/>.</exception>
    public Task<CancelRunOutcome> RunAsync(Actor actor, AuditRunId run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.User is null)
        {
            throw new ArgumentException("A person cancels a run.", nameof(actor));
        }

        return gate.RunAsync<CancelRunOutcome>(actor, async change =>
        {
            AuditRun? row = await change.Db.Runs.FirstOrDefaultAsync(r => r.Id == run, cancellationToken);
            if (row is null)
            {
                return new CancelRunOutcome.NoSuchRun();
            }

            ModelVersion version = await change.Db.Versions.FirstAsync(v => v.Id == row.Version, cancellationToken);
            Model model = await change.Db.Models.FirstAsync(m => m.Id == version.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, version.Stage, cancellationToken);
            if (standing.Visibility != ModelVisibility.Full)
            {
                return new CancelRunOutcome.NoSuchRun();
            }

            if (standing.RefusalFor(Right.RunAudit) is Refusal refusal)
            {
                return new CancelRunOutcome.Refused(refusal);
            }

            switch (row.Status)
            {
                case RunStatus.Queued:
                    EndRun.End(change, row, RunStatus.Cancelled, "Cancelled before it started.");
                    return new CancelRunOutcome.Cancelling(row);
                case RunStatus.Running when row.CancelRequested:
                    return new CancelRunOutcome.Cancelling(row);
                case RunStatus.Running:
                    change.Change(row, "run.cancel-requested", version.Subject, r => r.RequestCancel());
                    return new CancelRunOutcome.Cancelling(row);
                case RunStatus.Sealed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Interrupted:
                    return new CancelRunOutcome.Refused(new Refusal("over", "This run is over; there is nothing to cancel."));
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }
}

/// <summary>What came of asking a run to stop.</summary>
public abstract record CancelRunOutcome
{
    private CancelRunOutcome()
    {
    }

    /// <summary>It is cancelled, or stops shortly.</summary>
    public sealed record Cancelling(AuditRun Run) : CancelRunOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : CancelRunOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchRun : CancelRunOutcome;
}
