using System.Text.Json.Nodes;
using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>How far the second version's scores lie above the first's, as a histogram of rows. Pure.</summary>
internal static class ScoreShiftPlot
{
    /// <summary>Draws it; where all rows move alike there is nothing to draw, and the title says how far.</summary>
    public static PlotDrawing Draw(ComparisonReport report, ScoreShift shift)
    {
        string what = report.Task == "regression" ? "value" : "score";
        return new PlotDrawing
        {
            Title = Title(report, shift, what),
            Description = $"Rows by {report.B}’s {what} less {report.A}’s; right of 0 the second says more. The dashed line is the mean.",
            Figure = new PlotFigure(
                shift.Bins.Count == 0 ? [] :
                [
                    new JsonObject
                    {
                        ["type"] = "bar",
                        ["x"] = PlotJson.Numbers(shift.Bins.Select(bin => (bin.From + bin.To) / 2)),
                        ["y"] = PlotJson.Numbers(shift.Bins.Select(bin => (double)bin.Count)),
                        ["width"] = PlotJson.Numbers(shift.Bins.Select(bin => 0.96 * (bin.To - bin.From))),
                        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1) },
                        ["hovertext"] = PlotJson.Texts(shift.Bins.Select(bin =>
                            $"{PlainNumbers.Signed(bin.From)} to {PlainNumbers.Signed(bin.To)}: {PlainNumbers.Count(bin.Count)} rows")),
                        ["hoverinfo"] = "text",
                    },
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"{PlotJson.Escape(report.B)} less {PlotJson.Escape(report.A)}, {what}" }, ["zeroline"] = true },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Rows" }, ["rangemode"] = "tozero" },
                    ["shapes"] = new JsonArray(new JsonObject
                    {
                        ["type"] = "line", ["xref"] = "x", ["yref"] = "paper", ["x0"] = shift.Mean, ["x1"] = shift.Mean, ["y0"] = 0, ["y1"] = 1,
                        ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 1.5, ["dash"] = "5px 3px" },
                    }),
                    ["margin"] = new JsonObject { ["t"] = 16 },
                    ["showlegend"] = false,
                }),
            Table = new PlotTable(
                ["Moved from", "to", "Rows"],
                [.. shift.Bins.Select(bin => (IReadOnlyList<string>)[PlainNumbers.Signed(bin.From), PlainNumbers.Signed(bin.To), PlainNumbers.Count(bin.Count)])]),
            Height = 420,
        };
    }

    private static string Title(ComparisonReport report, ScoreShift shift, string what)
    {
        string n = $"n = {PlainNumbers.Count(report.Count)}";
        if (shift.Bins.Count == 0)
        {
            return shift.Mean == 0 ? $"Both give every row the same {what}, {n}" : $"Every {what} moves by {PlainNumbers.Signed(shift.Mean)}, {n}";
        }

        string spread = $"9 of 10 rows move by {PlainNumbers.Signed(shift.Quantiles[0])} to {PlainNumbers.Signed(shift.Quantiles[^1])}";
        return shift.Interval is { } ends && (ends[0] > 0 || ends[1] < 0)
            ? $"{report.B} gives {(shift.Mean > 0 ? "higher" : "lower")} {what}s: {PlainNumbers.WithInterval(shift.Mean, shift.Interval)} on average; {spread}, {n}"
            : $"The {what}s do not shift on average: {PlainNumbers.WithInterval(shift.Mean, shift.Interval)}; {spread}, {n}";
    }
}
