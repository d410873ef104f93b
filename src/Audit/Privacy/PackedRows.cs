using System.Collections;
using System.IO.Compression;

namespace Governance.Audit.Privacy;

/// <summary>A set of row numbers as few bytes: one bit a row, deflated.</summary>
internal static class PackedRows
{
    /// <summary>Packs.</summary>
    /// <param name="rows">Row numbers from 0, below <paramref name="count"/>.</param>
    /// <param name="count">How many rows there are.</param>
    public static byte[] Pack(ReadOnlySpan<int> rows, int count)
    {
        BitArray bits = new(count);
        foreach (int row in rows)
        {
            bits[row] = true;
        }

        byte[] plain = new byte[(count + 7) / 8];
        bits.CopyTo(plain, 0);
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal))
        {
            deflate.Write(plain);
        }

        return packed.ToArray();
    }

    /// <summary>Unpacks, ascending.</summary>
    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <param name="count">How many rows there are.</param>
    public static int[] Unpack(byte[] packed, int count)
    {
        byte[] plain = new byte[(count + 7) / 8];
        using (DeflateStream deflate = new(new MemoryStream(packed, writable: false), CompressionMode.Decompress))
        {
            deflate.ReadExactly(plain);
        }

        BitArray bits = new(plain);
        return [.. Enumerable.Range(0, count).Where(row => bits[row])];
    }
}
