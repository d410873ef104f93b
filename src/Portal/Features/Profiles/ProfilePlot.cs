using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Profiles;

/// <summary>A profile: the curve with its band, curves of single rows, points of levels, or a map of two columns. Pure.</summary>
internal static class ProfilePlot
{
    private const int MostCurves = 60;

    /// <summary>Draws the profile of one class.</summary>
    public static PlotDrawing Draw(ProfileReport report, ClassProfile profile) => new()
    {
        Title = ProfileWords.Finding(report, profile),
        Description = ProfileWords.Method(report),
        Figure = report.Features.Count == 2 ? ProfileMap.Figure(report, profile) : Line(report, profile),
        Table = report.Features.Count == 2 ? ProfileMap.Table(report, profile) : Table(report, profile),
        Height = 400,
    };

    private static PlotFigure Line(ProfileReport report, ClassProfile profile)
    {
        ProfileFeature feature = report.Features[0];
        JsonArray traces = [];
        foreach (RowCurve curve in (profile.Curves ?? []).Take(MostCurves))
        {
            traces.Add((JsonNode)Curve(feature, curve));
        }

        if (feature.Numbers is { } numbers)
        {
            traces.Add((JsonNode)Edge(numbers, profile.Interval.Select(interval => interval[0][0]), false));
            traces.Add((JsonNode)Edge(numbers, profile.Interval.Select(interval => interval[0][1]), true));
            traces.Add((JsonNode)Mean(feature, profile));
            traces.Add((JsonNode)Rug(feature));
        }
        else
        {
            traces.Add((JsonNode)Levels(feature, profile));
        }

        string what = report.Kind == ProfileKind.Ale ? "Effect on the " : report.Centred == true ? "Change of the " : "Mean ";
        return new PlotFigure(traces, new JsonObject
        {
            ["xaxis"] = new JsonObject { ["title"] = Titled(feature.Feature), ["type"] = feature.Numbers is null ? "category" : "linear" },
            ["yaxis"] = new JsonObject { ["title"] = Titled(what + ProfileWords.Unit(report, profile)), ["zeroline"] = report.Kind == ProfileKind.Ale },
            ["yaxis2"] = new JsonObject { ["overlaying"] = "y", ["range"] = PlotJson.Numbers([0, 1]), ["visible"] = false, ["fixedrange"] = true },
            ["showlegend"] = false,
        });
    }

    private static JsonObject Curve(ProfileFeature feature, RowCurve curve) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = Points(feature),
        ["y"] = PlotJson.Numbers(curve.Values),
        ["line"] = new JsonObject { ["color"] = "var(--cat-6)", ["width"] = 1 },
        ["opacity"] = 0.3,
        ["hoverinfo"] = "text",
        ["text"] = PlotJson.Texts(curve.Values.Select(value => $"row {PlainNumbers.Count(curve.Row)}: {PlainNumbers.Value(value)}")),
    };

    private static JsonObject Edge(IReadOnlyList<double> x, IEnumerable<double> y, bool fill) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Numbers(x),
        ["y"] = PlotJson.Numbers(y),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = 0.5 },
        ["opacity"] = 0.5,
        ["fill"] = fill ? "tonexty" : "none",
        ["fillcolor"] = "var(--selected)",
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Mean(ProfileFeature feature, ClassProfile profile) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines+markers",
        ["x"] = Points(feature),
        ["y"] = PlotJson.Numbers(profile.Values.Select(row => row[0])),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = 2 },
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 5 },
        ["hoverinfo"] = "text",
        ["text"] = PlotJson.Texts(Enumerable.Range(0, feature.Points).Select(point => Hover(feature, profile, point))),
    };

    private static JsonObject Levels(ProfileFeature feature, ClassProfile profile)
    {
        double[] values = [.. profile.Values.Select(row => row[0])];
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["x"] = Points(feature),
            ["y"] = PlotJson.Numbers(values),
            ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 8 },
            ["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = PlotJson.Numbers(values.Select((value, i) => profile.Interval[i][0][1] - value)),
                ["arrayminus"] = PlotJson.Numbers(values.Select((value, i) => value - profile.Interval[i][0][0])),
                ["color"] = "var(--ink)",
            },
            ["hoverinfo"] = "text",
            ["text"] = PlotJson.Texts(Enumerable.Range(0, feature.Points).Select(point => Hover(feature, profile, point))),
        };
    }

    // The deciles of the data as ticks along the bottom.
    private static JsonObject Rug(ProfileFeature feature) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["yaxis"] = "y2",
        ["x"] = PlotJson.Numbers(feature.Deciles!),
        ["y"] = PlotJson.Numbers(feature.Deciles!.Select(_ => 0.015)),
        ["marker"] = new JsonObject { ["symbol"] = "line-ns-open", ["size"] = 12, ["color"] = "var(--ink-2)" },
        ["hoverinfo"] = "text",
        ["text"] = PlotJson.Texts(feature.Deciles!.Select((value, i) => $"{10 * (i + 1)} % of the rows lie at or below {PlainNumbers.Value(value)}")),
    };

    private static PlotTable Table(ProfileReport report, ClassProfile profile)
    {
        ProfileFeature feature = report.Features[0];
        return new PlotTable(
            [feature.Feature, $"Value, {ProfileWords.Unit(report, profile)}", "95 % low", "95 % high", feature.Numbers is null ? "Share of rows" : "Share of rows since the point before"],
            [
                .. Enumerable.Range(0, feature.Points).Select(point => (IReadOnlyList<string>)
                [
                    ProfileWords.Point(feature, point), PlainNumbers.Value(profile.Values[point][0]), PlainNumbers.Value(profile.Interval[point][0][0]),
                    PlainNumbers.Value(profile.Interval[point][0][1]), ProfileWords.Share(feature, point),
                ]),
                .. profile.Missing is { } missing
                    ? (IReadOnlyList<string>[])[["missing", PlainNumbers.Value(missing.Value), PlainNumbers.Value(missing.Interval[0]), PlainNumbers.Value(missing.Interval[1]), PlainNumbers.Percent(feature.MissingShare)]]
                    : [],
            ]);
    }

    private static string Hover(ProfileFeature feature, ClassProfile profile, int point) =>
        $"{PlotJson.Escape(feature.Feature)} = {PlotJson.Escape(ProfileWords.Point(feature, point))}: {PlainNumbers.WithInterval(profile.Values[point][0], profile.Interval[point][0])}";

    private static JsonArray Points(ProfileFeature feature) =>
        feature.Numbers is { } numbers ? PlotJson.Numbers(numbers) : PlotJson.Texts(feature.Levels!);

    private static JsonObject Titled(string text) => new() { ["text"] = PlotJson.Escape(text) };
}
