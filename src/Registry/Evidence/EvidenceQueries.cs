using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Sealed evidence with its documents, checked against their digests while they were read.</summary>
/// <param name="Record">The record.</param>
/// <param name="Findings">Canonical JSON.</param>
/// <param name="RunRecord">Canonical JSON.</param>
public sealed record EvidenceDocuments(EvidenceRecord Record, byte[] Findings, byte[] RunRecord);

/// <summary>Reads runs and evidence, as far as the viewer may see them.</summary>
public sealed class EvidenceQueries(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store)
{
    /// <summary>Evidence with its documents; null where it does not exist for the viewer.</summary>
    /// <exception cref="ArtifactDamagedException">A document is not what was sealed.</exception>
    public async Task<EvidenceDocuments?> FindAsync(UserId viewer, EvidenceId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        EvidenceRecord? record = await db.Evidence.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return record is not null && await IsVisibleAsync(db, viewer, record.Version, cancellationToken)
            ? new EvidenceDocuments(
                record, await store.ReadAsync(record.Findings, cancellationToken),
                await store.ReadAsync(record.RunRecord, cancellationToken))
            : null;
    }

    /// <summary>The evidence sealed last on a version; null where there is none for the viewer.</summary>
    /// <exception cref="ArtifactDamagedException">A document is not what was sealed.</exception>
    public async Task<EvidenceDocuments?> LatestAsync(
        UserId viewer, ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        EvidenceRecord? record = await db.Evidence.AsNoTracking().Where(row => row.Version == version)
            .OrderByDescending(row => row.SealedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return record is null ? null : await FindAsync(viewer, record.Id, cancellationToken);
    }

    /// <summary>A run with its progress; null where it does not exist for the viewer.</summary>
    public async Task<AuditRun?> FindRunAsync(UserId viewer, AuditRunId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        AuditRun? run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return run is not null && await IsVisibleAsync(db, viewer, run.Version, cancellationToken) ? run : null;
    }

    private static async Task<bool> IsVisibleAsync(
        GovernanceDb db, UserId viewer, ModelVersionId version, CancellationToken cancellationToken)
    {
        ModelVersion row = await db.Versions.AsNoTracking().FirstAsync(v => v.Id == version, cancellationToken);
        Model model = await db.Models.AsNoTracking().FirstAsync(m => m.Id == row.Model, cancellationToken);
        Standing standing = await Standing.LoadAsync(db, Actor.Person(viewer), model, row.Stage, cancellationToken);
        return standing.Visibility == ModelVisibility.Full;
    }
}
