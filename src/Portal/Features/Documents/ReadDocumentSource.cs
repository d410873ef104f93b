using System.Globalization;
using Governance.Audit.Documents;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Checkpoints;
using Governance.Registry.Evidence;
using Governance.Registry.Packs;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Documents;

/// <summary>Reads what documents of a version are written from, as the person who looks may see it.</summary>
internal sealed class ReadDocumentSource(
    ReadFindings findings, PolicyQueries policies, CheckpointQueries checkpoints, IDbContextFactory<GovernanceDb> databases, TimeProvider clock)
{
    /// <summary>Reads it.</summary>
    /// <param name="view">The version.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<DocumentSource> RunAsync(VersionView view, CancellationToken cancellationToken)
    {
        List<CitedEvidence> evidence = [];
        foreach (EvidenceRecord record in view.Evidence)
        {
            FindingsDocument document = await findings.ReadAsync(view, record, cancellationToken);
            evidence.Add(new CitedEvidence(new DocumentEvidence(record.Id.Value, record.Title, record.Findings.Hex, record.SealedAt), document));
        }

        PolicyInForce policy = await policies.ForAsync(view.Version.Id, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken);
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<AttestationView> statements = await ReadSignOffDesk.StatementsAsync(db, view.Version.Id, cancellationToken);
        return new DocumentSource
        {
            Model = view.Model.Name,
            ModelTitle = view.Model.Title,
            Purpose = view.Model.Purpose,
            Tier = view.Model.Tier,
            Number = view.Version.Number,
            Note = view.Version.Note ?? "",
            Owner = view.Owner,
            Author = view.Author,
            RegisteredAt = view.Version.RegisteredAt,
            Stage = view.Version.Stage.InWords(),
            VersionDigest = view.Version.Digest.Hex,
            ArtifactDigest = view.Version.Artifact.Hex,
            EncodingDigest = view.Version.Encoding?.Hex,
            EvidenceRoot = view.EvidenceRoot.Hex,
            Parents = [.. view.Parents.Select(parent => $"{parent.Model} v{parent.Number} ({VersionWords.Of(parent.Kind)})")],
            Evidence = evidence,
            Policy = policy,
            SignOffs = [.. view.SignOffs.Reverse().Select(Signed)],
            Moves = [.. view.Moves.Select(move => string.Create(
                CultureInfo.InvariantCulture, $"{move.Move.At.UtcDateTime:d MMM yyyy}: {move.Move.To.InWords()}, by {move.Person}"))],
            Attestations = statements.Where(statement => statement.Text is not null)
                .ToDictionary(statement => statement.Line, statement => new WrittenBlock("", statement.Text!, statement.By, statement.At)),
            Ledger = await StampAsync(db, view, cancellationToken),
        };
    }

    // The first checkpoint that covers whatever is shown: it stays the same while nothing new happens to the version. That
    // somebody took a pack is nothing new, or no two packs were the same.
    private async Task<CheckpointStamp?> StampAsync(GovernanceDb db, VersionView view, CancellationToken cancellationToken)
    {
        string[] subjects = [view.Version.Subject.Id, .. view.Evidence.Select(record => record.Subject.Id)];
        long? last = await db.Ledger.AsNoTracking().Where(entry => entry.Action != ExportPack.Action)
            .Where(entry => subjects.Contains(entry.SubjectId) || subjects.Contains(entry.ScopeId!))
            .MaxAsync(entry => (long?)entry.Sequence, cancellationToken);
        SignedCheckpoint? covering = last is long sequence ? await checkpoints.CoveringAsync(sequence, cancellationToken) : null;
        return covering is null ? null : new CheckpointStamp(covering.Size, covering.RootHex, covering.At);
    }

    private static SignedStatement Signed(SignOffView view) => new(
        view.SignOff.Verdict switch
        {
            Verdict.Reviewed => "Reviewed without objection",
            Verdict.RequestChanges => "Requested changes",
            Verdict.Approve => "Approved",
            Verdict.ApproveWithConditions => "Approved with conditions",
            Verdict.Inherit => "Approved on the parent's sign-off, by the equivalence battery",
            _ => "Rejected",
        },
        view.Person, view.SignOff.At, view.Rationale, view.Conditions);
}
