using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Slices;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Slices;

/// <summary>The error tree, a line a node below its parent, with what the held-out rows say of each. Pure.</summary>
internal static class ErrorTreePlot
{
    private const int MostLetters = 26;
    private const int Step = 14; // CSS pixels to the right for each level of the tree

    /// <summary>Draws the tree; the table has every node as a cohort.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="open">The address of a condition as a cohort, which its dots open.</param>
    public static PlotDrawing Draw(SlicesReport report, Func<string, string> open)
    {
        (ErrorTreeNode Node, int Depth)[] lines = [.. ErrorTreeWords.Lines(report.Tree)];
        return new PlotDrawing
        {
            Title = ErrorTreeWords.Finding(report),
            Description = $"{Performance.PerformanceWords.Capital(SlicesWords.Metric(report.Metric))}: filled on {PlainNumbers.Count(report.HeldOut.Rows)} rows that the tree was not grown on, with 95 % intervals; "
                + $"open on the {PlainNumbers.Count(report.Discovery.Rows)} that it was grown on. The line is all held-out rows, {PlainNumbers.Value(report.HeldOut.Value)}.",
            Figure = new PlotFigure([Opening(Grown(lines), lines, open), Opening(HeldOut(lines), lines, open)], Layout(report, lines)),
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

    // All rows are no cohort.
    private static JsonObject Opening(JsonObject dots, (ErrorTreeNode Node, int Depth)[] lines, Func<string, string> open)
    {
        dots["customdata"] = new JsonArray([.. lines.Select(line => line.Node.Parent is null ? null : (JsonNode)open(line.Node.Where))]);
        return dots;
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

    private static JsonObject Layout(SlicesReport report, (ErrorTreeNode Node, int Depth)[] lines)
    {
        int room = lines.Max(line => PlotJson.LabelMargin([Label(line.Node)]) + (Step * line.Depth));
        return new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(Performance.PerformanceWords.Capital(SlicesWords.Metric(report.Metric))) }, ["rangemode"] = "tozero" },
            ["yaxis"] = new JsonObject
            {
                ["range"] = PlotJson.Numbers([lines.Length - 0.5, -0.5]), ["showgrid"] = false, ["showticklabels"] = false, ["zeroline"] = false,
            },
            ["margin"] = new JsonObject { ["l"] = room, ["r"] = 92 },
            ["showlegend"] = false,
            ["shapes"] = new JsonArray([Overall(report), .. ErrorTreeBranches.Of([.. lines.Select(line => line.Depth)], room, Step)]),
            ["annotations"] = new JsonArray([.. lines.Select((line, at) => Name(line.Node, at, (Step * line.Depth) - room)), .. Verdicts(lines)]),
        };
    }

    private static JsonObject Overall(SlicesReport report) => new()
    {
        ["type"] = "line", ["xref"] = "x", ["yref"] = "paper", ["x0"] = report.HeldOut.Value, ["x1"] = report.HeldOut.Value, ["y0"] = 0, ["y1"] = 1,
        ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["width"] = 1 },
    };

    // A label of an axis is set flush right, which hides the shape of a tree; a note stands where it is put.
    private static JsonNode Name(ErrorTreeNode node, int at, int shift) => new JsonObject
    {
        ["x"] = 0, ["xref"] = "paper", ["xanchor"] = "left", ["xshift"] = shift, ["y"] = at, ["yanchor"] = "middle", ["showarrow"] = false,
        ["text"] = PlotJson.Escape(Label(node)), ["font"] = new JsonObject { ["color"] = PlotColor.Ink },
    };

    private static IEnumerable<JsonNode> Verdicts((ErrorTreeNode Node, int Depth)[] lines) => lines
        .Select((line, at) => (line.Node, at)).Where(line => line.Node.IsLeaf && line.Node.AdjustedPValue is not null).Select(line => (JsonNode)new JsonObject
        {
            ["x"] = 1, ["xref"] = "paper", ["xanchor"] = "left", ["xshift"] = 6, ["y"] = line.at, ["yanchor"] = "middle", ["showarrow"] = false,
            ["text"] = line.Node.Confirmed ? "<b>confirmed</b>" : "not confirmed",
            ["font"] = new JsonObject { ["color"] = line.Node.Confirmed ? PlotColor.Ink : PlotColor.Quiet },
        });

    private static string Label(ErrorTreeNode node)
    {
        string text = node.Parent is null ? "all rows" : ErrorTreeWords.Short(node.Split);
        return text.Length <= MostLetters ? text : text[..(MostLetters - 1)] + "…";
    }
}
