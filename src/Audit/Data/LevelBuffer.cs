using Governance.Audit.Data.Csv;

namespace Governance.Audit.Data;

/// <summary>Collects the texts of one column.</summary>
/// <param name="missing">Texts that mean "missing", UTF-8.</param>
internal sealed class LevelBuffer(IReadOnlyList<byte[]> missing)
{
    private readonly LevelTable levels = new();
    private int[] codes = [];
    private int count;

    /// <summary>Bytes held.</summary>
    public long Bytes => (4L * codes.Length) + levels.Bytes;

    /// <summary>Adds one text; an empty one is missing.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        Reserve(count + 1, 0);
        codes[count++] = text.IsEmpty ? -1 : levels.Code(text);
    }

    /// <summary>Adds missing cells.</summary>
    public void AddMissing(int rows)
    {
        Reserve(count + rows, 0);
        codes.AsSpan(count, rows).Fill(-1);
        count += rows;
    }

    /// <summary>Adds the cells of a column of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="from">The first row to add.</param>
    /// <returns>The row of the first cell that breaks the rules of quotes, or the number of rows.</returns>
    public int Add(CsvBlock block, int column, int from)
    {
        Reserve(count + block.Rows - from, (int)Math.Min(block.LikelyRows, Array.MaxLength));
        int row = from;
        if (block.HasQuotes)
        {
            for (; row < block.Rows && block.TryCell(row, column, out ReadOnlySpan<byte> cell); row++)
            {
                codes[count++] = cell.IsEmpty ? -1 : levels.Code(cell);
            }

            return row;
        }

        for (; row < block.Rows; row++)
        {
            (int start, int end) = block.Bounds(row, column);
            codes[count++] = start == end ? -1 : levels.Code(block.Buffer.AsSpan(start, end - start));
        }

        return row;
    }

    /// <summary>The finished column.</summary>
    public TextColumn Finish(string name)
    {
        if (codes.Length > count + (count / 10) + 16)
        {
            Array.Resize(ref codes, count);
        }

        string[] texts = levels.Texts();
        if (missing.Count > 0)
        {
            texts = DropMissing(texts);
        }

        return new TextColumn(name, codes, texts, count);
    }

    // Markers are levels like others until here, so that the reading loop need not look for them.
    private string[] DropMissing(string[] texts)
    {
        int[] renumbered = new int[texts.Length];
        List<string> kept = new(texts.Length);
        for (int code = 0; code < texts.Length; code++)
        {
            ReadOnlySpan<byte> text = levels.At(code);
            bool isMarker = false;
            foreach (byte[] marker in missing)
            {
                isMarker |= text.SequenceEqual(marker);
            }

            renumbered[code] = isMarker ? -1 : kept.Count;
            if (!isMarker)
            {
                kept.Add(texts[code]);
            }
        }

        for (int row = 0; row < count; row++)
        {
            codes[row] = codes[row] < 0 ? -1 : renumbered[codes[row]];
        }

        return [.. kept];
    }

    private void Reserve(int needed, int likely)
    {
        if (codes.Length < needed)
        {
            int[] larger = GC.AllocateUninitializedArray<int>(Math.Max(Math.Max(needed, likely), Math.Max(16, count + (count / 2))));
            codes.AsSpan(0, count).CopyTo(larger);
            codes = larger;
        }
    }
}
