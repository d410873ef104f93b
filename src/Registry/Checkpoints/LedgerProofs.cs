using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Checkpoints;

/// <summary>Makes proofs from the ledger. Whoever may see an entry may have its proof: a proof says nothing but hashes.</summary>
public sealed class LedgerProofs(LedgerTree tree, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>That an entry stands in the ledger of a size.</summary>
    /// <param name="sequence">From 0.</param>
    /// <param name="size">More than the sequence, no more than the ledger has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size does not fit.</exception>
    public async Task<InclusionProof> InclusionAsync(long sequence, long size, CancellationToken cancellationToken) =>
        new(sequence, size, await tree.HashesAsync(TreeRange.ForInclusion(sequence, size), cancellationToken));

    /// <summary>That the ledger of one size is the beginning of the ledger of another.</summary>
    /// <param name="first">At least 0.</param>
    /// <param name="second">No less than the first, no more than the ledger has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size does not fit.</exception>
    public async Task<ConsistencyProof> ConsistencyAsync(long first, long second, CancellationToken cancellationToken) =>
        new(first, second, await tree.HashesAsync(TreeRange.ForConsistency(first, second), cancellationToken));

    /// <summary>The self-contained proof of an entry against the last checkpoint.</summary>
    /// <param name="sequence">From 0.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where no checkpoint covers it yet.</returns>
    public async Task<TlogProof?> ProveAsync(long sequence, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CheckpointQueries.LatestAsync(db, cancellationToken) is CheckpointRecord last && last.Size > sequence
            ? new TlogProof(await InclusionAsync(sequence, last.Size, cancellationToken), last.Note)
            : null;
    }
}
