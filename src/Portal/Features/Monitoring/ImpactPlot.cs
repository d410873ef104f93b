using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Draws how far features moved against how much the model leans on them. Pure.</summary>
internal static class ImpactPlot
{
    private const int Named = 8;

    /// <summary>Draws the window that is looked at.</summary>
    /// <param name="board">What the page shows.</param>
    public static PlotDrawing Draw(MonitoringBoard board)
    {
        MonitorReading[] features =
        [
            .. board.Chosen.Where(Lanes.IsFeature).GroupBy(reading => reading.Column!).Select(column => column.MaxBy(reading => reading.Value)!)
                .OrderByDescending(reading => reading.Value * board.Importance.GetValueOrDefault(reading.Column!, 0)),
        ];
        MonitorReading? most = features.FirstOrDefault(MonitoringWords.Sounds);
        return new PlotDrawing
        {
            Title = most is null ? $"None of {PlainNumbers.Count(features.Length)} features passed its limit in this window"
                : $"{most.Column} moved {PlainNumbers.Value(most.Value)} and carries {PlainNumbers.Percent(board.Importance.GetValueOrDefault(most.Column!, 0))} of the attribution",
            Description = "Each dot is a feature: to the right it moved further from the reference, upwards the model leans on it more. Filled marks passed their limit.",
            Figure = new PlotFigure(features.Length == 0 ? [] : [Dots(board, features)], Layout(board, features)),
            Table = new PlotTable(
                ["Feature", "Distance", "Share of attribution", "Adjusted p", "Verdict"],
                [.. features.Select(reading => (IReadOnlyList<string>)
                    [reading.Column!, PlainNumbers.Value(reading.Value), PlainNumbers.Percent(board.Importance.GetValueOrDefault(reading.Column!, 0)),
                        reading.Adjusted is double p ? PlainNumbers.Probability(p) : "", MonitoringWords.Word(reading.Verdict)])]),
            Height = 320,
        };
    }

    private static JsonNode Dots(MonitoringBoard board, MonitorReading[] features) => new JsonObject
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers(features.Select(reading => reading.Value!.Value)),
        ["y"] = PlotJson.Numbers(features.Select(reading => board.Importance.GetValueOrDefault(reading.Column!, 0))),
        ["marker"] = new JsonObject
        {
            ["size"] = 9,
            ["color"] = PlotJson.Texts(features.Select(reading => MonitoringWords.Sounds(reading) ? PlotColor.Verdict(MonitoringWords.MarkOf(reading.Verdict)) : PlotColor.Mass)),
        },
        ["hovertext"] = PlotJson.Texts(features.Select(reading =>
            $"{PlotJson.Escape(reading.Column!)}: distance {PlainNumbers.Value(reading.Value)}, {PlainNumbers.Percent(board.Importance.GetValueOrDefault(reading.Column!, 0))} of the attribution, {MonitoringWords.Word(reading.Verdict)}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(MonitoringBoard board, MonitorReading[] features) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Distance from the reference" }, ["rangemode"] = "tozero" },
        ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Share of attribution" }, ["rangemode"] = "tozero", ["tickformat"] = ".0%" },
        ["margin"] = new JsonObject { ["l"] = 64, ["r"] = 72 },
        ["annotations"] = new JsonArray(
        [
            .. features.Take(Named).Select(reading => (JsonNode)new JsonObject
            {
                ["x"] = reading.Value!.Value, ["y"] = board.Importance.GetValueOrDefault(reading.Column!, 0), ["xanchor"] = "left", ["xshift"] = 7,
                ["text"] = PlotJson.Escape(reading.Column!.Length <= 22 ? reading.Column : reading.Column[..21] + "…"), ["showarrow"] = false,
            }),
        ]),
    };
}
