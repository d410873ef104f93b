using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Profiles;

/// <summary>The places of each feature by attribution and by shuffling, with the places that other rows could give. Pure.</summary>
internal static class RankPlot
{
    /// <summary>The colour of places by attribution.</summary>
    public static readonly string Attribution = PlotColor.Category(1);

    /// <summary>The colour of places by shuffling.</summary>
    public static readonly string Shuffling = PlotColor.Category(2);

    private const int MostDrawn = 20;
    private const double Aside = 0.17; // of the line of a feature

    /// <summary>Draws the first features by attribution, and those that are apart; the table has all.</summary>
    /// <param name="placed">All features.</param>
    /// <param name="rows">How many rows were attributed.</param>
    /// <param name="permuted">How many rows were shuffled.</param>
    public static PlotDrawing Draw(IReadOnlyList<PlacedFeature> placed, int rows, int permuted)
    {
        PlacedFeature[] drawn =
        [
            .. placed.OrderByDescending(feature => feature.IsApart).ThenBy(feature => Math.Min(feature.Attributed, feature.Permuted)).Take(MostDrawn)
                .OrderBy(feature => feature.Attributed),
        ];
        return new PlotDrawing
        {
            Title = ImportanceWords.Places(placed),
            Description = $"Place 1 matters most. Whiskers hold 95 % of the places that draws of such rows give: {PlainNumbers.Count(rows)} rows attributed, {PlainNumbers.Count(permuted)} shuffled."
                + (drawn.Length < placed.Count ? $" {drawn.Length} of {placed.Count} features are drawn; the table has all." : ""),
            Figure = new PlotFigure(
                [Joins(drawn), Marks(drawn, byShuffling: false), Marks(drawn, byShuffling: true)], Layout(drawn, placed.Count)),
            Table = new PlotTable(
                ["Feature", "Place by attribution", "best", "worst", "Place by shuffling", "best", "worst", "Verdict"],
                [.. placed.OrderBy(feature => feature.Attributed).Select(feature => (IReadOnlyList<string>)
                [
                    feature.Feature, Text(feature.Attributed), Text(feature.AttributedRanks[0]), Text(feature.AttributedRanks[1]),
                    Text(feature.Permuted), Text(feature.PermutedRanks[0]), Text(feature.PermutedRanks[1]), feature.IsApart ? "apart" : "within the intervals",
                ])]),
            Height = PlotJson.RowsHeight(drawn.Length) + 24,
        };
    }

    // A line from one place to the other: only of features that are apart, so that they stand out.
    private static JsonObject Joins(PlacedFeature[] drawn)
    {
        List<double> x = [];
        List<double> y = [];
        for (int line = 0; line < drawn.Length; line++)
        {
            if (drawn[line].IsApart)
            {
                x.AddRange([drawn[line].Attributed, drawn[line].Permuted, double.NaN]);
                y.AddRange([line - Aside, line + Aside, double.NaN]);
            }
        }

        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["x"] = PlotJson.Numbers(x),
            ["y"] = PlotJson.Numbers(y),
            ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 1.5 },
            ["hoverinfo"] = "skip",
        };
    }

    private static JsonObject Marks(PlacedFeature[] drawn, bool byShuffling)
    {
        int Place(PlacedFeature feature) => byShuffling ? feature.Permuted : feature.Attributed;
        IReadOnlyList<int> Ends(PlacedFeature feature) => byShuffling ? feature.PermutedRanks : feature.AttributedRanks;
        string name = byShuffling ? "by shuffling" : "by attribution";
        string color = byShuffling ? Shuffling : Attribution;
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["x"] = PlotJson.Numbers(drawn.Select(feature => (double)Place(feature))),
            ["y"] = PlotJson.Numbers(drawn.Select((_, line) => line + (byShuffling ? Aside : -Aside))),
            ["marker"] = new JsonObject
            {
                ["color"] = color, ["size"] = 8, ["symbol"] = byShuffling ? "diamond" : "circle",
                ["opacity"] = PlotJson.Numbers(drawn.Select(feature => feature.IsApart ? 1 : 0.55)),
            },
            ["error_x"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = PlotJson.Numbers(drawn.Select(feature => (double)Math.Max(0, Ends(feature)[1] - Place(feature)))),
                ["arrayminus"] = PlotJson.Numbers(drawn.Select(feature => (double)Math.Max(0, Place(feature) - Ends(feature)[0]))),
                ["color"] = color,
            },
            ["hoverinfo"] = "text",
            ["text"] = PlotJson.Texts(drawn.Select(feature => $"{PlotJson.Escape(feature.Feature)} {name}: place {ImportanceWords.Place(Place(feature), Ends(feature))}")),
        };
    }

    private static JsonObject Layout(PlacedFeature[] drawn, int features) => new()
    {
        ["xaxis"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = "Place among the features" },
            ["range"] = PlotJson.Numbers([0.4, features + 0.6]),
            ["tick0"] = 1,
            ["dtick"] = Math.Max(1, features / 8),
        },
        ["yaxis"] = new JsonObject
        {
            ["range"] = PlotJson.Numbers([drawn.Length - 0.5, -0.5]),
            ["showgrid"] = false,
            ["ticklabelstandoff"] = 6,
            ["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, drawn.Length).Select(line => (double)line)),
            ["ticktext"] = PlotJson.Texts(drawn.Select(feature => feature.IsApart ? $"<b>{PlotJson.Escape(PlotJson.Shortened(feature.Feature))}</b>" : PlotJson.Escape(PlotJson.Shortened(feature.Feature)))),
        },
        ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(drawn.Select(feature => feature.Feature)) },
        ["showlegend"] = false,
    };

    private static string Text(int place) => place.ToString(CultureInfo.InvariantCulture);
}
