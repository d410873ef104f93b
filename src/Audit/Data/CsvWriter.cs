using System.Buffers;
using System.Globalization;

namespace Governance.Audit.Data;

/// <summary>Writes CSV that a spreadsheet does not run: RFC 4180, UTF-8, CRLF.</summary>
/// <remarks>
/// Text that begins like a formula (<c>= + - @</c>, tab, CR, LF or a full-width form) gets an apostrophe in front, which
/// spreadsheets do not show; plain numbers stay numbers, also negative ones. The browser's twin of this rule is
/// js/csv.js, and both are held to the same table of examples.
/// </remarks>
public sealed class CsvWriter(TextWriter target)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes one line of text cells; null is an empty cell.</summary>
    public void Row(params IEnumerable<string?> cells)
    {
        target.Write(string.Join(',', cells.Select(Cell)));
        target.Write("\r\n");
    }

    /// <summary>Writes a table with its header.</summary>
    public void Table(Table table)
    {
        Row(table.Columns.Select(column => column.Name));
        for (int row = 0; row < table.Rows; row++)
        {
            Row(table.Columns.Select(column => column.Text(row)));
        }
    }

    /// <summary>A number as a cell: in its shortest round-trip form, empty where it is not finite.</summary>
    public static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        string safe = FormulaText.IsFormula(text) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
