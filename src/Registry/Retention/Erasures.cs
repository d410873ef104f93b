using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Retention;

/// <summary>Which artefacts are gone by right, and which must be there.</summary>
internal static class Erasures
{
    /// <summary>The artefacts on record whose files must be there, in the order of their digests.</summary>
    public static async Task<IReadOnlyList<ArtifactDigest>> KeptAsync(
        IDbContextFactory<GovernanceDb> contexts, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Kept(db).Select(row => row.Digest).OrderBy(digest => digest).ToListAsync(cancellationToken);
    }

    /// <summary>The records of artefacts that were not erased.</summary>
    public static IQueryable<ArtifactRecord> Kept(GovernanceDb db) => db.Artifacts.AsNoTracking()
        .Where(row => !db.Erasures.Any(erasure => erasure.Artifact == row.Digest && erasure.StoredAgainAt == null));

    /// <summary>Notes in the change under way that an erased artefact is in the store again; nothing where it was not erased.</summary>
    public static async Task StoredAgainAsync(
        RegistryChange change, ArtifactDigest digest, LedgerSubject? scope, CancellationToken cancellationToken)
    {
        Erasure? erasure = await change.Db.Erasures
            .FirstOrDefaultAsync(row => row.Artifact == digest && row.StoredAgainAt == null, cancellationToken);
        if (erasure is { StoredAgainAt: null })
        {
            change.Change(erasure, "artifact.stored-again", scope, row => row.StoreAgain(change.Now));
        }
    }
}
