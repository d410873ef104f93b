using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations.Summaries;

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
    public static PlotDrawing Draw(IReadOnlyList<FeatureImportance> importance, AttributionUnit unit, int rows) =>
        Draw(importance, unit, rows, [], []);

    /// <summary>Draws them with what is known of their order and of features that say much the same.</summary>
    /// <param name="importance">At least one feature.</param>
    /// <param name="unit">What the attributions are measured in.</param>
    /// <param name="rows">How many rows were explained.</param>
    /// <param name="ahead">For each place but the last the probability that it stays ahead of the next; or none.</param>
    /// <param name="groups">Groups that brackets join.</param>
    /// <exception cref="ArgumentException">There is no feature.</exception>
    public static PlotDrawing Draw(
        IReadOnlyList<FeatureImportance> importance, AttributionUnit unit, int rows, IReadOnlyList<double> ahead, IReadOnlyList<JointAttribution> groups)
    {
        ArgumentOutOfRangeException.ThrowIfZero(importance.Count, nameof(importance));
        IReadOnlyList<RankedFeature> ranked = RankedFeature.Rank(importance);
        RankedFeature[] drawn = [.. ranked.Take(MostDrawn)];
        List<string> names = [.. drawn.Select(feature => feature.Importance.Feature)];
        return new PlotDrawing
        {
            Title = ExplainWords.Headline(ranked, rows),
            Description = $"Mean absolute attribution of each feature, {unit.Words}; whiskers are 95 % {(rows < MeanAttributions.LeastRows ? "bootstrap " : "")}intervals over "
                + $"{PlainNumbers.Count(rows)} rows. The place of a pale bar could differ with other rows."
                + (ahead.Count > 0 ? " ≈ marks a bar that would stay ahead of the next in fewer than 95 % of draws of such rows." : "")
                + (groups.Count > 0 ? " A bracket joins features that say much the same." : "")
                + (drawn.Length < ranked.Count ? $" The first {drawn.Length} of {ranked.Count} are drawn; the table has all." : ""),
            Figure = new PlotFigure(
                [Bars(drawn)],
                Layout(drawn, unit, ahead, GroupBrackets.Shapes(groups, names), GroupBrackets.Letters(groups, names))),
            Table = new PlotTable(
                [
                    "Feature", $"Mean |attribution|, {unit.Words}", "95 % low", "95 % high", "Places open",
                    .. ahead.Count > 0 ? ["Stays ahead of the next"] : Array.Empty<string>(), .. groups.Count > 0 ? ["Says much the same as"] : Array.Empty<string>(),
                ],
                [.. ranked.Select((feature, place) => (IReadOnlyList<string>)
                [
                    feature.Importance.Feature,
                    PlainNumbers.Value(feature.Importance.MeanAbsolute),
                    PlainNumbers.Value(feature.Importance.Interval[0]),
                    PlainNumbers.Value(feature.Importance.Interval[1]),
                    feature.Ranks,
                    .. ahead.Count > 0 ? [place < ahead.Count ? PlainNumbers.Percent(ahead[place]) : ""] : Array.Empty<string>(),
                    .. groups.Count > 0 ? [GroupBrackets.Others(groups, feature.Importance.Feature)] : Array.Empty<string>(),
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

    private static JsonObject Layout(
        IReadOnlyList<RankedFeature> ranked, AttributionUnit unit, IReadOnlyList<double> ahead, JsonArray shapes, IEnumerable<JsonNode> letters) => new()
    {
        ["xaxis"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = $"Mean absolute attribution, {PlotJson.Escape(unit.Words)}" },
            ["rangemode"] = "tozero",
        },
        ["yaxis"] = PlotJson.FeatureAxis(ranked.Select(feature => feature.Importance.Feature)),
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(ranked.Select(feature => feature.Importance.Feature)), ["r"] = GroupBrackets.Start + (shapes.Count > 0 ? GroupBrackets.Room : 0) },
        ["shapes"] = shapes,
        ["annotations"] = new JsonArray(
        [
            .. ranked.Select((feature, place) => (JsonNode)PlotJson.RightLabel(
                feature.Importance.Feature, PlainNumbers.Value(feature.Importance.MeanAbsolute) + (place < ahead.Count && ahead[place] < 0.95 ? " ≈" : ""),
                strong: feature.Resolved)),
            .. letters,
        ]),
    };
}
