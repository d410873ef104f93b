using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Traffic;

/// <summary>Half of an answered call in the clear.</summary>
/// <param name="Key">The digest of the event's id.</param>
/// <param name="Part">Which half.</param>
/// <param name="Payload">What it says.</param>
public sealed record OpenHalf(FactDigest Key, TrafficHalfPart Part, byte[] Payload);

/// <summary>Keeps halves of answered calls until the other half comes, encrypted as artefacts are.</summary>
public sealed class TrafficHalves(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, TimeProvider clock)
{
    /// <summary>The halves that wait under these keys. One whose encryption key was taken away is as good as lost, and left out.</summary>
    public async Task<IReadOnlyList<OpenHalf>> FindAsync(
        DeploymentId deployment, IReadOnlyCollection<FactDigest> keys, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<OpenHalf> found = [];
        foreach (TrafficHalf half in await db.TrafficHalves.AsNoTracking()
            .Where(row => row.Deployment == deployment && keys.Contains(row.Key)).ToListAsync(cancellationToken))
        {
            if (await OpenAsync(half, cancellationToken) is byte[] payload)
            {
                found.Add(new OpenHalf(half.Key, half.Part, payload));
            }
        }

        return found;
    }

    /// <summary>Keeps some halves and lets others go, in one transaction.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="kept">What comes; a half that waits already stays as it is.</param>
    /// <param name="gone">Keys of which both halves go.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    public async Task ChangeAsync(
        DeploymentId deployment, IReadOnlyList<OpenHalf> kept, IReadOnlyCollection<FactDigest> gone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        List<TrafficHalf> rows = [];
        foreach (OpenHalf half in kept)
        {
            using MemoryStream source = new(half.Payload, writable: false);
            using MemoryStream target = new();
            (ArtifactDigest digest, _) = await ArtifactCipher.EncryptAsync(source, target, half.Payload.Length, store.Keys, cancellationToken);
            rows.Add(new TrafficHalf(deployment, half.Key, half.Part, new FactDigest(digest.Hex), target.ToArray(), now));
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        FactDigest[] coming = [.. rows.Select(row => row.Key)];
        HashSet<(FactDigest, TrafficHalfPart)> there =
            [.. (await db.TrafficHalves.AsNoTracking().Where(row => row.Deployment == deployment && coming.Contains(row.Key))
                .Select(row => new { row.Key, row.Part }).ToListAsync(cancellationToken)).Select(row => (row.Key, row.Part))];
        db.TrafficHalves.AddRange(rows.Where(row => !there.Contains((row.Key, row.Part))));
        db.TrafficHalves.RemoveRange(await db.TrafficHalves.Where(row => row.Deployment == deployment && gone.Contains(row.Key)).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Forgets halves that have waited for too long.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = clock.GetUtcNow().AddDays(-TrafficHalf.KeptDays);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TrafficHalves.Where(row => row.ReceivedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<byte[]?> OpenAsync(TrafficHalf half, CancellationToken cancellationToken)
    {
        using MemoryStream source = new(half.Payload, writable: false);
        using MemoryStream clear = new();
        try
        {
            await ArtifactCipher.DecryptAsync(
                source, new ArtifactDigest(half.Digest.Hex), () => store.Keys, () => null, chunk =>
                {
                    clear.Write(chunk.Span);
                    return ValueTask.CompletedTask;
                }, cancellationToken);
            return clear.ToArray();
        }
        catch (ArtifactKeyException)
        {
            return null;
        }
    }
}
