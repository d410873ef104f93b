using System.Text.Json.Nodes;
using Governance.Audit.Drift;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Drift;

/// <summary>Both samples of a column over each other, in shares. Pure.</summary>
internal static class DriftPlot
{
    /// <summary>Draws a column that has counts.</summary>
    public static PlotDrawing Draw(ColumnDrift column)
    {
        DriftHistogram counts = column.Histogram!;
        string[] cells = [.. Enumerable.Range(0, counts.Reference.Count).Select(cell => Cell(counts, cell))];
        double[] before = Shares(counts.Reference);
        double[] now = Shares(counts.Current);
        return new PlotDrawing
        {
            Title = DriftWords.Title(column),
            Description = $"Shares of {PlainNumbers.Count(column.ReferenceCount)} reference values (wide bars) and {PlainNumbers.Count(column.CurrentCount)} current values (narrow bars); the ends are open.",
            Figure = new PlotFigure(
                [Bars("reference", cells, before, counts.Reference, PlotColor.Mass, 0.9), Bars("current", cells, now, counts.Current, PlotColor.Category(1), 0.4)],
                new JsonObject
                {
                    ["barmode"] = "overlay",
                    ["xaxis"] = new JsonObject
                    {
                        ["type"] = "category", ["categoryorder"] = "array", ["categoryarray"] = PlotJson.Texts(cells), ["showgrid"] = false,
                        ["tickvals"] = PlotJson.Texts(Ticks(cells)), ["ticktext"] = PlotJson.Texts(Ticks(cells).Select(Label)),
                    },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "share of values" }, ["rangemode"] = "tozero", ["tickformat"] = ".0%" },
                    ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.12 },
                    ["showlegend"] = true,
                }),
            Table = new PlotTable(
                ["Values", "Reference", "Share", "Current", "Share now"],
                [.. cells.Select((cell, i) => (IReadOnlyList<string>)
                [
                    cell, PlainNumbers.Count(counts.Reference[i]), PlainNumbers.Percent(before[i]), PlainNumbers.Count(counts.Current[i]), PlainNumbers.Percent(now[i]),
                ])]),
            Height = 300,
        };
    }

    private static JsonObject Bars(string name, string[] cells, double[] shares, IReadOnlyList<long> counts, string color, double width) => new()
    {
        ["type"] = "bar",
        ["name"] = name,
        ["x"] = PlotJson.Texts(cells),
        ["y"] = PlotJson.Numbers(shares),
        ["width"] = width,
        ["marker"] = new JsonObject { ["color"] = color },
        ["hovertext"] = PlotJson.Texts(cells.Select((cell, i) => $"{PlotJson.Escape(cell)}: {name} {PlainNumbers.Percent(shares[i])} ({PlainNumbers.Count(counts[i])})")),
        ["hoverinfo"] = "text",
    };

    private static string Cell(DriftHistogram counts, int cell) =>
        counts.Levels is { } levels ? levels[cell]
        : counts.Edges is not { } edges ? $"level {cell + 1}"
        : cell == 0 ? $"below {PlainNumbers.Value(edges[0])}"
        : cell == edges.Count ? $"{PlainNumbers.Value(edges[^1])} or more"
        : $"{PlainNumbers.Value(edges[cell - 1])} to {PlainNumbers.Value(edges[cell])}";

    // A few labels that do not run into each other; the table names all cells.
    private static IEnumerable<string> Ticks(string[] cells) =>
        cells.Where((_, i) => cells.Length <= 6 || i == 0 || i == cells.Length - 1 || i % ((cells.Length / 4) + 1) == 0);

    private static string Label(string cell) => PlotJson.Escape(cell.Length <= 14 ? cell : cell[..13] + "…");

    private static double[] Shares(IReadOnlyList<long> counts)
    {
        double all = Math.Max(1, counts.Sum());
        return [.. counts.Select(count => count / all)];
    }
}
