using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>What a run found, to be sealed.</summary>
/// <param name="Run">The run that made it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Findings">The findings document, canonical JSON: what is compared and signed.</param>
/// <param name="RunRecord">The run record, canonical JSON.</param>
/// <param name="Verdicts">How the findings stand to their gates.</param>
public sealed record NewEvidence(
    AuditRunId Run, string Title, ReadOnlyMemory<byte> Findings, ReadOnlyMemory<byte> RunRecord, VerdictCounts Verdicts);

/// <summary>Seals what a run found: both documents, the record, the end of the run and the ledger, in one go.</summary>
/// <remarks>
/// New findings on an approved version void the decision, which was taken without having seen them. Evidence without
/// findings (<see cref="EvidenceRecord.Decides"/>) voids nothing.
/// </remarks>
public sealed class SealEvidence(AppendGate gate, ArtifactStore store)
{
    /// <summary>Seals.</summary>
    /// <param name="evidence">What was found.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The record; or that the run does not run any more, and then nothing is sealed.</returns>
    /// <exception cref="ArgumentException">A document is not canonical JSON: it would never be made bit-equal again.</exception>
    public async Task<SealOutcome> RunAsync(NewEvidence evidence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (!CanonicalJson.IsCanonical(evidence.Findings.Span) || !CanonicalJson.IsCanonical(evidence.RunRecord.Span))
        {
            throw new ArgumentException("Evidence is sealed as canonical JSON.", nameof(evidence));
        }

        StoredArtifact findings = await store.WriteAsync(evidence.Findings, ArtifactKind.Findings, cancellationToken);
        StoredArtifact runRecord = await store.WriteAsync(evidence.RunRecord, ArtifactKind.RunRecord, cancellationToken);
        return await gate.RunAsync<SealOutcome>(Actor.System, async change =>
        {
            AuditRun? run = await change.Db.Runs.FirstOrDefaultAsync(row => row.Id == evidence.Run, cancellationToken);
            if (run?.Status != RunStatus.Running)
            {
                return new SealOutcome.NoLongerRunning();
            }

            ModelVersion version = await change.Db.Versions.FirstAsync(row => row.Id == run.Version, cancellationToken);
            await ArtifactRows.AddAsync(change, findings, version.Subject, cancellationToken);
            await ArtifactRows.AddAsync(change, runRecord, version.Subject, cancellationToken);
            EvidenceRecord record = new(
                EvidenceId.New(), version.Id, run.Id, evidence.Title, findings.Digest, runRecord.Digest,
                evidence.Verdicts.Meets, evidence.Verdicts.Breaches, evidence.Verdicts.Inconclusive,
                evidence.Verdicts.Ungated, run.RequestedBy, change.Now);
            bool isNew = !await change.Db.Evidence.AnyAsync(
                row => row.Version == version.Id && row.Findings == findings.Digest, cancellationToken);
            change.Add(record, "evidence.sealed", version.Subject);
            EndRun.End(change, run, RunStatus.Sealed, null);
            if (isNew && record.Decides && version.Stage.IsApproved())
            {
                await StageMoves.ApplyAsync(
                    change, version, Stage.Voided, bySystem: true, "New evidence was sealed after the decision.", null,
                    cancellationToken);
            }

            return new SealOutcome.Sealed(record);
        }, cancellationToken);
    }

    /// <summary>The root of all evidence on a version, as it stands in a database.</summary>
    internal static async Task<FactDigest> RootOfAsync(
        GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        return EvidenceRoot.Of(version.Digest, await db.Evidence.Where(row => row.Version == id).Where(EvidenceRecord.Deciding)
            .Select(row => row.Findings).ToListAsync(cancellationToken));
    }
}

/// <summary>What came of sealing.</summary>
public abstract record SealOutcome
{
    private SealOutcome()
    {
    }

    /// <summary>It is sealed for good.</summary>
    public sealed record Sealed(EvidenceRecord Evidence) : SealOutcome;

    /// <summary>The run was cancelled or interrupted meanwhile, or never was.</summary>
    public sealed record NoLongerRunning : SealOutcome;
}
