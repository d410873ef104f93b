using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Monitoring;

/// <summary>A window beside the reference, column by column, from what was counted of both.</summary>
/// <param name="Rows">Rows of the window.</param>
/// <param name="ReferenceRows">Rows of the reference.</param>
/// <param name="Columns">The columns that moved most.</param>
/// <param name="Withheld">Columns whose values the viewer does not see.</param>
public sealed record WindowComparison(long Rows, long ReferenceRows, IReadOnlyList<ColumnShares> Columns, IReadOnlyList<string> Withheld);

/// <summary>The shares of one column's bins or levels in the reference and in a window.</summary>
/// <param name="Column">The column.</param>
/// <param name="Labels">Bins such as "12 to 18", or levels.</param>
/// <param name="Reference">Shares in [0, 1], one a label.</param>
/// <param name="Current">The same of the window.</param>
public sealed record ColumnShares(string Column, IReadOnlyList<string> Labels, IReadOnlyList<double> Reference, IReadOnlyList<double> Current)
{
    /// <summary>Draws both as bars side by side.</summary>
    /// <param name="note">What the monitor said of it.</param>
    public PlotDrawing Draw(string note) => new()
    {
        Title = MonitoringWords.Column(Column),
        Description = note,
        Figure = new PlotFigure(
            [Bars("reference", Reference, PlotColor.Mass), Bars("window", Current, PlotColor.Category(1))],
            new JsonObject
            {
                ["barmode"] = "group",
                ["bargap"] = 0.15,
                ["yaxis"] = new JsonObject { ["tickformat"] = ".0%", ["rangemode"] = "tozero", ["nticks"] = 4 },
                ["xaxis"] = new JsonObject { ["type"] = "category", ["nticks"] = 6 },
                ["legend"] = new JsonObject { ["orientation"] = "h" },
                ["margin"] = new JsonObject { ["t"] = 28, ["l"] = 44 },
            }),
        Table = new PlotTable(
            ["Value", "Reference", "Window"],
            [.. Labels.Select((label, at) => (IReadOnlyList<string>)[label, PlainNumbers.Percent(Reference[at]), PlainNumbers.Percent(Current[at])])]),
        Height = 220,
    };

    /// <summary>A bin in words; the outer ones are open.</summary>
    public static string Bin(IReadOnlyList<double> edges, int bin) =>
        edges.Count == 0 ? "all"
        : bin == 0 ? $"below {Number(edges[0])}"
        : bin == edges.Count ? $"from {Number(edges[^1])}"
        : $"{Number(edges[bin - 1])} to {Number(edges[bin])}";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private JsonNode Bars(string name, IReadOnlyList<double> shares, string colour) => new JsonObject
    {
        ["type"] = "bar",
        ["name"] = name,
        ["x"] = PlotJson.Texts(Labels.Select(PlotJson.Escape)),
        ["y"] = PlotJson.Numbers(shares),
        ["marker"] = new JsonObject { ["color"] = colour },
        ["hovertemplate"] = "%{x}: %{y:.1%}",
    };
}
