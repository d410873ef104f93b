using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Profiles;

/// <summary>A profile of two columns as a map of colours. Pure.</summary>
internal static class ProfileMap
{
    /// <summary>Draws the map of one class with its finding and table.</summary>
    public static PlotDrawing Draw(ProfileReport report, ClassProfile profile) => new()
    {
        Title = ProfileWords.Finding(report, profile),
        Description = ProfileWords.Method(report),
        Figure = Figure(report, profile),
        Table = Table(report, profile),
        Height = 400,
    };

    // Effects beyond the mean are centred on no colour.
    private static PlotFigure Figure(ProfileReport report, ClassProfile profile)
    {
        ProfileFeature first = report.Features[0];
        ProfileFeature second = report.Features[1];
        bool centred = report.Kind == ProfileKind.Ale;
        JsonObject map = new()
        {
            ["type"] = "heatmap",
            ["x"] = Texts(second),
            ["y"] = Texts(first),
            ["z"] = new JsonArray([.. profile.Values.Select(row => (JsonNode)PlotJson.Numbers(row))]),
            ["colorscale"] = centred ? PlotColor.Diverging() : PlotColor.LowToHigh(),
            ["hoverinfo"] = "text",
            ["text"] = new JsonArray([.. Enumerable.Range(0, first.Points).Select(i => (JsonNode)PlotJson.Texts(Enumerable.Range(0, second.Points).Select(j =>
                $"{PlotJson.Escape(first.Feature)} = {PlotJson.Escape(ProfileWords.Point(first, i))}, {PlotJson.Escape(second.Feature)} = {PlotJson.Escape(ProfileWords.Point(second, j))}: "
                + PlainNumbers.WithInterval(profile.Values[i][j], profile.Interval[i][j]))))]),
            ["colorbar"] = new JsonObject { ["thickness"] = 10, ["outlinewidth"] = 0 },
        };
        if (centred)
        {
            map["zmid"] = 0;
        }

        return new PlotFigure([map], new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(second.Feature) }, ["type"] = "category" },
            ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(first.Feature) }, ["type"] = "category" },
            ["margin"] = new JsonObject { ["l"] = 96 },
        });
    }

    // Every cell of the map as a row.
    private static PlotTable Table(ProfileReport report, ClassProfile profile)
    {
        ProfileFeature first = report.Features[0];
        ProfileFeature second = report.Features[1];
        return new PlotTable(
            [first.Feature, second.Feature, $"Value, {ProfileWords.Unit(report, profile)}", "95 % low", "95 % high"],
            [
                .. Enumerable.Range(0, first.Points).SelectMany(i => Enumerable.Range(0, second.Points).Select(j => (IReadOnlyList<string>)
                [
                    ProfileWords.Point(first, i), ProfileWords.Point(second, j), PlainNumbers.Value(profile.Values[i][j]),
                    PlainNumbers.Value(profile.Interval[i][j][0]), PlainNumbers.Value(profile.Interval[i][j][1]),
                ])),
            ]);
    }

    // Points as labels: a map has one cell each, however far apart they lie.
    private static JsonArray Texts(ProfileFeature feature) =>
        PlotJson.Texts(Enumerable.Range(0, feature.Points).Select(point => ProfileWords.Point(feature, point)));
}
