using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations;

/// <summary>How much each feature moved the output: mean |attribution| as bars with bootstrap whiskers. Pure.</summary>
internal static class GlobalBarPlot
{
    /// <summary>The most features drawn; the table has all.</summary>
    public const int MostDrawn = 20;

    /// <summary>Draws the ranked importances of one class.</summary>
    /// <param name="importance">At least one feature.</param>
    /// <param name="unit">What the attributions are measured in.</param>
    /// <param name="rows">How many rows were explained.</param>
    /// <exception cref="ArgumentException">There is no feature.</exception>
    public static PlotDrawing Draw(IReadOnlyList<FeatureImportance> importance, AttributionUnit unit, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(importance.Count, nameof(importance));
        IReadOnlyList<RankedFeature> ranked = RankedFeature.Rank(importance);
        RankedFeature[] drawn = [.. ranked.Take(MostDrawn)];
        return new PlotDrawing
        {
            Title = ExplainWords.Headline(ranked, rows),
            Description = $"Mean absolute attribution of each feature, {unit.Words}; whiskers are 95 % bootstrap intervals over "
                + $"{PlainNumbers.Count(rows)} rows. The place of a pale bar could differ with other rows."
                + (drawn.Length < ranked.Count ? $" The first {drawn.Length} of {ranked.Count} are drawn; the table has all." : ""),
            Figure = new PlotFigure(
                [Bars(drawn)],
                Layout(drawn, unit)),
            Table = new PlotTable(
                ["Feature", $"Mean |attribution|, {unit.Words}", "95 % low", "95 % high", "Places open"],
                [.. ranked.Select(feature => (IReadOnlyList<string>)
                [
                    feature.Importance.Feature,
                    PlainNumbers.Value(feature.Importance.MeanAbsolute),
                    PlainNumbers.Value(feature.Importance.Interval[0]),
                    PlainNumbers.Value(feature.Importance.Interval[1]),
                    feature.Ranks,
                ])]),
            Height = PlotJson.RowsHeight(drawn.Length),
        };
    }

    private static JsonObject Bars(IReadOnlyList<RankedFeature> ranked) => new()
    {
        ["type"] = "bar",
        ["orientation"] = "h",
        ["x"] = PlotJson.Numbers(ranked.Select(feature => feature.Importance.MeanAbsolute)),
        ["y"] = PlotJson.Texts(ranked.Select(feature => feature.Importance.Feature)),
        ["marker"] = new JsonObject
        {
            ["color"] = "var(--plot-mass)",
            ["opacity"] = PlotJson.Numbers(ranked.Select(feature => feature.Resolved ? 1 : 0.45)),
        },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(ranked.Select(feature => feature.Importance.Interval[1] - feature.Importance.MeanAbsolute)),
            ["arrayminus"] = PlotJson.Numbers(ranked.Select(feature => feature.Importance.MeanAbsolute - feature.Importance.Interval[0])),
            ["color"] = "var(--ink)",
        },
        ["hovertext"] = PlotJson.Texts(ranked.Select(feature =>
            $"{PlotJson.Escape(feature.Importance.Feature)}: "
            + $"{PlainNumbers.WithInterval(feature.Importance.MeanAbsolute, feature.Importance.Interval)}, rank {feature.Ranks}")),
        ["hoverinfo"] = "text",
        ["showlegend"] = false,
    };

    private static JsonObject Layout(IReadOnlyList<RankedFeature> ranked, AttributionUnit unit) => new()
    {
        ["xaxis"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = $"Mean absolute attribution, {PlotJson.Escape(unit.Words)}" },
            ["rangemode"] = "tozero",
        },
        ["yaxis"] = PlotJson.FeatureAxis(ranked.Select(feature => feature.Importance.Feature)),
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(ranked.Select(feature => feature.Importance.Feature)), ["r"] = 64 },
        ["annotations"] = new JsonArray(
        [
            .. ranked.Select(feature => (JsonNode)PlotJson.RightLabel(
                feature.Importance.Feature, PlainNumbers.Value(feature.Importance.MeanAbsolute), strong: feature.Resolved)),
        ]),
    };
}
