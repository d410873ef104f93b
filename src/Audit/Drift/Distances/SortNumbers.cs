using System.Buffers;
using System.Runtime.InteropServices;

namespace Governance.Audit.Drift.Distances;

/// <summary>Sorts numbers by their bits, in time linear in their number.</summary>
/// <remarks>
/// Least-significant-digit radix sort with digits of 11 bits over keys that order as the numbers do (Knuth, "The Art of
/// Computer Programming" 3, 5.2.5; the key as in Herf, "Radix tricks", 2001): sign bit flipped, negative numbers
/// complemented. Passes in which all keys agree are left out. −0 stands before 0; the two compare as equal.
/// </remarks>
internal static class SortNumbers
{
    private const int Bits = 11;
    private const int Digits = 6;
    private const int Cells = 1 << Bits;
    private const int Small = 600;

    /// <summary>Sorts in place, ascending.</summary>
    /// <param name="values">No NaN.</param>
    public static void Ascending(Span<double> values)
    {
        if (values.Length < Small)
        {
            values.Sort();
            return;
        }

        ulong[] other = ArrayPool<ulong>.Shared.Rent(values.Length);
        int[] counts = ArrayPool<int>.Shared.Rent(Digits * Cells);
        try
        {
            Sort(MemoryMarshal.Cast<double, ulong>(values), other.AsSpan(0, values.Length), counts.AsSpan(0, Digits * Cells));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(other);
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    private static void Sort(Span<ulong> keys, Span<ulong> other, Span<int> counts)
    {
        Count(keys, counts);
        Span<ulong> from = keys;
        Span<ulong> to = other;
        for (int digit = 0; digit < Digits; digit++)
        {
            int shift = digit * Bits;
            Span<int> places = counts.Slice(digit * Cells, Cells);
            if (places[(int)(from[0] >> shift) & (Cells - 1)] == from.Length)
            {
                continue;
            }

            Accumulate(places);
            foreach (ulong key in from)
            {
                to[places[(int)(key >> shift) & (Cells - 1)]++] = key;
            }

            Span<ulong> full = to;
            to = from;
            from = full;
        }

        for (int i = 0; i < from.Length; i++)
        {
            ulong key = from[i];
            keys[i] = key ^ ((ulong)((long)~key >> 63) | (1UL << 63));
        }
    }

    private static void Count(Span<ulong> keys, Span<int> counts)
    {
        counts.Clear();
        for (int i = 0; i < keys.Length; i++)
        {
            ulong bits = keys[i];
            ulong key = bits ^ ((ulong)((long)bits >> 63) | (1UL << 63));
            keys[i] = key;
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Cells) + ((int)(key >> (digit * Bits)) & (Cells - 1))]++;
            }
        }
    }

    private static void Accumulate(Span<int> places)
    {
        int before = 0;
        for (int i = 0; i < places.Length; i++)
        {
            int count = places[i];
            places[i] = before;
            before += count;
        }
    }
}
