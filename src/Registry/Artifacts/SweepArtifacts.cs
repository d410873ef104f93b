using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Artifacts;

/// <summary>Removes what killed processes left in the store: unfinished files, and files that no row speaks of.</summary>
public sealed class SweepArtifacts(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, TimeProvider clock)
{
    /// <summary>Younger files may belong to a change that is still under way.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>Sweeps once.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        HashSet<ArtifactDigest> known = [.. await db.Artifacts.Select(row => row.Digest).ToListAsync(cancellationToken)];
        DateTime limit = (clock.GetUtcNow() - MinAge).UtcDateTime;
        int removed = 0;
        foreach ((string path, ArtifactDigest? digest) in store.Files().ToArray())
        {
            if ((digest is null || !known.Contains(digest.Value)) && File.GetLastWriteTimeUtc(path) < limit)
            {
                File.Delete(path);
                removed++;
            }
        }

        return removed;
    }
}
