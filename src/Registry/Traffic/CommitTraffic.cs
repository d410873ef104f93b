using System.Buffers.Binary;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Traffic;

/// <summary>What came of committing a batch.</summary>
public enum CommitResult
{
    /// <summary>It is there for good, and may be acknowledged.</summary>
    Committed,

    /// <summary>Others committed since the caller looked: look again, then commit.</summary>
    Stale,
}

/// <summary>Makes chunks count whose files are in the store, and takes away those that they replace.</summary>
/// <remarks>
/// Files first (written, flushed, renamed, the folder flushed), then their rows in one transaction, then the answer: whoever is
/// killed in between leaves files that no row names, which the sweep destroys, and nothing acknowledged. Writers of one
/// deployment stand in line at the database (SQLite <c>BEGIN IMMEDIATE</c>, PostgreSQL an advisory lock).
/// </remarks>
public sealed class CommitTraffic(IDbContextFactory<GovernanceDb> contexts, AppendGate gate, ArtifactStore store)
{
    /// <summary>Commits a batch.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="after">The last sequence that the caller knows; 0 for none.</param>
    /// <param name="chunks">Its chunks; none where every row was there already.</param>
    /// <param name="batch">The batch, so that the same counts once; null where its sender never sends it again.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    public async Task<CommitResult> RunAsync(
        DeploymentId deployment, long after, IReadOnlyList<NewChunk> chunks, AcceptedBatch? batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LastAsync(db, deployment, cancellationToken) != after
            || (batch is not null
                && await db.AcceptedBatches.AnyAsync(row => row.Deployment == deployment && row.Kind == batch.Kind && row.Key == batch.Key, cancellationToken)))
        {
            return CommitResult.Stale;
        }

        Add(db, deployment, after, chunks, db.Now);
        if (batch is not null)
        {
            db.AcceptedBatches.Add(batch);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CommitResult.Committed;
    }

    /// <summary>Puts chunks in the place of others, then destroys the others' files. The rows stay the same: no ledger entry.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="after">The last sequence that the caller knows.</param>
    /// <param name="old">What goes.</param>
    /// <param name="chunks">What comes.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    public async Task<CommitResult> ReplaceAsync(
        DeploymentId deployment, long after, IReadOnlyCollection<Guid> old, IReadOnlyList<NewChunk> chunks, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LastAsync(db, deployment, cancellationToken) != after
            || await RemoveAsync(db, old, cancellationToken) is not IReadOnlyList<ArtifactDigest> gone)
        {
            return CommitResult.Stale;
        }

        Add(db, deployment, after, chunks, db.Now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Discard(gone);
        return CommitResult.Committed;
    }

    /// <summary>Erases rows for good: chunks without them in the place of those that held them, and the fact that says so.</summary>
    /// <param name="actor">Who erases.</param>
    /// <param name="after">The last sequence that the caller knows.</param>
    /// <param name="old">Chunks that held some.</param>
    /// <param name="chunks">The same without them.</param>
    /// <param name="erasure">Makes the fact at the time of the change.</param>
    /// <param name="reason">What the person wrote; null for none.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    public async Task<CommitResult> EraseAsync(
        Actor actor, long after, IReadOnlyCollection<Guid> old, IReadOnlyList<NewChunk> chunks, Func<DateTimeOffset, TrafficErasure> erasure,
        PersonalText? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        IReadOnlyList<ArtifactDigest>? gone = await gate.RunAsync<IReadOnlyList<ArtifactDigest>?>(actor, async change =>
        {
            TrafficErasure fact = erasure(change.Now);
            if (await LastAsync(change.Db, fact.Deployment, cancellationToken) != after
                || await RemoveAsync(change.Db, old, cancellationToken) is not IReadOnlyList<ArtifactDigest> files)
            {
                return null;
            }

            Add(change.Db, fact.Deployment, after, chunks, change.Now);
            change.Add(fact, "traffic.erased", new LedgerSubject(LedgerSubject.Deployment, fact.Deployment.ToString()), reason);
            return files;
        }, cancellationToken);
        if (gone is null)
        {
            return CommitResult.Stale;
        }

        Discard(gone);
        return CommitResult.Committed;
    }

    /// <summary>Destroys files that no row names any more, or that were written for a commit that did not come.</summary>
    public void Discard(IEnumerable<ArtifactDigest> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (ArtifactDigest file in files)
        {
            store.Shred(file);
        }
    }

    private static void Add(GovernanceDb db, DeploymentId deployment, long after, IReadOnlyList<NewChunk> chunks, DateTimeOffset at)
    {
        foreach (NewChunk chunk in chunks)
        {
            db.TrafficChunks.Add(new TrafficChunk(chunk.Id, deployment, ++after, chunk.Kind, chunk.Day, chunk.Rows, chunk.From, chunk.To, at));
            db.TrafficFiles.AddRange(chunk.Files());
        }
    }

    // Null where one of them is gone already: somebody else replaced it.
    private static async Task<IReadOnlyList<ArtifactDigest>?> RemoveAsync(GovernanceDb db, IReadOnlyCollection<Guid> old, CancellationToken cancellationToken)
    {
        List<TrafficChunk> chunks = await db.TrafficChunks.Where(row => old.Contains(row.Id)).ToListAsync(cancellationToken);
        if (chunks.Count != old.Count)
        {
            return null;
        }

        List<TrafficFile> files = await db.TrafficFiles.Where(row => old.Contains(row.Chunk)).ToListAsync(cancellationToken);
        db.TrafficFiles.RemoveRange(files);
        db.TrafficChunks.RemoveRange(chunks);
        return [.. files.Select(file => file.Digest)];
    }

    private static async Task<long> LastAsync(GovernanceDb db, DeploymentId deployment, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            long key = BinaryPrimitives.ReadInt64LittleEndian(deployment.Value.ToByteArray().AsSpan(8)); // the random half of the id
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", cancellationToken);
        }

        return await db.TrafficChunks.Where(row => row.Deployment == deployment).MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0;
    }
}
