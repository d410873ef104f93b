using System.Text.Json.Nodes;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Profiles;

/// <summary>Partial dependence, accumulated effects and curves of single rows over one axis, with the data along its bottom. Pure.</summary>
internal static class LayerPlot
{
    /// <summary>The most curves of single rows that are drawn; the table's quantiles are of all.</summary>
    public const int MostCurves = 60;

    /// <summary>The colour of partial dependence.</summary>
    public static readonly string Dependence = PlotColor.Category(1);

    /// <summary>The colour of accumulated effects.</summary>
    public static readonly string Effects = PlotColor.Category(2);

    // Marks of levels stand beside each other; a level is 1 wide.
    private const double Aside = 0.12;

    /// <summary>Draws the layers of one class.</summary>
    /// <param name="layers">What was computed.</param>
    /// <param name="at">The class's place among the profiles.</param>
    /// <param name="choice">Which layers.</param>
    /// <param name="cells">Numbers of the rows for the rug, ascending; empty for who may not read them, and for levels.</param>
    public static PlotDrawing Draw(EffectLayers layers, int at, LayerChoice choice, IReadOnlyList<double> cells)
    {
        LayerFigures figures = LayerFigures.Of(layers, at, choice);
        return new PlotDrawing
        {
            Title = LayerWords.Finding(layers, at, choice),
            Description = LayerWords.Description(layers, at, choice),
            Figure = new PlotFigure(Traces(figures, choice, cells), Layout(layers, at, figures.Feature, choice)),
            Table = LayerTable.Of(layers, at, choice, figures),
            Height = 440,
        };
    }

    private static JsonArray Traces(LayerFigures figures, LayerChoice choice, IReadOnlyList<double> cells)
    {
        ProfileFeature feature = figures.Feature;
        (IReadOnlyList<LayerFigures.Point> Points, string Name, string Color, bool Dashed)[] means =
        [
            .. choice.Pdp ? (IEnumerable<(IReadOnlyList<LayerFigures.Point>, string, string, bool)>)[(figures.Dependence, "partial dependence", Dependence, false)] : [],
            .. choice.Ale ? (IEnumerable<(IReadOnlyList<LayerFigures.Point>, string, string, bool)>)[(figures.Effects, "accumulated effects", Effects, true)] : [],
        ];

        // Bands lie below the curves of single rows, which they would hide.
        return
        [
            LayerRug.Data(feature, cells),
            .. feature.Numbers is { } numbers
                ? means.SelectMany(mean => new[] { Edge(numbers, mean.Points.Select(point => point.Low), mean.Color, fill: false), Edge(numbers, mean.Points.Select(point => point.High), mean.Color, fill: true) })
                : [],
            .. figures.Curves.Take(MostCurves).Select(curve => Curve(feature, curve)),
            .. means.Select(mean => Marks(feature, mean.Points, mean.Name, mean.Color, mean.Dashed)),
        ];
    }

    /// <summary>Where the points of an axis stand: numbers where they are, levels one apart.</summary>
    internal static IEnumerable<double> Places(ProfileFeature feature, double aside = 0) =>
        feature.Numbers ?? Enumerable.Range(0, feature.Points).Select(place => place + aside);

    private static JsonObject Curve(ProfileFeature feature, RowCurve curve) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Numbers(Places(feature)),
        ["y"] = PlotJson.Numbers(curve.Values),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(6), ["width"] = 1 },
        ["opacity"] = 0.22,
        ["hoverinfo"] = "text",
        ["text"] = PlotJson.Texts(curve.Values.Select(value => $"row {PlainNumbers.Count(curve.Row)}: {PlainNumbers.Value(value)}")),
    };

    private static JsonObject Edge(IReadOnlyList<double> x, IEnumerable<double> y, string color, bool fill) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Numbers(x),
        ["y"] = PlotJson.Numbers(y),
        ["line"] = new JsonObject { ["color"] = color, ["width"] = 0.75, ["dash"] = "1px 2px" },
        ["fill"] = fill ? "tonexty" : "none",
        ["fillcolor"] = "var(--selected)",
        ["opacity"] = 0.7,
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Marks(ProfileFeature feature, IReadOnlyList<LayerFigures.Point> points, string name, string color, bool dashed)
    {
        bool levels = feature.Numbers is null;
        JsonObject marks = new()
        {
            ["type"] = "scatter",
            ["mode"] = levels ? "markers" : "lines+markers",
            ["x"] = PlotJson.Numbers(Places(feature, dashed ? Aside : -Aside)),
            ["y"] = PlotJson.Numbers(points.Select(point => point.Value)),
            ["line"] = new JsonObject { ["color"] = color, ["width"] = 2.25, ["dash"] = dashed ? "6px 3px" : "solid" },
            ["marker"] = new JsonObject { ["color"] = color, ["size"] = levels ? 8 : 5, ["symbol"] = dashed ? "diamond" : "circle" },
            ["hoverinfo"] = "text",
            ["text"] = PlotJson.Texts(points.Select((point, place) =>
                $"{PlotJson.Escape(feature.Feature)} = {PlotJson.Escape(ProfileWords.Point(feature, place))}, {name}: {PlainNumbers.WithInterval(point.Value, [point.Low, point.High])}")),
        };
        if (levels)
        {
            marks["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = PlotJson.Numbers(points.Select(point => point.High - point.Value)),
                ["arrayminus"] = PlotJson.Numbers(points.Select(point => point.Value - point.Low)),
                ["color"] = PlotColor.Ink,
            };
        }

        return marks;
    }

    private static JsonObject Layout(EffectLayers layers, int at, ProfileFeature feature, LayerChoice choice)
    {
        JsonObject x = new() { ["title"] = Titled(feature.Feature), ["type"] = "linear", ["showgrid"] = feature.Numbers is not null };
        if (feature.Levels is { } levels)
        {
            x["tickvals"] = PlotJson.Numbers(Places(feature));
            x["ticktext"] = PlotJson.Texts(levels.Select(PlotJson.Escape));
            x["range"] = PlotJson.Numbers([-0.5, levels.Count - 0.5]);
        }

        string unit = ProfileWords.Unit(layers.Dependence, layers.Dependence.Profiles[at]);
        return new JsonObject
        {
            ["xaxis"] = x,
            ["yaxis"] = new JsonObject { ["title"] = Titled(choice.FromFirst ? $"Change of the {unit}" : Performance.PerformanceWords.Capital(unit)), ["zeroline"] = choice.FromFirst },
            ["yaxis2"] = new JsonObject { ["overlaying"] = "y", ["range"] = PlotJson.Numbers([0, 1]), ["visible"] = false, ["fixedrange"] = true },
            ["showlegend"] = false,
        };
    }

    private static JsonObject Titled(string text) => new() { ["text"] = PlotJson.Escape(text) };
}
