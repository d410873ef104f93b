using System.Security.Cryptography;

namespace Governance.Registry.Ledger;

/// <summary>The Merkle tree of RFC 6962 over leaf hashes, kept as its frontier: O(log n) memory, O(1) amortised per leaf.</summary>
/// <remarks>
/// Leaf hash = SHA-256(0x00 ‖ leaf), node hash = SHA-256(0x01 ‖ left ‖ right), root of nothing = SHA-256 of nothing.
/// Source: RFC 6962 §2.1.
/// </remarks>
public sealed class MerkleTree
{
    /// <summary>The length of every hash, in bytes.</summary>
    public const int HashLength = 32;

    // The roots of the perfect subtrees that the leaves so far fall into, largest first: one per bit of Size.
    private readonly List<byte[]> frontier = [];

    /// <summary>How many leaves were appended.</summary>
    public long Size { get; private set; }

    /// <summary>The hash of a leaf.</summary>
    public static byte[] HashLeaf(ReadOnlySpan<byte> leaf)
    {
        byte[] buffer = new byte[leaf.Length + 1];
        leaf.CopyTo(buffer.AsSpan(1));
        return SHA256.HashData(buffer);
    }

    /// <summary>The hash of an inner node.</summary>
    public static byte[] HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> buffer = stackalloc byte[1 + (2 * HashLength)];
        buffer[0] = 1;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + HashLength)..]);
        return SHA256.HashData(buffer);
    }

    /// <summary>Appends one leaf hash.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public void Append(byte[] leafHash)
    {
        ArgumentNullException.ThrowIfNull(leafHash);
        if (leafHash.Length != HashLength)
        {
            throw new ArgumentException("A leaf hash has 32 bytes.", nameof(leafHash));
        }

        frontier.Add(leafHash);
        Size++;
        for (long carry = Size; (carry & 1) == 0; carry >>= 1)
        {
            byte[] joined = HashNode(frontier[^2], frontier[^1]);
            frontier.RemoveRange(frontier.Count - 2, 2);
            frontier.Add(joined);
        }
    }

    /// <summary>The root over all leaves so far.</summary>
    public byte[] Root()
    {
        if (frontier.Count == 0)
        {
            return SHA256.HashData([]);
        }

        byte[] root = frontier[^1];
        for (int i = frontier.Count - 2; i >= 0; i--)
        {
            root = HashNode(frontier[i], root);
        }

        return root;
    }
}
