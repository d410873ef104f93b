using System.Text;

namespace Governance.Audit.Data;

/// <summary>Reads CSV, plain or gzipped, into columns.</summary>
/// <remarks>
/// RFC 4180 with a header, commas, UTF-8 with or without a byte order mark, LF or CRLF. An empty cell is missing. A
/// column is numeric if every other cell is a number that stays itself (<see cref="PlainDecimal.TryParseFaithful"/>);
/// else it is text, spelt as in the file. Reads in one pass and O(table) memory; a column whose first text follows
/// numbers costs a second pass for the columns of that kind.
/// </remarks>
public static class CsvTable
{
    /// <summary>Reads a table within the default limits.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no such CSV; the sentence names the line.</exception>
    public static Table Read(Stream stream, CancellationToken cancellationToken) =>
        Read(stream, new CsvLimits(), cancellationToken);

    /// <summary>Reads a table within the given limits.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="limits">What the file may hold at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no such CSV; the sentence names the line.</exception>
    public static Table Read(Stream stream, CsvLimits limits, CancellationToken cancellationToken)
    {
        using CsvSource source = new(stream, limits);
        LineCounter lines = new();
        ColumnBuilder[] columns = Scan(source, limits, null, lines, cancellationToken);
        bool[] replay = [.. columns.Select(column => column.NeedsReplay)];
        if (replay.Contains(true))
        {
            ColumnBuilder[] again = Scan(source, limits, replay, new LineCounter(), cancellationToken);
            columns = [.. columns.Select((column, i) => replay[i] ? again[i] : column)];
        }

        return new Table([.. columns.Select(column => column.Finish())], new RowOrigins(null, lines.Finish()));
    }

    /// <summary>Reads a table from text, for tests and pasted data.</summary>
    /// <exception cref="InputException">The text is no such CSV; the sentence names the line.</exception>
    public static Table Parse(string text) => Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None);

    private static ColumnBuilder[] Scan(
        CsvSource source, CsvLimits limits, bool[]? only, LineCounter lines, CancellationToken cancellationToken)
    {
        using Stream bytes = source.Open();
        CsvScanner scanner = new(bytes, limits);
        ColumnBuilder[] columns = [.. CsvHeader.Read(scanner, limits).Select((name, i) => new ColumnBuilder(name, only?[i] == true))];
        int rows = 0;
        while (scanner.Next())
        {
            if (scanner.Cells != columns.Length)
            {
                if (scanner.Cells == 1 && scanner.Cell(0).IsEmpty && scanner.AtEnd)
                {
                    break;
                }

                throw scanner.Fault(
                    $"has {scanner.Cells} {(scanner.Cells == 1 ? "cell" : "cells")} where the header has {columns.Length}");
            }

            for (int i = 0; i < columns.Length; i++)
            {
                if (only?[i] != false)
                {
                    columns[i].Add(scanner.Cell(i));
                }
            }

            lines.Add(scanner.Line);
            if (++rows > limits.Rows)
            {
                throw new InputException($"The data has more than {limits.Rows:N0} rows.");
            }

            if ((rows & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return columns;
    }
}
