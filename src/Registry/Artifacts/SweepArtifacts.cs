using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Artifacts;

/// <summary>Removes what killed processes left in the store: unfinished files, and files that no row speaks of.</summary>
/// <remarks>
/// At the start of the only process that writes here everything without a row is a leftover, and goes at once. While
/// others write, a file may belong to a change that is still under way: then only old ones go.
/// </remarks>
public sealed class SweepArtifacts(
    IDbContextFactory<GovernanceDb> contexts, AppendGate gate, ArtifactStore store, TimeProvider clock)
{
    /// <summary>Younger files may belong to a change that is still under way.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>Sweeps once. Files whose names are not ours are left alone.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using IDisposable? alone = store.TryHoldAlone();
        DateTime limit = alone is null ? (clock.GetUtcNow() - MinAge).UtcDateTime : DateTime.MaxValue;
        StoreFile[] old = [.. store.Files().Where(file => !file.IsForeign && File.GetLastWriteTimeUtc(file.Path) < limit)];
        int removed = 0;
        foreach (StoreFile file in old.Where(file => file.IsUnfinished))
        {
            File.Delete(file.Path);
            removed++;
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        HashSet<ArtifactDigest> known = [.. (await Erasures.KeptAsync(db, cancellationToken)).Select(file => file.Digest)];
        StoreFile[] unknown = [.. old.Where(file => file.Digest is ArtifactDigest digest && !known.Contains(digest))];
        return unknown.Length == 0
            ? removed
            : removed + await gate.RunAsync(
                Actor.System, change => RemoveAsync(change, unknown, limit, cancellationToken), cancellationToken);
    }

    // In the gate nobody records an artefact meanwhile; whoever comes after sees that the file is gone.
    private async Task<int> RemoveAsync(
        RegistryChange change, IEnumerable<StoreFile> files, DateTime limit, CancellationToken cancellationToken)
    {
        int removed = 0;
        foreach (StoreFile file in files)
        {
            ArtifactDigest digest = file.Digest!.Value;
            if (File.GetLastWriteTimeUtc(file.Path) < limit
                && !await Erasures.IsKeptAsync(change.Db, digest, cancellationToken))
            {
                store.Shred(digest); // it may be what an erasing left when it was killed
                removed++;
            }
        }

        return removed;
    }
}
