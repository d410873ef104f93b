using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Runs;

/// <summary>Puts the computing again of sealed evidence in the queue.</summary>
public sealed class RequestReproduction(IDbContextFactory<GovernanceDb> contexts, StartRun startRun, AuditQueue queue)
{
    /// <summary>What the titles of such runs begin with; the digest of what is compared follows.</summary>
    public const string TitleStart = "Reproduction of ";

    /// <summary>Requests it; whoever may run audits of the version may.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Queued, refused with a sentence, or no such version.</returns>
    public async Task<StartRunOutcome> RunAsync(Actor actor, EvidenceId evidence, CancellationToken cancellationToken)
    {
        EvidenceRecord? record;
        AuditOptions? original;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            record = await db.Evidence.AsNoTracking().FirstOrDefaultAsync(row => row.Id == evidence, cancellationToken);
            original = record is null ? null
                : AuditSpecJson.Read((await db.Runs.AsNoTracking().FirstAsync(run => run.Id == record.Run, cancellationToken)).Spec);
        }

        if (record is null || original is null)
        {
            return new StartRunOutcome.NoSuchVersion();
        }

        if (original.Kind == AuditKind.Reproduction)
        {
            return new StartRunOutcome.Refused(new Refusal("is-reproduction", "This is itself a comparison; compute again the evidence that it compares with."));
        }

        if (RecordedDocuments.Is(original.Kind))
        {
            return new StartRunOutcome.Refused(new Refusal("is-record", "This puts on record what was made or chosen; there is nothing to compute again."));
        }

        AuditOptions options = new()
        {
            Name = TitleStart + record.Findings.Hex[..8],
            Kind = AuditKind.Reproduction,
            Evaluation = original.Evaluation,
            Background = original.Background,
            Explanation = new ExplanationOptions { Rows = 0 },
            Seed = original.Seed,
            Reproduces = evidence.Value,
        };

        // Rows that were explained are explained again, though nobody is shown them.
        StartRunOutcome outcome = await startRun.RunAsync(
            actor, record.Version, options.Name, AuditSpecJson.Write(options),
            original.Kind == AuditKind.Explanation ? [Right.ExplainRow] : [], cancellationToken);
        if (outcome is StartRunOutcome.Queued)
        {
            queue.Wake();
        }

        return outcome;
    }
}
