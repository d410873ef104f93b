using System.Numerics;
using System.Runtime.CompilerServices;

namespace Governance.Audit.Performance;

/// <summary>The order of rows by score, worked out once and shared by every metric that ranks.</summary>
/// <remarks>
/// A bucket sort: one pass throws the rows into about as many buckets as there are rows, by a linear map of the scores (which
/// no rounding makes fall), and each bucket, in the cache by now, is put in order by insertion. Buckets that scores crowd
/// into are sorted on their own: the largest by radix, eleven bits of the number's sortable form at a time, so that no distribution of scores costs
/// more than six passes: O(rows).
/// </remarks>
public static class RankOrder
{
    // Up to here insertion beats everything.
    private const int MostInserted = 24;

    // Up to here the library's introsort beats clearing the counters of the digits.
    private const int MostCompared = 4_096;
    private const int DigitBits = 11;
    private const int Digits = 6; // 6 · 11 bits hold the 64 of a double

    /// <summary>The rows that have a score, lowest first; the same order for the same scores.</summary>
    /// <param name="score">Shape [rows]; NaN for none.</param>
    public static int[] Ascending(ReadOnlySpan<double> score)
    {
        int count = 0;
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        foreach (double value in score)
        {
            count += double.IsNaN(value) ? 0 : 1;
            least = value < least ? value : least;
            most = value > most ? value : most;
        }

        int[] rows = new int[count];
        double[] keys = new double[count];
        double width = most - least;
        if (!(width > 0) || !double.IsFinite(width))
        {
            Copy(score, keys, rows);
            Sort(keys, rows);
            return rows;
        }

        int buckets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(count / 4, 1, 1 << 20));
        int[] ends = Scatter(score, keys, rows, least, (buckets - 1) / width, buckets);
        int start = 0;
        foreach (int end in ends)
        {
            if (end - start > 1)
            {
                Sort(keys.AsSpan(start, end - start), rows.AsSpan(start, end - start));
            }

            start = end;
        }

        return rows;
    }

    private static void Copy(ReadOnlySpan<double> score, double[] keys, int[] rows)
    {
        int next = 0;
        for (int row = 0; row < score.Length; row++)
        {
            if (!double.IsNaN(score[row]))
            {
                (keys[next], rows[next]) = (score[row], row);
                next++;
            }
        }
    }

    // Returns the end of each bucket.
    private static int[] Scatter(ReadOnlySpan<double> score, double[] keys, int[] rows, double least, double scale, int buckets)
    {
        int[] next = new int[buckets];
        foreach (double value in score)
        {
            if (!double.IsNaN(value))
            {
                next[Bucket(value, least, scale, buckets)]++;
            }
        }

        int sum = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            (next[bucket], sum) = (sum, sum + next[bucket]);
        }

        for (int row = 0; row < score.Length; row++)
        {
            if (!double.IsNaN(score[row]))
            {
                int place = next[Bucket(score[row], least, scale, buckets)]++;
                keys[place] = score[row];
                rows[place] = row;
            }
        }

        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(double value, double least, double scale, int buckets) =>
        Math.Min((int)((value - least) * scale), buckets - 1);

    private static void Sort(Span<double> keys, Span<int> rows)
    {
        switch (keys.Length)
        {
            case <= MostInserted:
                Insert(keys, rows);
                break;
            case <= MostCompared:
                keys.Sort(rows);
                break;
            default:
                SortByDigits(keys, rows);
                break;
        }
    }

    private static void Insert(Span<double> keys, Span<int> rows)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            (double key, int row) = (keys[i], rows[i]);
            int hole = i;
            for (; hole > 0 && keys[hole - 1] > key; hole--)
            {
                keys[hole] = keys[hole - 1];
                rows[hole] = rows[hole - 1];
            }

            keys[hole] = key;
            rows[hole] = row;
        }
    }

    // Least significant digit first, so that equal keys stay in order; digits that all share are passed over.
    private static void SortByDigits(Span<double> keys, Span<int> rows)
    {
        ulong[] from = new ulong[keys.Length];
        ulong[] to = new ulong[keys.Length];
        int[] fromRows = rows.ToArray();
        int[] toRows = new int[rows.Length];
        int[] counts = new int[Digits << DigitBits];
        for (int i = 0; i < from.Length; i++)
        {
            from[i] = Sortable(keys[i]);
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[(digit << DigitBits) + Digit(from[i], digit)]++;
            }
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> next = counts.AsSpan(digit << DigitBits, 1 << DigitBits);
            if (next[Digit(from[0], digit)] == from.Length)
            {
                continue;
            }

            int sum = 0;
            foreach (ref int count in next)
            {
                (count, sum) = (sum, sum + count);
            }

            for (int i = 0; i < from.Length; i++)
            {
                int place = next[Digit(from[i], digit)]++;
                to[place] = from[i];
                toRows[place] = fromRows[i];
            }

            (from, to) = (to, from);
            (fromRows, toRows) = (toRows, fromRows);
        }

        fromRows.CopyTo(rows);
    }

    private static int Digit(ulong key, int digit) => (int)(key >> (digit * DigitBits)) & ((1 << DigitBits) - 1);

    // The bits of a double ordered as its value: -0 made 0, negative numbers inverted, the sign bit of the others set.
    private static ulong Sortable(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits >> 63) == 0 ? bits | (1UL << 63) : ~bits;
    }
}
