using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Profiles;

/// <summary>Where the data lie along the bottom of an effect: ticks of rows or of their deciles, bars for levels. Pure.</summary>
internal static class LayerRug
{
    private const double Foot = 0.015; // of the plot's height
    private const double MostHeight = 0.16; // of a bar that holds every row

    /// <summary>The trace, on the axis y2 from 0 to 1.</summary>
    /// <param name="feature">The axis.</param>
    /// <param name="cells">Numbers of the rows, ascending; empty to draw the deciles.</param>
    public static JsonObject Data(ProfileFeature feature, IReadOnlyList<double> cells) =>
        feature.Numbers is null ? Bars(feature) : cells.Count > 0 ? Rows(cells) : Deciles(feature);

    private static JsonObject Rows(IReadOnlyList<double> cells)
    {
        (double Value, int Count)[] values = [.. cells.GroupBy(cell => cell).Select(same => (same.Key, same.Count()))];
        return Ticks(
            values.Select(each => each.Value), values.Select(each => $"{PlainNumbers.Count(each.Count)} {(each.Count == 1 ? "row" : "rows")} at {PlainNumbers.Value(each.Value)}"), 9, 0.55);
    }

    private static JsonObject Deciles(ProfileFeature feature) => Ticks(
        feature.Deciles!, feature.Deciles!.Select((value, i) => $"{10 * (i + 1)} % of the rows lie at or below {PlainNumbers.Value(value)}"), 12, 1);

    private static JsonObject Ticks(IEnumerable<double> at, IEnumerable<string> text, int size, double opacity)
    {
        double[] places = [.. at];
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["yaxis"] = "y2",
            ["x"] = PlotJson.Numbers(places),
            ["y"] = PlotJson.Numbers(places.Select(_ => Foot)),
            ["marker"] = new JsonObject { ["symbol"] = "line-ns-open", ["size"] = size, ["color"] = "var(--ink-2)", ["opacity"] = opacity },
            ["hoverinfo"] = "text",
            ["text"] = PlotJson.Texts(text),
        };
    }

    private static JsonObject Bars(ProfileFeature feature) => new()
    {
        ["type"] = "bar",
        ["yaxis"] = "y2",
        ["x"] = PlotJson.Numbers(LayerPlot.Places(feature)),
        ["y"] = PlotJson.Numbers(feature.Shares.Select(share => MostHeight * share)),
        ["width"] = 0.6,
        ["marker"] = new JsonObject { ["color"] = PlotColor.Mass, ["opacity"] = 0.3 },
        ["hoverinfo"] = "text",
        ["hovertext"] = PlotJson.Texts(feature.Levels!.Select((level, i) => $"{PlainNumbers.Percent(feature.Shares[i])} of the rows have {PlotJson.Escape(level)}")),
    };
}
