using System.Numerics;
using Governance.Registry.Checkpoints;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Ledger;

/// <summary>
/// The Merkle tree of the whole ledger, for roots and proofs in O(log n): the hashes of full tiles of 256 leaves and of what
/// is above them are kept between calls (a quarter of a byte a leaf); the leaves of a tile are read again where a proof needs them.
/// </summary>
/// <remarks>Leaf hashes never change, so only what is new is read. A rewritten history shows as a root that is not the signed one.</remarks>
public sealed class LedgerTree(IDbContextFactory<GovernanceDb> contexts) : IDisposable
{
    private const int Tile = 256;
    private const int TileLevel = 8;

    private readonly SemaphoreSlim oneReader = new(1, 1);

    // levels[0] holds the roots of full tiles, levels[i + 1] those of full pairs of levels[i]; open the leaves behind them.
    private readonly List<List<byte[]>> levels = [[]];
    private readonly List<byte[]> open = [];

    private long Known => ((long)levels[0].Count * Tile) + open.Count;

    /// <summary>Reads what is new.</summary>
    /// <returns>How many leaves there are.</returns>
    public Task<long> SizeAsync(CancellationToken cancellationToken) => AloneAsync(_ => Task.FromResult(Known), cancellationToken);

    /// <summary>The root at a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ledger is shorter.</exception>
    public async Task<byte[]> RootAsync(long size, CancellationToken cancellationToken) => size == 0
        ? new MerkleTree().Root()
        : (await HashesAsync([new TreeRange(0, size)], cancellationToken))[0];

    /// <summary>The hashes of subtrees.</summary>
    /// <param name="ranges">As <see cref="TreeRange"/> cuts a tree; none is empty.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A range ends behind the ledger.</exception>
    public Task<IReadOnlyList<byte[]>> HashesAsync(IReadOnlyList<TreeRange> ranges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return AloneAsync<IReadOnlyList<byte[]>>(async db =>
        {
            if (ranges.Any(range => range.End > Known))
            {
                throw new ArgumentOutOfRangeException(nameof(ranges), $"The ledger has {Known} entries.");
            }

            Dictionary<long, byte[][]> tiles = [];
            List<byte[]> hashes = [];
            foreach (TreeRange range in ranges)
            {
                hashes.Add(await HashAsync(db, range, tiles, cancellationToken));
            }

            return hashes;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => oneReader.Dispose();

    private async Task<T> AloneAsync<T>(Func<GovernanceDb, Task<T>> work, CancellationToken cancellationToken)
    {
        await oneReader.WaitAsync(cancellationToken);
        try
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
            long known = Known;
            await foreach (string hash in db.Ledger.AsNoTracking().Where(entry => entry.Sequence >= known)
                .OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                Append(Convert.FromHexString(hash));
            }

            return await work(db);
        }
        finally
        {
            oneReader.Release();
        }
    }

    private void Append(byte[] leaf)
    {
        open.Add(leaf);
        if (open.Count < Tile)
        {
            return;
        }

        byte[] node = RootOf(open);
        open.Clear();
        for (int level = 0; ; level++)
        {
            levels[level].Add(node);
            if ((levels[level].Count & 1) == 1)
            {
                return;
            }

            node = MerkleTree.HashNode(levels[level][^2], levels[level][^1]);
            if (levels.Count == level + 1)
            {
                levels.Add([]);
            }
        }
    }

    private async Task<byte[]> HashAsync(
        GovernanceDb db, TreeRange range, Dictionary<long, byte[][]> tiles, CancellationToken cancellationToken)
    {
        if (range.Size >= Tile && BitOperations.IsPow2(range.Size) && range.Start % range.Size == 0)
        {
            int level = BitOperations.TrailingZeroCount(range.Size) - TileLevel;
            return levels[level][(int)(range.Start / range.Size)];
        }

        if (range.Size > Tile)
        {
            (TreeRange left, TreeRange right) = range.Cut();
            byte[] first = await HashAsync(db, left, tiles, cancellationToken);
            byte[] second = await HashAsync(db, right, tiles, cancellationToken);
            return MerkleTree.HashNode(first, second);
        }

        // No more than a tile, and never across two: subtrees begin at multiples of their next power of two.
        long number = range.Start / Tile;
        if (!tiles.TryGetValue(number, out byte[][]? leaves))
        {
            tiles[number] = leaves = number == levels[0].Count ? [.. open] : await TileAsync(db, number, cancellationToken);
        }

        int from = (int)(range.Start % Tile);
        return RootOf(leaves[from..(from + (int)range.Size)]);
    }

    private static async Task<byte[][]> TileAsync(GovernanceDb db, long number, CancellationToken cancellationToken)
    {
        long first = number * Tile;
        List<string> hashes = await db.Ledger.AsNoTracking()
            .Where(entry => entry.Sequence >= first && entry.Sequence < first + Tile)
            .OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).ToListAsync(cancellationToken);
        return hashes.Count == Tile
            ? [.. hashes.Select(Convert.FromHexString)]
            : throw new InvalidOperationException("Entries of the ledger are gone since it was read.");
    }

    private static byte[] RootOf(IEnumerable<byte[]> leaves)
    {
        MerkleTree tree = new();
        foreach (byte[] leaf in leaves)
        {
            tree.Append(leaf);
        }

        return tree.Root();
    }
}
