using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Features.Profiles;

/// <summary>What is lost without each feature, as bars with whiskers. Pure.</summary>
internal static class PermutationPlot
{
    /// <summary>Draws the first features; the table has all.</summary>
    public static PlotDrawing Draw(PermutationReport report)
    {
        PermutedFeature[] drawn = [.. report.Features.Take(GlobalBarPlot.MostDrawn)];
        string metric = ImportanceWords.Metric(report.Metric);
        return new PlotDrawing
        {
            Title = $"How much of {metric} is lost without each feature",
            Description = $"Each feature shuffled {report.Repeats} times; whiskers are 95 % bootstrap intervals over {PlainNumbers.Count(report.Rows)} rows."
                + (drawn.Length < report.Features.Count ? $" The first {drawn.Length} of {report.Features.Count} are drawn; the table has all." : ""),
            Figure = new PlotFigure([Bars(drawn)], Layout(drawn, metric)),
            Table = new PlotTable(
                ["Feature", $"Lost of {metric}", "95 % low", "95 % high", "Standard error of the shuffles"],
                [.. report.Features.Select(feature => (IReadOnlyList<string>)
                [
                    feature.Feature, PlainNumbers.Signed(feature.Importance), PlainNumbers.Signed(feature.Interval[0]), PlainNumbers.Signed(feature.Interval[1]),
                    feature.StandardError is null ? "" : PlainNumbers.Value(feature.StandardError),
                ])]),
            Height = PlotJson.RowsHeight(drawn.Length),
        };
    }

    private static JsonObject Bars(PermutedFeature[] drawn) => new()
    {
        ["type"] = "bar",
        ["orientation"] = "h",
        ["x"] = PlotJson.Numbers(drawn.Select(feature => feature.Importance)),
        ["y"] = PlotJson.Texts(drawn.Select(feature => feature.Feature)),
        ["marker"] = new JsonObject
        {
            ["color"] = PlotColor.Mass,
            ["opacity"] = PlotJson.Numbers(drawn.Select(feature => feature.Interval[0] > 0 ? 1 : 0.45)),
        },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(drawn.Select(feature => feature.Interval[1] - feature.Importance)),
            ["arrayminus"] = PlotJson.Numbers(drawn.Select(feature => feature.Importance - feature.Interval[0])),
            ["color"] = PlotColor.Ink,
        },
        ["hovertext"] = PlotJson.Texts(drawn.Select(feature =>
            $"{PlotJson.Escape(feature.Feature)}: {PlainNumbers.WithInterval(feature.Importance, feature.Interval)}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(PermutedFeature[] drawn, string metric) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape($"Lost of {metric}") }, ["zeroline"] = true },
        ["yaxis"] = PlotJson.FeatureAxis(drawn.Select(feature => feature.Feature)),
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(drawn.Select(feature => feature.Feature)), ["r"] = 64 },
        ["annotations"] = new JsonArray(
            [.. drawn.Select(feature => (JsonNode)PlotJson.RightLabel(feature.Feature, PlainNumbers.Signed(feature.Importance), strong: feature.Interval[0] > 0))]),
    };
}
