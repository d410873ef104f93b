using System.Numerics;
using System.Security.Cryptography;
using Governance.Registry.Ledger;

namespace Governance.Registry.Checkpoints;

/// <summary>That a log of one size is the beginning of the log of another. Source: RFC 9162 §2.1.4.2.</summary>
/// <param name="First">The smaller size.</param>
/// <param name="Second">The larger size, or the same one.</param>
/// <param name="Path">Hashes of 32 bytes; none where the sizes are equal or the first is 0.</param>
public sealed record ConsistencyProof(long First, long Second, IReadOnlyList<byte[]> Path)
{
    /// <summary>Whether the proof binds the roots of the two sizes. Never throws, whatever it is made of.</summary>
    public bool Verify(ReadOnlySpan<byte> firstRoot, ReadOnlySpan<byte> secondRoot)
    {
        if (First < 0 || Second < First || firstRoot.Length != MerkleTree.HashLength || secondRoot.Length != MerkleTree.HashLength
            || Path.Any(hash => hash is not { Length: MerkleTree.HashLength }))
        {
            return false;
        }

        if (First == 0 || First == Second)
        {
            return Path.Count == 0
                && (First == Second ? firstRoot.SequenceEqual(secondRoot) : firstRoot.SequenceEqual(SHA256.HashData([])));
        }

        // The root of a perfect first tree is not in the path: the verifier has it.
        byte[][] path = BitOperations.IsPow2(First) ? [firstRoot.ToArray(), .. Path] : [.. Path];
        return path.Length > 0 && Follow(path, firstRoot, secondRoot);
    }

    private bool Follow(byte[][] path, ReadOnlySpan<byte> firstRoot, ReadOnlySpan<byte> secondRoot)
    {
        long node = First - 1;
        long last = Second - 1;
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        byte[] first = path[0];
        byte[] second = path[0];
        foreach (byte[] hash in path[1..])
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                first = MerkleTree.HashNode(hash, first);
                second = MerkleTree.HashNode(hash, second);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                second = MerkleTree.HashNode(second, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && firstRoot.SequenceEqual(first) && secondRoot.SequenceEqual(second);
    }
}
