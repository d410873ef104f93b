namespace Governance.Audit.Data;

/// <summary>Where the rows of a table stood in its file.</summary>
/// <param name="rows">The data row in the file, from 0; null where it is the row itself.</param>
/// <param name="lines">The line on which the row began; null where every record took one line and the header the first.</param>
internal sealed class RowOrigins(int[]? rows, long[]? lines)
{
    /// <summary>The data row in the file, from 0.</summary>
    public int Row(int row) => rows?[row] ?? row;

    /// <summary>The line in the file, from 1.</summary>
    public long Line(int row) => lines?[row] ?? Row(row) + 2;

    /// <summary>The origins of these rows, in this order.</summary>
    public RowOrigins Take(ReadOnlySpan<int> taken)
    {
        int[] takenRows = new int[taken.Length];
        long[]? takenLines = lines is null ? null : new long[taken.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            takenRows[i] = Row(taken[i]);
            if (takenLines is not null)
            {
                takenLines[i] = Line(taken[i]);
            }
        }

        return new RowOrigins(takenRows, takenLines);
    }
}

/// <summary>Notes the lines of records, and keeps them only where some record took more than one.</summary>
internal sealed class LineCounter
{
    private List<long>? lines;
    private int count;

    /// <summary>Notes the line on which the next data row begins.</summary>
    public void Add(long line)
    {
        if (lines is null && line != count + 2)
        {
            lines = [.. Enumerable.Range(0, count).Select(row => row + 2L)];
        }

        lines?.Add(line);
        count++;
    }

    /// <summary>The lines, or null where row r began on line r + 2 throughout.</summary>
    public long[]? Finish() => lines?.ToArray();
}
