using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Slices;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Slices;

/// <summary>Slices on held-out rows, as dots with whiskers beside the line of all rows. Pure.</summary>
internal static class SlicesPlot
{
    private const int MostDrawn = 12;

    /// <summary>Draws the first slices; the table has all.</summary>
    public static PlotDrawing Draw(SlicesReport report)
    {
        WeakSlice[] drawn = [.. report.Slices.Where(slice => slice.HeldOut.Rows > 0).Take(MostDrawn)];
        string metric = SlicesWords.Metric(report.Metric);
        int confirmed = report.Slices.Count(slice => slice.Confirmed);
        return new PlotDrawing
        {
            Title = $"{confirmed} of {report.Slices.Count} slices {(confirmed == 1 ? "is" : "are")} confirmed on held-out rows",
            Description = $"{Performance.PerformanceWords.Capital(metric)} of each slice with its 95 % interval; the line is all {PlainNumbers.Count(report.HeldOut.Rows)} held-out rows, {PlainNumbers.Value(report.HeldOut.Value)}."
                + (drawn.Length < report.Slices.Count ? $" The first {drawn.Length} of {report.Slices.Count} are drawn; the table has all." : ""),
            Figure = new PlotFigure(drawn.Length == 0 ? [] : [Dots(drawn)], Layout(report, drawn, metric)),
            Table = new PlotTable(
                ["Slice", "n searched", "Searched", "n held out", "Held out", "95 % low", "95 % high", "p adjusted", "Verdict"],
                [.. report.Slices.Select(slice => (IReadOnlyList<string>)
                [
                    slice.Where, PlainNumbers.Count(slice.Discovery.Rows), PlainNumbers.Value(slice.Discovery.Value), PlainNumbers.Count(slice.HeldOut.Rows),
                    PlainNumbers.Value(slice.HeldOut.Value), slice.HeldOut.Interval is null ? "" : PlainNumbers.Value(slice.HeldOut.Interval[0]),
                    slice.HeldOut.Interval is null ? "" : PlainNumbers.Value(slice.HeldOut.Interval[1]), PlainNumbers.Probability(slice.AdjustedPValue), SlicesWords.Verdict(slice),
                ])]),
            Height = PlotJson.RowsHeight(drawn.Length),
        };
    }

    private static JsonObject Dots(WeakSlice[] drawn) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(drawn.Select(slice => slice.HeldOut.Value)),
        ["y"] = PlotJson.Texts(drawn.Select(slice => slice.Where)),
        ["marker"] = new JsonObject
        {
            ["color"] = PlotColor.Category(1),
            ["size"] = 9,
            ["opacity"] = PlotJson.Numbers(drawn.Select(slice => slice.Confirmed ? 1 : 0.4)),
        },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(drawn.Select(slice => slice.HeldOut.Interval is { } ends ? ends[1] - slice.HeldOut.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(drawn.Select(slice => slice.HeldOut.Interval is { } ends ? slice.HeldOut.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Ink,
        },
        ["hovertext"] = PlotJson.Texts(drawn.Select(slice =>
            $"{PlotJson.Escape(slice.Where)}: {PlainNumbers.WithInterval(slice.HeldOut.Value, slice.HeldOut.Interval)}, n = {PlainNumbers.Count(slice.HeldOut.Rows)}, {SlicesWords.Verdict(slice)}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(SlicesReport report, WeakSlice[] drawn, string metric) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape($"On held-out rows: {metric}") }, ["rangemode"] = "tozero" },
        ["yaxis"] = PlotJson.FeatureAxis(drawn.Select(slice => slice.Where)),
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(drawn.Select(slice => slice.Where)), ["r"] = 92 },
        ["shapes"] = new JsonArray(new JsonObject
        {
            ["type"] = "line",
            ["xref"] = "x",
            ["yref"] = "paper",
            ["x0"] = report.HeldOut.Value,
            ["x1"] = report.HeldOut.Value,
            ["y0"] = 0,
            ["y1"] = 1,
            ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["width"] = 1 },
        }),
        ["annotations"] = new JsonArray([.. drawn.Select(slice => (JsonNode)PlotJson.RightLabel(slice.Where, slice.Confirmed ? "confirmed" : "not confirmed", slice.Confirmed))]),
    };
}
