using System.Text;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>Writes a table of a self-contained document; every cell is escaped.</summary>
internal static class HtmlTable
{
    /// <summary>A table that scrolls by itself where it is wider than the page.</summary>
    /// <param name="caption">What it holds.</param>
    /// <param name="columns">The heads.</param>
    /// <param name="rows">Cells; the first of a row names it.</param>
    /// <param name="numbersFrom">The first column that is aligned as numbers.</param>
    public static string Write(
        string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int numbersFrom)
    {
        StringBuilder html = new();
        html.Append($"<div class=\"wrap\" tabindex=\"0\" role=\"region\" aria-label=\"{Svg.Escape(caption)}\"><table><caption>{Svg.Escape(caption)}</caption><thead><tr>");
        for (int column = 0; column < columns.Count; column++)
        {
            html.Append($"<th scope=\"col\"{(column >= numbersFrom ? " class=\"num\"" : "")}>{Svg.Escape(columns[column])}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            html.Append($"<tr><th scope=\"row\">{Svg.Escape(row[0])}</th>");
            for (int column = 1; column < row.Count; column++)
            {
                html.Append($"<td{(column >= numbersFrom ? " class=\"num\"" : "")}>{Svg.Escape(row[column])}</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>\n").ToString();
    }

    /// <summary>A table behind a line that opens it.</summary>
    public static string Twin(
        string caption, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, int numbersFrom) =>
        $"<details><summary>Table: {Svg.Escape(caption)}</summary>{Write(caption, columns, rows, numbersFrom)}</details>\n";
}
