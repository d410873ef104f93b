using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Governance.Audit.Data.Csv;

namespace Governance.Audit.Data;

/// <summary>Collects the numbers of one column.</summary>
internal sealed class NumberBuffer
{
    private double[] values = [];
    private int count;

    /// <summary>How many cells were added.</summary>
    public int Count => count;

    /// <summary>Bytes held.</summary>
    public long Bytes => 8L * values.Length;

    /// <summary>Whether all cells so far were missing.</summary>
    public bool IsBlank { get; private set; } = true;

    /// <summary>The numbers so far; NaN for a missing one.</summary>
    public Span<double> Values => values.AsSpan(0, count);

    /// <summary>Adds one number; NaN for a missing one.</summary>
    public void Add(double value)
    {
        Reserve(count + 1, 0);
        values[count++] = value;
        IsBlank &= double.IsNaN(value);
    }

    /// <summary>Adds numbers as they are.</summary>
    public void Add(ReadOnlySpan<double> more)
    {
        Reserve(count + more.Length, 0);
        more.CopyTo(values.AsSpan(count));
        count += more.Length;
        IsBlank = false;
    }

    /// <summary>Adds the cells of a column of a block until one is no number; an empty cell is missing.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="from">The first row to add.</param>
    /// <returns>The row of the first cell that is no number, or the number of rows.</returns>
    public int Add(CsvBlock block, int column, int from)
    {
        // Room for the whole file only once there is a number: the column may turn out to be text.
        Reserve(count + block.Rows - from, IsBlank ? 0 : (int)Math.Min(block.LikelyRows, Array.MaxLength));
        return block.HasQuotes || column == block.Width - 1 ? AddExact(block, column, from) : AddPlain(block, column, from);
    }

    /// <summary>The finished column.</summary>
    public NumberColumn Finish(string name)
    {
        // A tenth too much is left: copying would take twice the memory for a moment.
        if (values.Length > count + (count / 10) + 16)
        {
            Array.Resize(ref values, count);
        }

        return new NumberColumn(name, values, count);
    }

    private int AddPlain(CsvBlock block, int column, int from)
    {
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(block.Buffer);
        int[] ends = block.Ends;
        double[] target = values;
        int at = count;
        int row = from;
        for (int cell = (from * block.Width) + column; row < block.Rows; row++, cell += block.Width, at++)
        {
            int start = cell == 0 ? block.Start : ends[cell - 1] + 1;
            int length = ends[cell] - start;
            if (length == 0)
            {
                target[at] = double.NaN;
                continue;
            }

            // At least 64 bytes follow the last cell of a block.
            ref byte first = ref Unsafe.Add(ref bytes, start);
            if (!ShortDecimal.TryRead(ref first, length, out double value)
                && !PlainDecimal.TryParseFaithful(MemoryMarshal.CreateReadOnlySpan(ref first, length), out value))
            {
                break;
            }

            IsBlank = false;
            target[at] = value;
        }

        count = at;
        return row;
    }

    private int AddExact(CsvBlock block, int column, int from)
    {
        int row = from;
        for (; row < block.Rows && block.TryCell(row, column, out ReadOnlySpan<byte> cell); row++)
        {
            double value = double.NaN;
            if (!cell.IsEmpty && !ShortDecimal.TryRead(ref MemoryMarshal.GetReference(cell), cell.Length, out value)
                && !PlainDecimal.TryParseFaithful(cell, out value))
            {
                break;
            }

            IsBlank &= cell.IsEmpty;
            values[count++] = value;
        }

        return row;
    }

    private void Reserve(int needed, int likely)
    {
        if (values.Length < needed)
        {
            double[] larger = GC.AllocateUninitializedArray<double>(Math.Max(Math.Max(needed, likely), Math.Max(16, count + (count / 2))));
            values.AsSpan(0, count).CopyTo(larger);
            values = larger;
        }
    }
}
