using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Slices;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Slices;

/// <summary>The error tree, a line a node below its parent, with what the held-out rows say of each. Pure.</summary>
internal static class ErrorTreePlot
{
    private const string Indent = "\u2003"; // an em space: Plotly keeps it at the beginning of a label
    private const int MostLetters = 30;

    /// <summary>Draws the tree; the table has every node as a cohort.</summary>
    public static PlotDrawing Draw(SlicesReport report)
    {
        (ErrorTreeNode Node, int Depth)[] lines = [.. ErrorTreeWords.Lines(report.Tree)];
        string[] labels = [.. lines.Select(line => Label(line.Node, line.Depth))];
        return new PlotDrawing
        {
            Title = ErrorTreeWords.Finding(report),
            Description = $"{Performance.PerformanceWords.Capital(SlicesWords.Metric(report.Metric))}: filled on {PlainNumbers.Count(report.HeldOut.Rows)} rows that the tree was not grown on, with 95 % intervals; "
                + $"open on the {PlainNumbers.Count(report.Discovery.Rows)} that it was grown on. The line is all held-out rows, {PlainNumbers.Value(report.HeldOut.Value)}.",
            Figure = new PlotFigure([Grown(lines), HeldOut(lines)], Layout(report, lines, labels)),
            Table = new PlotTable(
                ["Node, as a cohort", "Kind", "n grown on", "Grown on", "n held out", "Held out [95 %]", "Difference to the rest [95 %]", "p adjusted", "Verdict"],
                [.. lines.Select(line => (IReadOnlyList<string>)
                [
                    line.Node.Parent is null ? "all rows" : line.Node.Where, line.Node.IsLeaf ? "leaf" : "split", PlainNumbers.Count(line.Node.Rows), PlainNumbers.Value(line.Node.Value),
                    PlainNumbers.Count(line.Node.HeldOut.Rows), PlainNumbers.WithInterval(line.Node.HeldOut.Value, line.Node.HeldOut.Interval),
                    double.IsNaN(line.Node.Difference) ? "" : PlainNumbers.WithInterval(line.Node.Difference, line.Node.DifferenceInterval),
                    PlainNumbers.Probability(line.Node.AdjustedPValue), ErrorTreeWords.Verdict(line.Node),
                ])]),
            Height = PlotJson.RowsHeight(lines.Length),
        };
    }

    private static JsonObject Grown((ErrorTreeNode Node, int Depth)[] lines) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(lines.Select(line => line.Node.Value)),
        ["y"] = PlotJson.Numbers(lines.Select((_, at) => (double)at)),
        ["marker"] = new JsonObject { ["symbol"] = "circle-open", ["size"] = 7, ["color"] = PlotColor.Quiet },
        ["hovertext"] = PlotJson.Texts(lines.Select(line => $"grown on: {PlainNumbers.Value(line.Node.Value)}, n = {PlainNumbers.Count(line.Node.Rows)}")),
        ["hoverinfo"] = "text",
    };

    private static JsonObject HeldOut((ErrorTreeNode Node, int Depth)[] lines) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(lines.Select(line => line.Node.HeldOut.Value)),
        ["y"] = PlotJson.Numbers(lines.Select((_, at) => (double)at)),
        ["marker"] = new JsonObject
        {
            ["color"] = new JsonArray([.. lines.Select(line => (JsonNode)(line.Node.IsLeaf ? PlotColor.Category(1) : PlotColor.Category(6)))]),
            ["size"] = PlotJson.Numbers(lines.Select(line => line.Node.IsLeaf ? 9.0 : 7)),
            ["opacity"] = PlotJson.Numbers(lines.Select(line => !line.Node.IsLeaf || line.Node.Confirmed ? 1 : 0.5)),
        },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(lines.Select(line => line.Node.HeldOut.Interval is { } ends ? ends[1] - line.Node.HeldOut.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(lines.Select(line => line.Node.HeldOut.Interval is { } ends ? line.Node.HeldOut.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Ink,
        },
        ["hovertext"] = PlotJson.Texts(lines.Select(line =>
            $"{PlotJson.Escape(line.Node.Parent is null ? "all rows" : line.Node.Where)}: {PlainNumbers.WithInterval(line.Node.HeldOut.Value, line.Node.HeldOut.Interval)}, n = {PlainNumbers.Count(line.Node.HeldOut.Rows)} held out")),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Layout(SlicesReport report, (ErrorTreeNode Node, int Depth)[] lines, string[] labels) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(Performance.PerformanceWords.Capital(SlicesWords.Metric(report.Metric))) }, ["rangemode"] = "tozero" },
        ["yaxis"] = new JsonObject
        {
            ["range"] = PlotJson.Numbers([lines.Length - 0.5, -0.5]),
            ["showgrid"] = false,
            ["ticklabelstandoff"] = 6,
            ["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, lines.Length).Select(at => (double)at)),
            ["ticktext"] = PlotJson.Texts(labels.Select(PlotJson.Escape)),
        },
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(labels) + 24, ["r"] = 92 },
        ["showlegend"] = false,
        ["shapes"] = new JsonArray(new JsonObject
        {
            ["type"] = "line", ["xref"] = "x", ["yref"] = "paper", ["x0"] = report.HeldOut.Value, ["x1"] = report.HeldOut.Value, ["y0"] = 0, ["y1"] = 1,
            ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["width"] = 1 },
        }),
        ["annotations"] = new JsonArray(
        [
            .. lines.Select((line, at) => (line.Node, at)).Where(line => line.Node.IsLeaf && line.Node.AdjustedPValue is not null).Select(line => (JsonNode)new JsonObject
            {
                ["x"] = 1, ["xref"] = "paper", ["xanchor"] = "left", ["xshift"] = 6, ["y"] = line.at, ["yanchor"] = "middle", ["showarrow"] = false,
                ["text"] = line.Node.Confirmed ? "<b>confirmed</b>" : "not confirmed",
                ["font"] = new JsonObject { ["color"] = line.Node.Confirmed ? PlotColor.Ink : PlotColor.Quiet },
            }),
        ]),
    };

    private static string Label(ErrorTreeNode node, int depth)
    {
        string text = node.Parent is null ? "all rows" : ErrorTreeWords.Short(node.Split);
        int room = MostLetters - (2 * depth);
        return string.Concat(Enumerable.Repeat(Indent, depth)) + (text.Length <= room ? text : text[..(room - 1)] + "…");
    }
}
