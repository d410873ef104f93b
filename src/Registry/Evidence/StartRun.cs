using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Puts an audit of a version in the queue.</summary>
public sealed class StartRun(AppendGate gate)
{
    /// <summary>Queues the run; whoever may run audits on the model may, and the system (schedules).</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version to audit.</param>
    /// <param name="title">What people call the audit; 1 to 200 characters.</param>
    /// <param name="spec">The audit spec as JSON; kept in canonical form.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="FormatException">The spec is no JSON with a canonical form.</exception>
    public Task<StartRunOutcome> RunAsync(
        Actor actor, ModelVersionId version, string title, ReadOnlyMemory<byte> spec, CancellationToken cancellationToken) =>
        RunAsync(actor, version, title, spec, [], cancellationToken);

    /// <summary>As above, for a run whose result needs further rights, such as explanations of rows.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version to audit.</param>
    /// <param name="title">What people call the audit; 1 to 200 characters.</param>
    /// <param name="spec">The audit spec as JSON; kept in canonical form.</param>
    /// <param name="also">Rights needed beside that to run audits.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="FormatException">The spec is no JSON with a canonical form.</exception>
    public Task<StartRunOutcome> RunAsync(
        Actor actor, ModelVersionId version, string title, ReadOnlyMemory<byte> spec, IReadOnlyList<Right> also,
        CancellationToken cancellationToken) => RunAsync(actor, version, title, spec, also, null, cancellationToken);

    /// <summary>As above, with what else belongs into the same transaction.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version to audit.</param>
    /// <param name="title">What people call the audit; 1 to 200 characters.</param>
    /// <param name="spec">The audit spec as JSON; kept in canonical form.</param>
    /// <param name="also">Rights needed beside that to run audits.</param>
    /// <param name="beside">Adds rows beside the run, or says why there shall be none; null for nothing.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="FormatException">The spec is no JSON with a canonical form.</exception>
    public Task<StartRunOutcome> RunAsync(
        Actor actor, ModelVersionId version, string title, ReadOnlyMemory<byte> spec, IReadOnlyList<Right> also,
        Func<RegistryChange, AuditRun, Task<Refusal?>>? beside, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        string canonical = Encoding.UTF8.GetString(CanonicalJson.Canonicalize(spec.Span));
        return gate.RunAsync<StartRunOutcome>(actor, async change =>
        {
            ModelVersion? row = await change.Db.Versions.FirstOrDefaultAsync(v => v.Id == version, cancellationToken);
            if (row is null)
            {
                return new StartRunOutcome.NoSuchVersion();
            }

            Model model = await change.Db.Models.FirstAsync(m => m.Id == row.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, row.Stage, cancellationToken);
            if (standing.Visibility != ModelVisibility.Full)
            {
                return new StartRunOutcome.NoSuchVersion();
            }

            Refusal? refusal = standing.RefusalFor(Right.RunAudit)
                ?? also.Select(standing.RefusalFor).FirstOrDefault(reason => reason is not null)
                ?? (row.Stage is Stage.Retired or Stage.Rejected
                    ? new Refusal("wrong-stage", $"This version is {row.Stage.InWords()}, so it is audited no more.")
                    : null);
            if (refusal is not null)
            {
                return new StartRunOutcome.Refused(refusal);
            }

            AuditRun run = new(AuditRunId.New(), version, title, canonical, actor.User, change.Now);
            if (beside is not null && await beside(change, run) is Refusal against)
            {
                return new StartRunOutcome.Refused(against);
            }

            change.Add(run, "run.requested", row.Subject);
            return new StartRunOutcome.Queued(run);
        }, cancellationToken);
    }
}

/// <summary>What came of asking for a run.</summary>
public abstract record StartRunOutcome
{
    private StartRunOutcome()
    {
    }

    /// <summary>It waits in the queue.</summary>
    public sealed record Queued(AuditRun Run) : StartRunOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : StartRunOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : StartRunOutcome;
}
