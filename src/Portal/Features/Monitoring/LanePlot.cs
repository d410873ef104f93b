using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Alerts;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Draws what monitors read as lanes above one another on one time axis. Pure.</summary>
internal static class LanePlot
{
    private const int LaneHeight = 84;
    private const int GapHeight = 34;
    private const int AxisHeight = 44;
    private const int TopHeight = 18;

    /// <summary>Draws the lanes that there are readings for.</summary>
    /// <param name="board">What the page shows.</param>
    public static PlotDrawing Draw(MonitoringBoard board)
    {
        IReadOnlyList<Lane> lanes = Lanes.Of(board);
        int height = TopHeight + (lanes.Count * LaneHeight) + ((lanes.Count - 1) * GapHeight) + AxisHeight;
        return new PlotDrawing
        {
            Title = MonitoringWords.Course(board),
            Description = "Bands are 95 % intervals of estimates, filled dots what labels showed later. Numbered lines are what happened, listed below; coloured marks are past their limit. Select a window to compare it with the reference.",
            Figure = new PlotFigure([.. lanes.SelectMany((lane, at) => lane.Traces.Select(trace => On(trace, at)))], Layout(board, lanes, height))
            {
                Narrow = new JsonObject { ["margin"] = new JsonObject { ["l"] = 42, ["r"] = 8 } },
            },
            Table = Table(board),
            Height = height,
        };
    }

    private static JsonNode On(JsonObject trace, int at)
    {
        trace["xaxis"] = "x";
        trace["yaxis"] = at == 0 ? "y" : string.Create(CultureInfo.InvariantCulture, $"y{at + 1}");
        return trace;
    }

    private static JsonObject Layout(MonitoringBoard board, IReadOnlyList<Lane> lanes, int height)
    {
        double inner = height - TopHeight - AxisHeight;
        JsonObject layout = new()
        {
            ["margin"] = new JsonObject { ["l"] = 56, ["r"] = 16, ["t"] = TopHeight, ["b"] = AxisHeight },
            ["showlegend"] = false,
            ["bargap"] = 0.1,
            ["xaxis"] = new JsonObject { ["type"] = "date", ["anchor"] = lanes.Count == 1 ? "y" : $"y{lanes.Count}", ["showgrid"] = false, ["nticks"] = 7 },
        };
        JsonArray annotations = [];
        for (int at = 0; at < lanes.Count; at++)
        {
            double top = 1 - (at * (LaneHeight + GapHeight) / inner);
            JsonObject axis = new()
            {
                ["domain"] = PlotJson.Numbers([Math.Max(0, top - (LaneHeight / inner)), top]), ["anchor"] = "x", ["nticks"] = 3, ["fixedrange"] = true,
            };
            foreach ((string key, JsonNode? value) in lanes[at].Axis)
            {
                axis[key] = value?.DeepClone();
            }

            layout[at == 0 ? "yaxis" : $"yaxis{at + 1}"] = axis;
            annotations.Add((JsonNode)new JsonObject
            {
                ["xref"] = "paper", ["x"] = 0, ["xanchor"] = "left", ["yref"] = "paper", ["y"] = top, ["yanchor"] = "bottom", ["showarrow"] = false,
                ["text"] = $"<b>{PlotJson.Escape(lanes[at].Name)}</b> {PlotJson.Escape(lanes[at].Note)}", ["font"] = new JsonObject { ["color"] = "var(--ink)" },
            });
        }

        layout["shapes"] = Shapes(board, annotations);
        layout["annotations"] = annotations;
        return layout;
    }

    private static JsonArray Shapes(MonitoringBoard board, JsonArray annotations)
    {
        JsonArray shapes = [];
        if (board.Window is (DateTimeOffset from, DateTimeOffset to))
        {
            shapes.Add((JsonNode)new JsonObject
            {
                ["type"] = "rect", ["xref"] = "x", ["yref"] = "paper", ["x0"] = MonitoringLink.Text(from), ["x1"] = MonitoringLink.Text(to), ["y0"] = 0, ["y1"] = 1,
                ["fillcolor"] = "var(--accent)", ["opacity"] = 0.12, ["layer"] = "below", ["line"] = new JsonObject { ["width"] = 0 },
            });
        }

        // What happened at one moment shares a line and its numbers.
        foreach ((int nth, IGrouping<DateTimeOffset, int> moment) in Enumerable.Range(0, board.Events.Count).GroupBy(at => board.Events[at].At).Index())
        {
            string x = MonitoringLink.Text(moment.Key);
            shapes.Add((JsonNode)new JsonObject
            {
                ["type"] = "line", ["xref"] = "x", ["yref"] = "paper", ["x0"] = x, ["x1"] = x, ["y0"] = 0, ["y1"] = 1,
                ["line"] = new JsonObject { ["color"] = "var(--ink-3)", ["width"] = 1, ["dash"] = "1px 3px" },
            });
            annotations.Add((JsonNode)new JsonObject
            {
                ["xref"] = "x", ["x"] = x, ["xanchor"] = "center", ["yref"] = "paper", ["y"] = 0, ["yanchor"] = "bottom", ["showarrow"] = false,
                ["yshift"] = 13 * (nth % 3), // so that numbers of neighbours do not cover each other on a phone
                ["text"] = string.Join(", ", moment.Select(at => (at + 1).ToString(CultureInfo.InvariantCulture))), ["bgcolor"] = "var(--surface)", ["font"] = new JsonObject { ["color"] = "var(--ink-2)", ["size"] = 10 },
            });
        }

        return shapes;
    }

    private static PlotTable Table(MonitoringBoard board) => new(
        ["Window", "Series", "Value", "Low", "High", "Reference", "Rows", "Adjusted p", "Verdict"],
        [
            .. board.Readings.OrderByDescending(reading => reading.WindowTo).ThenBy(reading => reading.Monitor, StringComparer.Ordinal).Take(MostRows).Select(reading => (IReadOnlyList<string>)
            [
                AlertWords.Window(reading.WindowFrom, reading.WindowTo),
                new MonitoringSeries(reading.Monitor, reading.Kind, reading.Metric, reading.Column, reading.Cohort, reading.Attribute).Name,
                PlainNumbers.Value(reading.Value), Number(reading.Low), Number(reading.High), Number(reading.Reference), PlainNumbers.Count(reading.Rows),
                reading.Adjusted is double p ? PlainNumbers.Probability(p) : "", MonitoringWords.Word(reading.Verdict),
            ]),
        ]);

    // The whole span stands in the CSV of the page; a page of thousands of rows would open slowly.
    private const int MostRows = 400;

    private static string Number(double? value) => value is double number ? PlainNumbers.Value(number) : "";
}
