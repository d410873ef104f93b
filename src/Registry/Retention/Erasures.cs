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
        return [.. (await KeptAsync(db, cancellationToken)).Select(file => file.Digest)];
    }

    /// <summary>The files that must be there, with their lengths in the clear, in the order of their digests: artefacts and traffic.</summary>
    public static async Task<IReadOnlyList<(ArtifactDigest Digest, long Length)>> KeptAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        var artifacts = await Artifacts(db).Select(row => new { row.Digest, row.Length }).ToListAsync(cancellationToken);
        var traffic = await db.TrafficFiles.AsNoTracking().Select(row => new { row.Digest, row.Length }).ToListAsync(cancellationToken);
        return [.. artifacts.Concat(traffic).OrderBy(file => file.Digest.Hex, StringComparer.Ordinal).Select(file => (file.Digest, file.Length))];
    }

    /// <summary>Whether a file must be there.</summary>
    public static async Task<bool> IsKeptAsync(GovernanceDb db, ArtifactDigest digest, CancellationToken cancellationToken) =>
        await Artifacts(db).AnyAsync(row => row.Digest == digest, cancellationToken)
        || await db.TrafficFiles.AnyAsync(row => row.Digest == digest, cancellationToken);

    // Records of artefacts that were not erased.
    private static IQueryable<ArtifactRecord> Artifacts(GovernanceDb db) => db.Artifacts.AsNoTracking()
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
