using System.Runtime.CompilerServices;

namespace Governance.Audit.Data;

/// <summary>Reads plain decimal numbers of up to eight characters (and a minus) in one word, without a loop.</summary>
/// <remarks>
/// The digits of a word are checked and summed side by side, after Lemire, "Quickly parsing eight digits", 2018; a
/// decimal point is found by its zero byte after an exclusive or, and squeezed out. All results are exact: at most
/// eight digits, divided by a power of ten that is exact, which rounds correctly.
/// </remarks>
internal static class ShortDecimal
{
    private const ulong Zeros = 0x3030_3030_3030_3030, Ones = 0x0101_0101_0101_0101, High = 0x8080_8080_8080_8080;

    private static readonly double[] Tens = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

    /// <summary>Reads digits with an optional minus and point, as <see cref="PlainDecimal.TryParseFaithful"/> would.</summary>
    /// <param name="first">The first character; at least 9 readable bytes from here.</param>
    /// <param name="length">How many characters, at least 1.</param>
    /// <param name="value">The number.</param>
    /// <returns>False for what is longer or no such number: the general parser decides.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte first, int length, out double value)
    {
        bool negative = first == (byte)'-';
        if (negative)
        {
            first = ref Unsafe.Add(ref first, 1);
            length--;
        }

        if ((uint)(length - 1) > 7)
        {
            value = 0;
            return false;
        }

        ulong word = Unsafe.ReadUnaligned<ulong>(ref first) & (ulong.MaxValue >> (64 - (8 * length)));
        if (!BitConverter.IsLittleEndian || ((word & 0xFF) == (byte)'0' && length > 1 && ((word >> 8) & 0xFF) != (byte)'.'))
        {
            value = 0;
            return false; // a leading zero makes an identifier
        }

        int fraction = 0;
        ulong points = word ^ (Ones * (byte)'.');
        points = (points - Ones) & ~points & High;
        if (points != 0)
        {
            int point = System.Numerics.BitOperations.TrailingZeroCount(points) & ~7;
            ulong below = (1UL << point) - 1;
            word = (word & below) | (((word >> point) >> 8) << point);
            length--;
            fraction = length - (point >> 3);
            if (length == 0)
            {
                value = 0;
                return false;
            }
        }

        // Right-aligned in the word, with zeros in front.
        word = (word << (64 - (8 * length))) | ((Zeros >> ((8 * length) - 8)) >> 8);
        if ((word & 0xF0F0_F0F0_F0F0_F0F0) != Zeros || ((word + 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) != Zeros)
        {
            value = 0;
            return false;
        }

        word = ((word & 0x0F0F_0F0F_0F0F_0F0F) * 2561) >> 8;
        word = ((word & 0x00FF_00FF_00FF_00FF) * 6553601) >> 16;
        word = ((word & 0x0000_FFFF_0000_FFFF) * 42949672960001) >> 32;
        double magnitude = word;
        if (fraction > 0)
        {
            magnitude /= Tens[fraction];
        }

        value = negative ? -magnitude : magnitude;
        return true;
    }
}
