using System.Buffers;
using System.Text;
using Governance.Audit.Data;
using Governance.Registry.Datasets;

namespace Governance.Audit.Privacy;

/// <summary>Writes rows as a CSV that is read back to the same cells.</summary>
internal static class RewriteRows
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n \t");

    /// <summary>UTF-8 with a header. Missing cells are empty, whatever stood for them; text is not made safe for spreadsheets.</summary>
    /// <remarks>
    /// A cell is data for models here, so none is changed: <see cref="CsvWriter"/> would put an apostrophe before text that
    /// begins like a formula, and the model would then read another level.
    /// </remarks>
    public static byte[] Run(Table table, IReadOnlyList<DatasetColumn> columns)
    {
        StringBuilder text = new();
        text.AppendJoin(',', columns.Select(column => Quote(column.Name))).Append("\r\n");
        Column[] ordered = [.. columns.Select(column => table.Need(column.Name))];
        for (int row = 0; row < table.Rows; row++)
        {
            int at = row;
            string line = string.Join(',', ordered.Select(column => Quote(column.Text(at) ?? "")));
            text.Append(line.Length == 0 ? "\"\"" : line).Append("\r\n"); // an empty line would be no row
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
