using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Checkpoints;

/// <summary>What came of sealing.</summary>
public abstract record SealOutcome
{
    private SealOutcome()
    {
    }

    /// <summary>The whole ledger is covered by a signed checkpoint.</summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="IsNew">False where nothing had happened since the last one.</param>
    public sealed record Sealed(SignedCheckpoint Checkpoint, bool IsNew) : SealOutcome;

    /// <summary>Nothing was signed: the ledger is not the one that was signed before. Somebody must look.</summary>
    /// <param name="Sentence">What is wrong.</param>
    public sealed record Refused(string Sentence) : SealOutcome;
}

/// <summary>Signs the root of the ledger as it stands, with every signing key that is here.</summary>
/// <remarks>
/// A log must not sign what contradicts an earlier checkpoint: the last one, in the database and in the file outside it, is
/// compared first, and a ledger that was cut or rewritten is not signed again.
/// </remarks>
public sealed class SealCheckpoint(
    LedgerTree tree, RecordSigningKeys record, SigningKeys keys, SealSignal signal, CheckpointFile file,
    IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Seals at once.</summary>
    /// <exception cref="Artifacts.ArtifactKeyException">The signing key cannot be used.</exception>
    public async Task<SealOutcome> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SigningKeyRecord> known = await record.RunAsync(cancellationToken);
        long size = await tree.SizeAsync(cancellationToken);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        CheckpointRecord? last = await CheckpointQueries.LatestAsync(db, cancellationToken);
        if (await FaultAsync(last, size, cancellationToken) is string fault)
        {
            return new SealOutcome.Refused(fault);
        }

        if (last?.Size == size)
        {
            return new SealOutcome.Sealed(last.Read(), false);
        }

        byte[] root = await tree.RootAsync(size, cancellationToken);
        SignedNote note = SignedNote.Sign(new TreeHead(OriginOf(known), size, root).ToText(), OriginOf(known), keys);
        CheckpointRecord row = new(
            size, new FactDigest(Convert.ToHexStringLower(root)), Microseconds.Truncate(clock.GetUtcNow()), note.ToString());
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process sealed the same size first, and its checkpoint counts; anything else is no such case.
            await using GovernanceDb again = await contexts.CreateDbContextAsync(cancellationToken);
            row = await again.Checkpoints.AsNoTracking().SingleAsync(each => each.Size == size, cancellationToken);
            return new SealOutcome.Sealed(row.Read(), false);
        }

        signal.Sealed();
        if (note.Signatures.Count > 1)
        {
            keys.DestroyOld(); // both have signed the entry of the new key: the old one has done its last
        }

        return new SealOutcome.Sealed(row.Read(), true);
    }

    /// <summary>The name of the ledger, and of its keys in notes: that of its first key, so that it stays over rotations.</summary>
    internal static string OriginOf(IReadOnlyList<SigningKeyRecord> known) => $"governance/ledger/{known[0].Fingerprint.Hex[..16]}";

    private async Task<string?> FaultAsync(CheckpointRecord? last, long size, CancellationToken cancellationToken)
    {
        TreeHead? kept = last is null ? null : new TreeHead("", last.Size, Convert.FromHexString(last.Root.Hex));
        return await FaultAsync("The last checkpoint", kept, size, cancellationToken)
            ?? await FaultAsync("The last checkpoint in the file outside the database", await OutsideAsync(cancellationToken), size, cancellationToken);
    }

    private async Task<string?> FaultAsync(string what, TreeHead? head, long size, CancellationToken cancellationToken)
    {
        if (head is null)
        {
            return null;
        }

        if (head.Size > size)
        {
            return $"{what} covers {head.Size} entries, but the ledger has only {size}: its end is gone.";
        }

        byte[] now = await tree.RootAsync(head.Size, cancellationToken);
        return now.AsSpan().SequenceEqual(head.Root) ? null
            : $"{what} covers {head.Size} entries with another root than the ledger has: its history is not the one that was signed.";
    }

    // A share that is away does not stop the sealing: that its copy fails is shown, and other copies tell.
    private async Task<TreeHead?> OutsideAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await file.LastAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
