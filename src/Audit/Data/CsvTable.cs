using System.Diagnostics;
using System.Text;
using Governance.Audit.Data.Csv;
using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data;

/// <summary>Reads CSV, plain or gzipped, into columns.</summary>
/// <remarks>
/// RFC 4180 with a header, commas, UTF-8 with or without a byte order mark; lines end in LF or CRLF, or all in CR. An
/// empty cell is missing. A column is numeric if every other cell is a number that stays itself
/// (<see cref="PlainDecimal.TryParseFaithful"/>); else it is text, spelt as in the file. Reads in one pass, block by
/// block and column by column, with O(table) memory bounded by <see cref="DataLimits.TableBytes"/>; a column whose
/// first text follows numbers costs a second pass for the columns of that kind.
/// </remarks>
public static class CsvTable
{
    /// <summary>Reads a table within the default limits.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no such CSV; the sentence names the line.</exception>
    public static Table Read(Stream stream, CancellationToken cancellationToken) =>
        Read(stream, new DataLimits(), cancellationToken);

    /// <summary>Reads a table within the given limits.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="limits">What the file may hold at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no such CSV; the sentence names the line.</exception>
    public static Table Read(Stream stream, DataLimits limits, CancellationToken cancellationToken)
    {
        DataSource source = DataSource.Of(stream, limits);
        return Read(source, [], limits, cancellationToken);
    }

    /// <summary>Reads a table from text, for tests and pasted data.</summary>
    /// <exception cref="InputException">The text is no such CSV; the sentence names the line.</exception>
    public static Table Parse(string text) => Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None);

    internal static Table Read(
        DataSource source, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken)
    {
        LineCounter lines = new();
        ColumnBuilder[] columns = Scan(source, rules, limits, null, lines, cancellationToken);
        bool[] replay = [.. columns.Select(column => column.NeedsReplay)];
        if (replay.Contains(true))
        {
            ColumnBuilder[] again = Scan(source, rules, limits, replay, new LineCounter(), cancellationToken);
            columns = [.. columns.Select((column, i) => replay[i] ? again[i] : column)];
        }

        return new Table([.. columns.Select(column => column.Finish())], lines.Finish());
    }

    private static ColumnBuilder[] Scan(
        DataSource source, IReadOnlyList<ColumnRule> rules, DataLimits limits, bool[]? only, LineCounter lines,
        CancellationToken cancellationToken)
    {
        using Stream bytes = source.Open();
        CsvBlocks blocks = new(bytes, source.Length, limits);
        ColumnBuilder[] columns = [.. blocks.Names.Select((name, i) =>
            new ColumnBuilder(name, rules.FirstOrDefault(rule => rule.Name == name), only?[i] == true))];
        CsvBlock block = new();
        while (blocks.Next(block))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(block, blocks, columns, only);
            lines.Add(block);
            limits.Refuse(lines.Rows, columns.Sum(column => column.Bytes));
        }

        return columns;
    }

    private static void Add(CsvBlock block, CsvBlocks blocks, ColumnBuilder[] columns, bool[]? only)
    {
        int firstRow = int.MaxValue;
        ColumnBuilder? refused = null;
        for (int i = 0; i < columns.Length; i++)
        {
            if (only?[i] != false && columns[i].Add(block, i) is int row && row < firstRow)
            {
                (firstRow, refused) = (row, columns[i]);
            }
        }

        if (refused is not null)
        {
            blocks.Explain(block);
            throw NoNumber(block, Array.IndexOf(columns, refused), firstRow, refused.Name);
        }
    }

    private static InputException NoNumber(CsvBlock block, int column, int row, string name)
    {
        LineCounter lines = new();
        lines.Add(block);
        return block.TryCell(row, column, out ReadOnlySpan<byte> cell)
            ? DataFault.At(
                lines.Finish().Line(row),
                $"holds '{DataFault.Shorten(Encoding.UTF8.GetString(cell))}' in the column '{name}', which is declared numeric; name it as a missing marker, or declare the column categorical", name)
            : throw new UnreachableException();
    }
}
