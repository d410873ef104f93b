using System.Security.Cryptography;

namespace Governance.Registry.Tests.Checkpoints;

/// <summary>RFC 6962 §2.1 as it is written there, on whole lists of leaf hashes: the oracle of everything quicker.</summary>
internal static class Rfc
{
    public static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
    {
        0 => SHA256.HashData([]),
        1 => leaves[0],
        int count => SHA256.HashData([1, .. Root(leaves[..Half(count)]), .. Root(leaves[Half(count)..])]),
    };

    public static List<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        int half = Half(leaves.Length);
        return index < half
            ? [.. Path(index, leaves[..half]), Root(leaves[half..])]
            : [.. Path(index - half, leaves[half..]), Root(leaves[..half])];
    }

    public static List<byte[]> Proof(int first, ReadOnlySpan<byte[]> leaves) => SubProof(first, leaves, whole: true);

    private static List<byte[]> SubProof(int first, ReadOnlySpan<byte[]> leaves, bool whole)
    {
        if (first == leaves.Length)
        {
            return whole ? [] : [Root(leaves)];
        }

        int half = Half(leaves.Length);
        return first <= half
            ? [.. SubProof(first, leaves[..half], whole), Root(leaves[half..])]
            : [.. SubProof(first - half, leaves[half..], whole: false), Root(leaves[..half])];
    }

    private static int Half(int count)
    {
        int half = 1;
        while (half * 2 < count)
        {
            half *= 2;
        }

        return half;
    }
}
