using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Checkpoints;

/// <summary>Where checkpoints and their copies stand. They concern no model and say nothing but hashes: whoever reads the ledger may see them.</summary>
public sealed class CheckpointQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The last one; null before the first.</summary>
    public async Task<SignedCheckpoint?> LatestAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LatestAsync(db, cancellationToken))?.Read();
    }

    /// <summary>The smallest one that covers an entry; null while none does.</summary>
    /// <param name="sequence">The entry, from 0.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SignedCheckpoint?> CoveringAsync(long sequence, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Checkpoints.AsNoTracking().Where(row => row.Size > sequence).OrderBy(row => row.Size)
            .FirstOrDefaultAsync(cancellationToken))?.Read();
    }

    /// <summary>Up to which size copies are kept outside the database: an entry below it is final. 0 where there is none.</summary>
    public async Task<long> OutsideAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CheckpointCopies.MaxAsync(copy => (long?)copy.Size, cancellationToken) ?? 0;
    }

    /// <summary>Whether all that was said of a row so far is covered by a checkpoint of which a copy lies outside the database.</summary>
    /// <param name="subject">The row, such as a decision.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> IsFinalAsync(LedgerSubject subject, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        long? last = await db.Ledger.Where(entry => entry.SubjectKind == subject.Kind && entry.SubjectId == subject.Id)
            .MaxAsync(entry => (long?)entry.Sequence, cancellationToken);
        return last < (await db.CheckpointCopies.MaxAsync(copy => (long?)copy.Size, cancellationToken) ?? 0);
    }

    /// <summary>The keys that signed, now or once, the oldest first.</summary>
    public async Task<IReadOnlyList<SigningKeyRecord>> KeysAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RecordSigningKeys.AllAsync(db, cancellationToken);
    }

    internal static Task<CheckpointRecord?> LatestAsync(GovernanceDb db, CancellationToken cancellationToken) =>
        db.Checkpoints.AsNoTracking().OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancellationToken);
}
