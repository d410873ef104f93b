using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Governance.Audit.Data.Csv;

/// <summary>Finds where the cells of CSV end, 64 bytes at a step.</summary>
/// <remarks>
/// Commas and line ends outside quotes, where a byte is inside if the number of quotes before it is odd. For well-formed
/// RFC 4180 that is exact; for anything else some cell then holds a quote that it must not hold, which the reader checks.
/// The idea of bit masks and a prefix sum of quotes is that of Langdale and Lemire, "Parsing Gigabytes of JSON per
/// Second", 2019.
/// </remarks>
internal sealed class CsvIndex
{
    private int[] ends = new int[1 << 14];

    /// <summary>For each cell of the complete rows, row by row: where its comma or line end stands.</summary>
    public int[] Ends => ends;

    /// <summary>Complete rows of the expected width, up to the first that is none.</summary>
    public int Rows { get; private set; }

    /// <summary>Where the bytes of these rows end, line end included.</summary>
    public int Next { get; private set; }

    /// <summary>Whether the row at <see cref="Next"/> is complete but of another width, or too long.</summary>
    public bool Broken { get; private set; }

    /// <summary>Whether the scanned bytes hold a quote.</summary>
    public bool HasQuotes { get; private set; }

    /// <summary>Whether the scanned bytes end inside quotes.</summary>
    public bool EndsQuoted { get; private set; }

    /// <summary>Indexes bytes that begin with a row.</summary>
    /// <param name="buffer">At least 64 bytes longer than <paramref name="end"/>.</param>
    /// <param name="start">The first byte of a row.</param>
    /// <param name="end">The end of the bytes.</param>
    /// <param name="lineEnd">LF, or CR for files that use it alone.</param>
    /// <param name="width">Cells of a row.</param>
    /// <param name="longest">The most bytes of a row.</param>
    public void Build(byte[] buffer, int start, int end, byte lineEnd, int width, int longest)
    {
        Rows = 0;
        Next = start;
        Broken = HasQuotes = false;
        ref byte first = ref MemoryMarshal.GetArrayDataReference(buffer);
        Vector512<byte> comma = Vector512.Create((byte)','), line = Vector512.Create(lineEnd), quote = Vector512.Create((byte)'"');
        ulong inside = 0; // all ones while a quote is open at the step's first byte
        int count = 0;
        for (int at = start; at < end; at += 64)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref first, (nuint)at);
            ulong known = end - at >= 64 ? ulong.MaxValue : ulong.MaxValue >> (64 - (end - at));
            ulong quotes = Vector512.Equals(bytes, quote).ExtractMostSignificantBits() & known;
            ulong lines = Vector512.Equals(bytes, line).ExtractMostSignificantBits() & known;
            ulong marks = (Vector512.Equals(bytes, comma).ExtractMostSignificantBits() & known) | lines;
            if ((quotes | inside) != 0)
            {
                HasQuotes = true;
                ulong quoted = PrefixXor(quotes) ^ inside;
                inside = (ulong)((long)quoted >> 63);
                lines &= ~quoted;
                marks &= ~quoted;
            }

            if (ends.Length < count + 64)
            {
                Array.Resize(ref ends, ends.Length * 2);
            }

            int before = count;
            for (ulong left = marks; left != 0; left &= left - 1)
            {
                ends[count++] = at + BitOperations.TrailingZeroCount(left);
            }

            for (; lines != 0; lines &= lines - 1)
            {
                int cells = before + BitOperations.PopCount(marks & (lines ^ (lines - 1)));
                int stop = at + BitOperations.TrailingZeroCount(lines);
                if (cells != (Rows + 1) * width || stop - Next > longest)
                {
                    Broken = true;
                    return;
                }

                Rows++;
                Next = stop + 1;
            }
        }

        EndsQuoted = inside != 0;
    }

    // Bit i of the result is the parity of the bits 0 to i.
    private static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
