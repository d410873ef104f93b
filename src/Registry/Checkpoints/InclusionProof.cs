using Governance.Registry.Ledger;

namespace Governance.Registry.Checkpoints;

/// <summary>That a leaf stands at an index of a log of a size. Source: RFC 9162 §2.1.3.2.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Size">How many leaves the log has.</param>
/// <param name="Path">Hashes of 32 bytes, from the leaf's sibling to the root's child.</param>
public sealed record InclusionProof(long Index, long Size, IReadOnlyList<byte[]> Path)
{
    /// <summary>Whether the proof leads from a leaf to a root. Never throws, whatever it is made of.</summary>
    /// <param name="leafHash">SHA-256(0x00 ‖ leaf).</param>
    /// <param name="root">The root of the log at <see cref="Size"/>.</param>
    public bool Verify(ReadOnlySpan<byte> leafHash, ReadOnlySpan<byte> root)
    {
        if (Index < 0 || Size <= Index || leafHash.Length != MerkleTree.HashLength || root.Length != MerkleTree.HashLength
            || Path.Any(hash => hash is not { Length: MerkleTree.HashLength }))
        {
            return false;
        }

        long node = Index;
        long last = Size - 1;
        byte[] hash = leafHash.ToArray();
        foreach (byte[] sibling in Path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.HashNode(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleTree.HashNode(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && root.SequenceEqual(hash);
    }
}
