namespace Governance.Audit.Data.Csv;

/// <summary>Some whole rows of a CSV file, in memory, with the ends of their cells. Overwritten by the next block.</summary>
internal sealed class CsvBlock
{
    private byte lineEnd;
    private int lines;
    private byte[] unquoted = [];
    private int unquotedUsed;

    /// <summary>Holds the bytes; at least 64 more follow the last row, so that words can be read past a cell.</summary>
    public byte[] Buffer { get; private set; } = [];

    /// <summary>Where the first cell begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the cells end, row by row.</summary>
    public int[] Ends { get; private set; } = [];

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns.</summary>
    public int Width { get; private set; }

    /// <summary>Whether some cell may be quoted.</summary>
    public bool HasQuotes { get; private set; }

    /// <summary>The line on which the first row begins.</summary>
    public long Line { get; private set; }

    /// <summary>Whether some row takes more than one line.</summary>
    public bool HasBrokenRows => lines != Rows;

    /// <summary>The line after the last row.</summary>
    public long NextLine => Line + lines;

    /// <summary>How many rows the whole file has, guessed from this block's; at least its own.</summary>
    public long LikelyRows { get; private set; }

    /// <summary>Points the block at rows that were indexed.</summary>
    /// <param name="buffer">Holds them.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="index">The ends of their cells.</param>
    /// <param name="width">Cells of a row.</param>
    /// <param name="line">The line of the first.</param>
    /// <param name="lineEnd">LF or CR.</param>
    /// <param name="likelyRows">A guess of the rows of the file.</param>
    public void Set(byte[] buffer, int start, CsvIndex index, int width, long line, byte lineEnd, long likelyRows)
    {
        this.lineEnd = lineEnd;
        lines = index.HasQuotes ? buffer.AsSpan(start, index.Next - start).Count(lineEnd) : index.Rows;

        (Buffer, Start, Ends, Rows, HasQuotes) = (buffer, start, index.Ends, index.Rows, index.HasQuotes);
        (Width, Line, LikelyRows, unquotedUsed) = (width, line, likelyRows, 0);
    }

    /// <summary>The cell's bytes as they stand in the file, its quotes included, a CR before the line end left out.</summary>
    public (int From, int To) Bounds(int row, int column)
    {
        int at = (row * Width) + column;
        int from = at == 0 ? Start : Ends[at - 1] + 1;
        int to = Ends[at];
        return (from, column == Width - 1 && to > from && Buffer[to - 1] == (byte)'\r' ? to - 1 : to);
    }

    /// <summary>How many lines the row takes.</summary>
    public int LinesOf(int row)
    {
        int from = row == 0 ? Start : Ends[(row * Width) - 1] + 1;
        return Buffer.AsSpan(from, Ends[((row + 1) * Width) - 1] + 1 - from).Count(lineEnd);
    }

    /// <summary>Reads one cell with its quotes resolved.</summary>
    /// <param name="row">The row in the block.</param>
    /// <param name="column">The column.</param>
    /// <param name="cell">Valid as long as the block; at least 8 readable bytes follow it.</param>
    /// <returns>False where a quote stands inside an unquoted cell, or text follows a closing quote.</returns>
    public bool TryCell(int row, int column, out ReadOnlySpan<byte> cell)
    {
        (int from, int to) = Bounds(row, column);
        ReadOnlySpan<byte> raw = Buffer.AsSpan(from, to - from);
        if (raw.IsEmpty || raw[0] != (byte)'"')
        {
            cell = raw;
            return !raw.Contains((byte)'"');
        }

        cell = default;
        if (raw.Length < 2 || raw[^1] != (byte)'"')
        {
            return false;
        }

        ReadOnlySpan<byte> inner = raw[1..^1];
        if (!inner.Contains((byte)'"'))
        {
            cell = inner;
            return true;
        }

        return TryUndouble(inner, out cell);
    }

    /// <summary>The first row from here on whose cell breaks the rules of quotes, or null.</summary>
    public int? FirstUnreadable(int column, int from)
    {
        for (int row = from; HasQuotes && row < Rows; row++)
        {
            if (!TryCell(row, column, out _))
            {
                return row;
            }
        }

        return null;
    }

    private bool TryUndouble(ReadOnlySpan<byte> inner, out ReadOnlySpan<byte> cell)
    {
        if (unquoted.Length < unquotedUsed + inner.Length + 8)
        {
            // Cells handed out before keep the old array alive and stay valid.
            unquoted = new byte[Math.Max(1 << 12, 2 * (inner.Length + 8))];
            unquotedUsed = 0;
        }

        Span<byte> target = unquoted.AsSpan(unquotedUsed, inner.Length);
        int written = 0;
        while (inner.IndexOf((byte)'"') is >= 0 and int quote)
        {
            if (quote + 1 == inner.Length || inner[quote + 1] != (byte)'"')
            {
                cell = default;
                return false;
            }

            inner[..(quote + 1)].CopyTo(target[written..]);
            written += quote + 1;
            inner = inner[(quote + 2)..];
        }

        inner.CopyTo(target[written..]);
        written += inner.Length;
        cell = target[..written];
        unquotedUsed += written;
        return true;
    }
}
