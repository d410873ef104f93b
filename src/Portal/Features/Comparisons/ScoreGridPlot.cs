using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Every row by both versions' scores, counted on a grid: off the line the two differ, in colour they decide differently. Pure.</summary>
internal static class ScoreGridPlot
{
    private const double LargestDot = 22; // CSS pixels across, for the fullest cell; area is in proportion to its rows
    private const double SmallestDot = 3;

    /// <summary>Draws the grid.</summary>
    /// <param name="report">The comparison that it belongs to.</param>
    /// <param name="grid">Its grid.</param>
    public static PlotDrawing Draw(ComparisonReport report, ScoreGrid grid)
    {
        int rows = grid.Cells.Sum(cell => cell.Count);
        string what = report.Task == "regression" ? "value" : "score";
        string axis = report.Positive is null ? what : $"score of {PlotJson.Escape(report.Positive)}";
        double edge = (grid.High - grid.Low) * 0.02;
        JsonArray range = PlotJson.Numbers([grid.Low - edge, grid.High + edge]);
        return new PlotDrawing
        {
            Title = Title(report, grid, what, rows),
            Description = $"Each dot is a cell of {grid.Bins} by {grid.Bins} {what}s, larger with more rows; on the line both give the same {what}."
                + (report.Flips is null ? "" : " Coloured dots hold rows that the two decide differently."),
            Figure = new PlotFigure(
                [
                    Diagonal(grid),
                    Dots(grid, cell => cell.Count - cell.Gained - cell.Lost, "decided alike", PlotColor.Mass, "circle", what),
                    Dots(grid, cell => cell.Lost, "lose the favourable outcome", PlotColor.Category(2), "diamond", what),
                    Dots(grid, cell => cell.Gained, "gain the favourable outcome", PlotColor.Category(1), "square", what),
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"{PlotJson.Escape(report.A)}: {axis}" }, ["range"] = range },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"{PlotJson.Escape(report.B)}: {axis}" }, ["range"] = range.DeepClone() },
                    ["margin"] = new JsonObject { ["t"] = 16 },
                    ["showlegend"] = false,
                }),
            Table = new PlotTable(
                [$"{report.A}, middle of the cell", $"{report.B}, middle of the cell", "Rows", "Gained", "Lost"],
                [
                    .. grid.Cells.Select(cell => (IReadOnlyList<string>)
                    [
                        PlainNumbers.Value(grid.Middle(cell.A)), PlainNumbers.Value(grid.Middle(cell.B)), PlainNumbers.Count(cell.Count),
                        PlainNumbers.Count(cell.Gained), PlainNumbers.Count(cell.Lost),
                    ]),
                ]),
            Height = 420,
        };
    }

    private static string Title(ComparisonReport report, ScoreGrid grid, string what, int rows)
    {
        string alike = report.Scores switch
        {
            { Correlation: double correlation, MeanDistance: double distance } =>
                $"The two {what}s differ by {PlainNumbers.Value(distance)} on average, correlation {PlainNumbers.Value(correlation)}",
            { MeanDistance: double distance } => $"The two {what}s differ by {PlainNumbers.Value(distance)} on average",
            _ => $"The two {what}s of each row",
        };
        int gained = grid.Cells.Sum(cell => cell.Gained);
        int lost = grid.Cells.Sum(cell => cell.Lost);
        return report.Flips is null || gained + lost == 0 ? $"{alike}, n = {PlainNumbers.Count(rows)}"
            : $"{alike}; {PlainNumbers.Count(gained)} rows gain and {PlainNumbers.Count(lost)} lose the favourable outcome, n = {PlainNumbers.Count(rows)}";
    }

    private static JsonObject Diagonal(ScoreGrid grid) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = "the same",
        ["x"] = PlotJson.Numbers([grid.Low, grid.High]),
        ["y"] = PlotJson.Numbers([grid.Low, grid.High]),
        ["line"] = new JsonObject { ["color"] = "var(--plot-zero)", ["width"] = 1, ["dash"] = "1px 3px" },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Dots(ScoreGrid grid, Func<ScoreCell, int> count, string name, string color, string symbol, string what)
    {
        ScoreCell[] cells = [.. grid.Cells.Where(cell => count(cell) > 0)];
        double most = Math.Max(1, grid.Cells.Max(cell => cell.Count));
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = name,
            ["x"] = PlotJson.Numbers(cells.Select(cell => grid.Middle(cell.A))),
            ["y"] = PlotJson.Numbers(cells.Select(cell => grid.Middle(cell.B))),
            ["marker"] = new JsonObject
            {
                ["color"] = color,
                ["symbol"] = symbol,
                ["size"] = PlotJson.Numbers(cells.Select(cell => Math.Max(SmallestDot, LargestDot * Math.Sqrt(count(cell) / most)))),
            },
            ["hovertext"] = PlotJson.Texts(cells.Select(cell =>
                $"{what}s about {PlainNumbers.Value(grid.Middle(cell.A))} and {PlainNumbers.Value(grid.Middle(cell.B))}: {PlainNumbers.Count(count(cell))} rows {name}")),
            ["hoverinfo"] = "text",
        };
    }
}
