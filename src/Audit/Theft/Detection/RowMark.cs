using System.Runtime.InteropServices;
using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Detection;

/// <summary>A hash of a row's exact values, for telling repeats. Not for secrets.</summary>
internal static class RowMark
{
    /// <summary>The mark of a row.</summary>
    public static ulong Of(ReadOnlySpan<float> row)
    {
        ulong mark = (ulong)row.Length;
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(row))
        {
            // Minus zero is zero, and every NaN is a missing value.
            uint plain = bits == 0x8000_0000 ? 0 : float.IsNaN(BitConverter.UInt32BitsToSingle(bits)) ? 0x7FC0_0000 : bits;
            mark = SeededRandom.Mix(mark + plain + 0x9E37_79B9_7F4A_7C15);
        }

        return mark;
    }
}
