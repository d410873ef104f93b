using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Slices;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Slices;

/// <summary>A metric over two columns as a heat map of the held-out rows. Pure.</summary>
internal static class ErrorMapPlot
{
    /// <summary>Draws it; cells that the held-out rows confirm bear a mark.</summary>
    /// <param name="grid">What was measured.</param>
    /// <param name="hidden">Cells that the person is not shown.</param>
    /// <param name="open">The address of a condition as a cohort, which its cell opens.</param>
    public static PlotDrawing Draw(ErrorGrid grid, IReadOnlySet<(int First, int Second)> hidden, Func<string, string> open)
    {
        GridCell[] cells = [.. grid.Cells.Where(cell => !hidden.Contains((cell.First, cell.Second)))];
        int[] rows = [.. cells.Select(cell => cell.First).Distinct().Order()];
        int[] columns = [.. cells.Select(cell => cell.Second).Distinct().Order()];
        JsonArray z = [];
        JsonArray text = [];
        JsonArray hover = [];
        JsonArray opens = [];
        foreach (int row in rows)
        {
            GridCell?[] line = [.. columns.Select(column => cells.FirstOrDefault(cell => cell.First == row && cell.Second == column))];
            z.Add((JsonNode)PlotJson.Numbers(line.Select(cell => cell?.HeldOut.Value ?? double.NaN)));
            text.Add((JsonNode)PlotJson.Texts(line.Select(cell => cell is null ? "" : cell.HeldOut.Rows == 0 ? "" : $"{(cell.Confirmed ? "● " : "")}{PlainNumbers.Value(cell.HeldOut.Value)}")));
            opens.Add((JsonNode)new JsonArray([.. line.Select(cell => cell is null ? null : (JsonNode)open(cell.Where))]));
            hover.Add((JsonNode)PlotJson.Texts(line.Select(cell => cell is null ? "" : PlotJson.Escape($"{cell.Where}: held out {PlainNumbers.WithInterval(cell.HeldOut.Value, cell.HeldOut.Interval)}, n = {PlainNumbers.Count(cell.HeldOut.Rows)}; searched {PlainNumbers.Value(cell.Discovery.Value)}, n = {PlainNumbers.Count(cell.Discovery.Rows)}"))));
        }

        return new PlotDrawing
        {
            Title = Title(grid, cells),
            Description = $"{Performance.PerformanceWords.Capital(SlicesWords.Metric(grid.Metric))} of held-out rows by {grid.First.Column} (down) and {grid.Second.Column} (across); a dot marks cells that stood out on the other half and are confirmed here.",
            Figure = new PlotFigure(
                cells.Length == 0 ? [] :
                [
                    new JsonObject
                    {
                        ["type"] = "heatmap",
                        ["x"] = PlotJson.Texts(columns.Select(column => Part(grid.Second, column))),
                        ["y"] = PlotJson.Texts(rows.Select(row => Part(grid.First, row))),
                        ["z"] = z,
                        ["text"] = text,
                        ["texttemplate"] = "%{text}",
                        ["hovertext"] = hover,
                        ["customdata"] = opens,
                        ["hoverinfo"] = "text",
                        ["coloraxis"] = "coloraxis",
                    },
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["type"] = "category", ["showgrid"] = false, ["title"] = new JsonObject { ["text"] = PlotJson.Escape(grid.Second.Column) } },
                    ["yaxis"] = new JsonObject { ["type"] = "category", ["showgrid"] = false, ["autorange"] = "reversed", ["title"] = new JsonObject { ["text"] = PlotJson.Escape(grid.First.Column) } },
                    ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(rows.Select(row => Part(grid.First, row))) + 24, ["b"] = 72 },
                    ["coloraxis"] = new JsonObject { ["colorscale"] = PlotColor.Diverging(), ["cmid"] = grid.HeldOut.Value },
                })
                {
                    // The cells bear their numbers, and need the room to be read; the sentence above names both columns.
                    Narrow = new JsonObject
                    {
                        ["coloraxis"] = new JsonObject { ["showscale"] = false },
                        ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "" } },
                        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(rows.Select(row => Part(grid.First, row))), ["r"] = 4 },
                    },
                },
            Table = new PlotTable(
                ["Cell, as a cohort", "n held out", "Held out [95 %]", "n searched", "Searched", "Difference to the rest [95 %]", "p adjusted", "Verdict"],
                [
                    .. cells.OrderByDescending(cell => cell.Confirmed).ThenBy(cell => cell.AdjustedPValue ?? 2).Select(cell => (IReadOnlyList<string>)
                    [
                        cell.Where, PlainNumbers.Count(cell.HeldOut.Rows), PlainNumbers.WithInterval(cell.HeldOut.Value, cell.HeldOut.Interval), PlainNumbers.Count(cell.Discovery.Rows),
                        PlainNumbers.Value(cell.Discovery.Value), double.IsNaN(cell.Difference) ? "" : PlainNumbers.WithInterval(cell.Difference, cell.DifferenceInterval),
                        PlainNumbers.Probability(cell.AdjustedPValue), cell.Confirmed ? "confirmed" : cell.AdjustedPValue is null ? "did not stand out, or too few rows" : "not confirmed",
                    ]),
                ]),
            Height = Math.Max(260, 150 + (34 * rows.Length)),
        };
    }

    // The axis names the column: a range is shorter without it.
    private static string Part(GridAxis axis, int part)
    {
        string column = Audit.Cohorts.CohortText.Column(axis.Column);
        return PlotJson.Escape(axis.Parts[part].Replace($"{column} ", "", StringComparison.Ordinal).Replace("<=", "≤", StringComparison.Ordinal).Replace(">=", "≥", StringComparison.Ordinal).Replace("> ", ">", StringComparison.Ordinal).Replace(" and ≤ ", " to ", StringComparison.Ordinal));
    }

    private static string Title(ErrorGrid grid, GridCell[] cells)
    {
        string metric = SlicesWords.Metric(grid.Metric);
        GridCell[] confirmed = [.. cells.Where(cell => cell.Confirmed)];
        return confirmed.Length == 0
            ? $"No cell of {grid.First.Column} and {grid.Second.Column} is worse beyond chance on rows that were not looked at, n = {PlainNumbers.Count(grid.HeldOut.Rows)}"
            : confirmed.MaxBy(cell => cell.Difference) is { } worst
            ? $"Where {worst.Where}, {metric} is {PlainNumbers.WithInterval(worst.HeldOut.Value, worst.HeldOut.Interval)} against {PlainNumbers.Value(grid.HeldOut.Value)} overall, n = {PlainNumbers.Count(worst.HeldOut.Rows)} held out"
            : "";
    }
}
