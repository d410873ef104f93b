using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Numbers of dots, short enough that thousands of them make a small page. Pure.</summary>
internal static class PlotNumbers
{
    /// <summary>Five significant digits: below what a pixel can show.</summary>
    public static double Short(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    /// <summary>A cell for a hover box: a short number, a text, or "missing"; null without a column.</summary>
    public static JsonNode? Cell(Column? column, int row) => column switch
    {
        null => null,
        NumberColumn when !column.IsMissing(row) => JsonValue.Create(Short(column.Number(row))),
        _ => JsonValue.Create(PlotJson.Escape(column.Text(row) ?? "missing")),
    };
}
