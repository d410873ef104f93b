using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Traffic;

/// <summary>A chunk with its files.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Raw">The rows or labels; null where retention has ended.</param>
/// <param name="Summary">What was counted; null for labels.</param>
public sealed record StoredChunk(TrafficChunk Chunk, ArtifactDigest? Raw, ArtifactDigest? Summary);

/// <summary>Rows of a deployment on a UTC day.</summary>
public readonly record struct DayVolume(DeploymentId Deployment, DateOnly Day, long Rows);

/// <summary>Reads which chunks there are. What is in them is another right.</summary>
public sealed class TrafficQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Chunks whose times overlap [from, to), in the order of acceptance.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="kind">Rows or labels.</param>
    /// <param name="from">Inclusive; null for the beginning.</param>
    /// <param name="to">Exclusive; null for the end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<StoredChunk>> ChunksAsync(
        DeploymentId deployment, TrafficKind kind, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<TrafficChunk> chunks = db.TrafficChunks.AsNoTracking().Where(row => row.Deployment == deployment && row.Kind == kind);
        chunks = from is DateTimeOffset first ? chunks.Where(row => row.To >= first) : chunks;
        chunks = to is DateTimeOffset last ? chunks.Where(row => row.From < last) : chunks;
        return await FilesAsync(db, chunks, cancellationToken);
    }

    /// <summary>The last sequence of a deployment; 0 for none.</summary>
    public async Task<long> LastAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TrafficChunks.Where(row => row.Deployment == deployment).MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0;
    }

    /// <summary>Chunks accepted after a sequence, in order.</summary>
    public async Task<IReadOnlyList<StoredChunk>> SinceAsync(
        DeploymentId deployment, TrafficKind kind, long sequence, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FilesAsync(
            db, db.TrafficChunks.AsNoTracking().Where(row => row.Deployment == deployment && row.Kind == kind && row.Sequence > sequence), cancellationToken);
    }

    /// <summary>A batch that was accepted under this key; null for none.</summary>
    public async Task<AcceptedBatch?> BatchAsync(DeploymentId deployment, TrafficKind kind, FactDigest key, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AcceptedBatches.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Deployment == deployment && row.Kind == kind && row.Key == key, cancellationToken);
    }

    /// <summary>Rows or labels by day, from a day on.</summary>
    /// <param name="deployments">Of which deployments.</param>
    /// <param name="kind">Rows or labels.</param>
    /// <param name="since">The first day.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DayVolume>> VolumeAsync(
        IReadOnlyCollection<DeploymentId> deployments, TrafficKind kind, DateOnly since, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.TrafficChunks.AsNoTracking().Where(row => deployments.Contains(row.Deployment) && row.Kind == kind && row.Day >= since)
            .GroupBy(row => new { row.Deployment, row.Day }).Select(group => new { group.Key.Deployment, group.Key.Day, Rows = group.Sum(row => (long)row.Rows) })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DayVolume(row.Deployment, row.Day, row.Rows)).OrderBy(row => row.Day)];
    }

    /// <summary>Rows of our own serving that were not kept; all of a deployment together.</summary>
    public async Task<long> LostAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TrafficLosses.Where(row => row.Deployment == deployment).SumAsync(row => row.Rows, cancellationToken);
    }

    /// <summary>What was erased of a deployment; the latest first.</summary>
    public async Task<IReadOnlyList<TrafficErasure>> ErasuresAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TrafficErasures.AsNoTracking().Where(row => row.Deployment == deployment).OrderByDescending(row => row.At).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<StoredChunk>> FilesAsync(GovernanceDb db, IQueryable<TrafficChunk> query, CancellationToken cancellationToken)
    {
        List<TrafficChunk> chunks = await query.OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        IQueryable<Guid> ids = query.Select(row => row.Id);
        ILookup<Guid, TrafficFile> files = (await db.TrafficFiles.AsNoTracking().Where(row => ids.Contains(row.Chunk)).ToListAsync(cancellationToken))
            .ToLookup(row => row.Chunk);
        return [.. chunks.Select(chunk => new StoredChunk(chunk, Of(chunk, TrafficPart.Raw), Of(chunk, TrafficPart.Summary)))];

        ArtifactDigest? Of(TrafficChunk chunk, TrafficPart part) => files[chunk.Id].FirstOrDefault(file => file.Part == part)?.Digest;
    }
}
