using Governance.Audit.Data.Csv;

namespace Governance.Audit.Data;

/// <summary>Where the rows of a table stood in its file.</summary>
/// <param name="rows">The data row in the file, from 0; null where it is the row itself.</param>
/// <param name="lines">The line on which the row began; null where every record took one line.</param>
/// <param name="header">Lines before the first row: 1 for CSV, 0 for JSON Lines, -1 for formats without lines.</param>
internal sealed class RowOrigins(int[]? rows, long[]? lines, int header)
{
    /// <summary>The data row in the file, from 0.</summary>
    public int Row(int row) => rows?[row] ?? row;

    /// <summary>The line in the file, from 1; the number of the row where the format has no lines.</summary>
    public long Line(int row) => lines?[row] ?? Row(row) + 1 + Math.Max(header, 0);

    /// <summary>"Data row 31 (line 32)", or without the line where the format has none.</summary>
    public string Place(int row) => header < 0 ? $"Data row {Row(row) + 1}" : $"Data row {Row(row) + 1} (line {Line(row)})";

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

        return new RowOrigins(takenRows, takenLines, header);
    }
}

/// <summary>Notes the lines of CSV rows, and keeps them only where some record took more than one.</summary>
internal sealed class LineCounter
{
    private List<long>? lines;

    /// <summary>The rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Notes the lines on which the rows of a block begin.</summary>
    public void Add(CsvBlock block)
    {
        if (lines is not null || block.HasBrokenRows || block.Line != Rows + 2)
        {
            lines ??= [.. Enumerable.Range(2, Rows)];
            long line = block.Line;
            for (int row = 0; row < block.Rows; row++)
            {
                lines.Add(line);
                line += block.LinesOf(row);
            }
        }

        Rows += block.Rows;
    }

    /// <summary>The origins; row r began on line r + 2 unless noted otherwise.</summary>
    public RowOrigins Finish() => new(null, lines?.ToArray(), 1);
}
