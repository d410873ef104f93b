using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The places of features by mean absolute attribution, from the first version to the second. Pure.</summary>
internal static class AttributionSlopePlot
{
    private const int MostDrawn = 14;
    private const int MostTall = 80; // places that each get a line of their own
    private const int LabelHeight = 13; // CSS pixels of a name beside its place

    /// <summary>Draws the features that are among the first in either.</summary>
    /// <param name="attributions">At least two features.</param>
    /// <param name="a">The first's name.</param>
    /// <param name="b">The second's name.</param>
    public static PlotDrawing Draw(ComparedAttributions attributions, string a, string b)
    {
        ComparedFeature[] drawn = [.. attributions.Features.OrderBy(feature => Math.Min(feature.From, feature.To)).ThenBy(feature => feature.From).Take(MostDrawn)];
        int last = drawn.Max(feature => Math.Max(feature.From, feature.To));
        return new PlotDrawing
        {
            Title = Title(attributions),
            Description = "Each line is a feature from its place in the first version, left, to that in the second, right; coloured lines rise or fall. "
                + (drawn.Length < attributions.Features.Count ? $"{drawn.Length} of {attributions.Features.Count} are drawn; the table has all." : ""),
            Figure = new PlotFigure(
                [.. drawn.Select(Line)],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject
                    {
                        ["tickvals"] = new JsonArray(0, 1), ["ticktext"] = PlotJson.Texts([PlotJson.Escape(a), PlotJson.Escape(b)]),
                        ["range"] = new JsonArray(-0.08, 1.7), ["showgrid"] = false, ["zeroline"] = false,
                    },
                    ["yaxis"] = new JsonObject
                    {
                        ["title"] = new JsonObject { ["text"] = "Place by mean |attribution|" }, ["range"] = PlotJson.Numbers([last + 0.6, 0.4]),
                        ["tickvals"] = PlotJson.Numbers(Ticks(last).Select(place => (double)place)), ["showgrid"] = false, ["zeroline"] = false,
                    },
                    ["margin"] = new JsonObject { ["t"] = 16 },
                    ["showlegend"] = false,
                }) { Narrow = new JsonObject { ["xaxis"] = new JsonObject { ["range"] = new JsonArray(-0.08, 2.4) } } },
            Table = new PlotTable(
                ["Feature", $"Place, {a}", $"Place, {b}", $"Mean |attribution|, {a}", $"Mean |attribution|, {b}"],
                [
                    .. attributions.Features.Select(feature => (IReadOnlyList<string>)
                    [
                        feature.Feature, PlainNumbers.Count(feature.From), PlainNumbers.Count(feature.To), PlainNumbers.Value(feature.Before), PlainNumbers.Value(feature.After),
                    ]),
                ]),
            Height = Math.Max(280, PlotJson.RowsHeight(Math.Min(last, MostDrawn)) + (LabelHeight * Math.Max(0, Math.Min(last, MostTall) - MostDrawn))),
        };
    }

    // Every place where they are few; the first, and whole steps, where they are many.
    private static IEnumerable<int> Ticks(int last)
    {
        int step = (last + MostDrawn - 1) / MostDrawn;
        return Enumerable.Range(1, last).Where(place => place == 1 || place % step == 0);
    }

    private static string Title(ComparedAttributions attributions)
    {
        ComparedFeature moved = attributions.Features.MaxBy(feature => Math.Abs(feature.From - feature.To))!;
        string change = moved.From == moved.To ? "no feature changes its place"
            : $"{moved.Feature} {(moved.To < moved.From ? "rises" : "falls")} most, from place {moved.From} to {moved.To}";
        string judged = double.IsNaN(attributions.Ndcg) ? "The first version leans on no feature"
            : attributions.Ndcg < ComparedAttributions.Limit ? $"The two lean on other features: nDCG {PlainNumbers.Value(attributions.Ndcg)} is below {PlainNumbers.Limit(ComparedAttributions.Limit)}"
            : $"The two lean on the same features: nDCG {PlainNumbers.Value(attributions.Ndcg)}";
        return $"{judged}; {change} of {attributions.Features.Count}";
    }

    private static JsonObject Line(ComparedFeature feature)
    {
        string color = feature.To < feature.From ? PlotColor.Category(1) : feature.To > feature.From ? PlotColor.Category(2) : PlotColor.Quiet;
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "lines+markers+text",
            ["name"] = PlotJson.Escape(feature.Feature),
            ["x"] = new JsonArray(0, 1),
            ["y"] = PlotJson.Numbers([feature.From, feature.To]),
            ["line"] = new JsonObject { ["color"] = color, ["width"] = 2, ["dash"] = feature.To > feature.From ? "5px 3px" : "solid" },
            ["marker"] = new JsonObject { ["color"] = color, ["size"] = 7 },
            ["text"] = PlotJson.Texts(["", "  " + PlotJson.Escape(PlotJson.Shortened(feature.Feature))]),
            ["textposition"] = "middle right",
            ["textfont"] = new JsonObject { ["color"] = PlotColor.Ink, ["size"] = 11 },
            ["cliponaxis"] = false,
            ["hovertext"] = PlotJson.Texts([.. Enumerable.Repeat(
                $"{PlotJson.Escape(feature.Feature)}: place {feature.From}, mean |attribution| {PlainNumbers.Value(feature.Before)}; then place {feature.To}, {PlainNumbers.Value(feature.After)}", 2)]),
            ["hoverinfo"] = "text",
        };
    }
}
