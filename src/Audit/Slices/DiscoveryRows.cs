using System.Numerics;

namespace Governance.Audit.Slices;

/// <summary>The rows that slices are searched on, by position 0, 1, …: codes of the columns, losses and weights side by side.</summary>
internal sealed class DiscoveryRows
{
    private readonly byte[][] codes;
    private readonly double[] losses;
    private readonly double[]? weights;

    /// <summary>Takes some rows of a table.</summary>
    public DiscoveryRows(IReadOnlyList<CodedColumn> columns, SliceRows rows, int[] taken)
    {
        Columns = columns;
        Count = taken.Length;
        codes = [.. columns.Select(column => Array.ConvertAll(taken, row => column.Codes[row]))];
        losses = Array.ConvertAll(taken, row => rows.Losses[row]);
        weights = rows.Weights is null ? null : Array.ConvertAll(taken, row => rows.Weights[row]);
        All = Sum([.. Enumerable.Range(0, Count)]);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<CodedColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>All rows added up.</summary>
    public SliceSums All { get; }

    /// <summary>Adds rows up.</summary>
    public SliceSums Sum(ReadOnlySpan<int> positions)
    {
        SliceSums sums = default;
        foreach (int at in positions)
        {
            sums.Add(losses[at], weights is null ? 1 : weights[at]);
        }

        return sums;
    }

    /// <summary>Adds the rows of a bit set up.</summary>
    public SliceSums Sum(RowBits bits)
    {
        SliceSums sums = default;
        ReadOnlySpan<ulong> words = bits.Words;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                int at = (i << 6) + BitOperations.TrailingZeroCount(word);
                sums.Add(losses[at], weights is null ? 1 : weights[at]);
            }
        }

        return sums;
    }

    /// <summary>Adds rows up by the codes of a column.</summary>
    /// <param name="column">The column's index.</param>
    /// <param name="positions">The rows.</param>
    /// <param name="sums">Shape [slots], overwritten.</param>
    public void SumByCode(int column, ReadOnlySpan<int> positions, Span<SliceSums> sums)
    {
        sums.Clear();
        byte[] own = codes[column];
        if (weights is null)
        {
            foreach (int at in positions)
            {
                sums[own[at]].Add(losses[at], 1);
            }

            return;
        }

        foreach (int at in positions)
        {
            sums[own[at]].Add(losses[at], weights[at]);
        }
    }

    /// <summary>The rows among some that fulfil a condition.</summary>
    public int[] Filter(ReadOnlySpan<int> positions, SliceCondition condition)
    {
        byte[] own = codes[condition.Column];
        List<int> kept = [];
        foreach (int at in positions)
        {
            if ((condition.Codes >> own[at] & 1) == 1)
            {
                kept.Add(at);
            }
        }

        return [.. kept];
    }

    /// <summary>The rows that fulfil a condition.</summary>
    public RowBits Bits(SliceCondition condition)
    {
        RowBits bits = new(Count);
        byte[] own = codes[condition.Column];
        for (int at = 0; at < own.Length; at++)
        {
            if ((condition.Codes >> own[at] & 1) == 1)
            {
                bits.Add(at);
            }
        }

        return bits;
    }
}
