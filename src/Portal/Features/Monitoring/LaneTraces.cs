using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Alerts;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.Monitoring;

/// <summary>The marks of the lanes. Each carries the address of its window, which a click opens. Pure.</summary>
internal static class LaneTraces
{
    /// <summary>A line with the band of its intervals; windows that passed their limit have a mark of their own.</summary>
    /// <param name="board">What the page shows.</param>
    /// <param name="readings">Of one or more series; each is a line.</param>
    /// <param name="colour">The first line's series colour, 1 to 6.</param>
    public static IEnumerable<JsonObject> Band(MonitoringBoard board, IReadOnlyList<MonitorReading> readings, int colour)
    {
        int at = 0;
        foreach (MonitorReading[] series in readings.GroupBy(reading => (reading.Monitor, reading.Column, reading.Cohort, reading.Attribute)).Select(group => group.ToArray()))
        {
            string tone = PlotColor.Category(((colour - 1 + at++) % 6) + 1);
            MonitorReading[] wide = [.. series.Where(reading => reading is { Low: not null, High: not null })];
            if (wide.Length > 1)
            {
                JsonObject band = Line(board, wide, tone);
                band["x"] = PlotJson.Texts([.. wide.Select(Middle), .. wide.Reverse().Select(Middle)]);
                band["y"] = PlotJson.Numbers([.. wide.Select(reading => reading.High!.Value), .. wide.Reverse().Select(reading => reading.Low!.Value)]);
                band["fill"] = "toself";
                band["fillcolor"] = tone;
                band["opacity"] = 0.18;
                band["line"] = new JsonObject { ["width"] = 0 };
                band["hoverinfo"] = "skip";
                band.Remove("customdata");
                band.Remove("hovertext");
                yield return band;
            }

            MonitorReading[] floors = [.. series.Where(reading => reading.NoiseFloor is not null)];
            if (floors.Length > 1)
            {
                JsonObject floor = Line(board, floors, PlotColor.Quiet);
                floor["y"] = PlotJson.Numbers(floors.Select(reading => reading.NoiseFloor!.Value));
                floor["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["dash"] = "dot", ["width"] = 1 };
                floor["hoverinfo"] = "skip";
                floor.Remove("customdata");
                floor.Remove("hovertext");
                yield return floor;
            }

            JsonObject line = Line(board, series, tone);
            line["mode"] = series.Length == 1 ? "markers" : "lines";
            yield return line;
            MonitorReading[] loud = [.. series.Where(MonitoringWords.Sounds)];
            if (loud.Length > 0)
            {
                JsonObject marks = Line(board, loud, tone);
                marks["mode"] = "markers";
                marks["marker"] = new JsonObject
                {
                    ["size"] = 8, ["color"] = PlotJson.Texts(loud.Select(reading => PlotColor.Verdict(MonitoringWords.MarkOf(reading.Verdict)))),
                    ["line"] = new JsonObject { ["color"] = PlotColor.Ground, ["width"] = 1 },
                };
                yield return marks;
            }
        }
    }

    /// <summary>Filled dots with their intervals.</summary>
    public static IEnumerable<JsonObject> Dots(MonitoringBoard board, IReadOnlyList<MonitorReading> readings)
    {
        if (readings.Count == 0)
        {
            yield break;
        }

        JsonObject dots = Line(board, readings, PlotColor.Ink);
        dots["mode"] = "markers";
        dots["marker"] = new JsonObject
        {
            ["size"] = 7, ["color"] = PlotJson.Texts(readings.Select(reading => MonitoringWords.Sounds(reading) ? PlotColor.Verdict(MonitoringWords.MarkOf(reading.Verdict)) : PlotColor.Ink)),
        };
        dots["error_y"] = new JsonObject
        {
            ["type"] = "data", ["symmetric"] = false, ["width"] = 0, ["color"] = PlotColor.Quiet,
            ["array"] = PlotJson.Numbers(readings.Select(reading => reading.High - reading.Value ?? 0)),
            ["arrayminus"] = PlotJson.Numbers(readings.Select(reading => reading.Value - reading.Low ?? 0)),
        };
        yield return dots;
    }

    /// <summary>One cell a feature and window, darker the further it lies from the reference.</summary>
    public static JsonObject Heat(MonitoringBoard board, IReadOnlyList<string> features)
    {
        (DateTimeOffset From, DateTimeOffset To)[] windows =
            [.. board.Readings.Where(Lanes.IsFeature).Select(reading => (reading.WindowFrom, reading.WindowTo)).Distinct().OrderBy(window => window.WindowTo)];
        ILookup<(string, DateTimeOffset, DateTimeOffset), MonitorReading> cells =
            board.Readings.Where(Lanes.IsFeature).ToLookup(reading => (reading.Column!, reading.WindowFrom, reading.WindowTo));
        return new JsonObject
        {
            ["type"] = "heatmap",
            ["x"] = PlotJson.Texts(windows.Select(window => MonitoringLink.Text(window.From + ((window.To - window.From) / 2)))),
            ["y"] = PlotJson.Texts(features),
            ["z"] = new JsonArray([.. features.Select(feature => (JsonNode)PlotJson.Numbers(windows.Select(window => cells[(feature, window.From, window.To)].FirstOrDefault()?.Value ?? double.NaN)))]),
            ["zmin"] = 0,
            ["colorscale"] = PlotColor.LowToHigh(),
            ["showscale"] = false,
            ["customdata"] = new JsonArray([.. features.Select(_ => (JsonNode)PlotJson.Texts(windows.Select(window => board.AddressOf(window.From, window.To))))]),
            ["hovertext"] = new JsonArray([.. features.Select(feature => (JsonNode)PlotJson.Texts(windows.Select(window =>
                cells[(feature, window.From, window.To)].FirstOrDefault() is MonitorReading reading ? Hover(reading) : $"{PlotJson.Escape(feature)}: not measured")))]),
            ["hoverinfo"] = "text",
        };
    }

    /// <summary>One bar a window.</summary>
    public static JsonObject Bars(MonitoringBoard board, IReadOnlyList<MonitorReading> readings)
    {
        JsonObject bars = Line(board, readings, PlotColor.Mass);
        bars["type"] = "bar";
        bars.Remove("line");
        bars["marker"] = new JsonObject
        {
            ["color"] = PlotJson.Texts(readings.Select(reading => MonitoringWords.Sounds(reading) ? PlotColor.Verdict(MonitoringWords.MarkOf(reading.Verdict)) : PlotColor.Mass)),
        };
        return bars;
    }

    private static JsonObject Line(MonitoringBoard board, IReadOnlyList<MonitorReading> readings, string colour) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Texts(readings.Select(Middle)),
        ["y"] = PlotJson.Numbers(readings.Select(reading => reading.Value ?? double.NaN)),
        ["line"] = new JsonObject { ["color"] = colour },
        ["hovertext"] = PlotJson.Texts(readings.Select(Hover)),
        ["hoverinfo"] = "text",
        ["customdata"] = PlotJson.Texts(readings.Select(reading => board.AddressOf(reading.WindowFrom, reading.WindowTo))),
        ["showlegend"] = false,
    };

    private static string Middle(MonitorReading reading) => MonitoringLink.Text(reading.WindowFrom + ((reading.WindowTo - reading.WindowFrom) / 2));

    private static string Hover(MonitorReading reading) =>
        $"{PlotJson.Escape(AlertWords.Window(reading.WindowFrom, reading.WindowTo))}<br>{PlotJson.Escape(new MonitoringSeries(reading.Monitor, reading.Kind, reading.Metric, reading.Column, reading.Cohort, reading.Attribute).Name)}: "
        + $"{MonitoringWords.Value(reading)}{MonitoringWords.Interval(reading)}"
        + $"{(reading.NoiseFloor is double floor ? $" (noise floor {MonitoringWords.Value(reading.Kind, floor)})" : "")}"
        + $"{(reading.Adjusted is double p ? $", adjusted p {PlotJson.Escape(PlainNumbers.Probability(p))}" : "")}, {MonitoringWords.Word(reading.Verdict)}";
}
