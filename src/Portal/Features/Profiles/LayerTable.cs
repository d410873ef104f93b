using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Profiles;

/// <summary>The numbers of the layers that are drawn, a line a point; of single rows the quantiles of all curves. Pure.</summary>
internal static class LayerTable
{
    private static readonly (double Share, string Words)[] Quantiles = [(0.1, "10 %"), (0.5, "median"), (0.9, "90 %")];

    /// <summary>Makes it.</summary>
    public static PlotTable Of(EffectLayers layers, int at, LayerChoice choice, LayerFigures figures)
    {
        ProfileFeature feature = figures.Feature;
        string unit = ProfileWords.Unit(layers.Dependence, layers.Dependence.Profiles[at]);
        string of = choice.FromFirst ? $"change of the {unit}" : unit;
        return new PlotTable(
            [
                feature.Feature, feature.Numbers is null ? "Share of rows" : "Share of rows since the point before",
                .. choice.Pdp ? (string[])[$"Partial dependence, {of}", "95 % low", "95 % high"] : [],
                .. choice.Ale ? (string[])[$"Accumulated effects, {of}", "95 % low", "95 % high"] : [],
                .. choice.Ice ? Quantiles.Select(quantile => $"Single rows, {quantile.Words}") : [],
            ],
            [
                .. Enumerable.Range(0, feature.Points).Select(point => (IReadOnlyList<string>)
                [
                    ProfileWords.Point(feature, point), ProfileWords.Share(feature, point),
                    .. choice.Pdp ? Cells(figures.Dependence[point]) : [],
                    .. choice.Ale ? Cells(figures.Effects[point]) : [],
                    .. choice.Ice ? Spread(figures.Curves, point) : [],
                ]),
                .. choice.Pdp && Missing(layers, at, choice) is { } missing ? Line(missing, feature, choice) : [],
            ]);
    }

    private static IReadOnlyList<string>[] Line(MissingPoint missing, ProfileFeature feature, LayerChoice choice) =>
    [
        [
            "missing", PlainNumbers.Percent(feature.MissingShare), .. Cells(new LayerFigures.Point(missing.Value, missing.Interval[0], missing.Interval[1])),
            .. choice.Ale ? (string[])["", "", ""] : [], .. choice.Ice ? Quantiles.Select(_ => "") : [],
        ],
    ];

    private static MissingPoint? Missing(EffectLayers layers, int at, LayerChoice choice) =>
        (choice.FromFirst ? layers.DependenceFromFirst : layers.Dependence).Profiles[at].Missing;

    private static string[] Cells(LayerFigures.Point point) => [PlainNumbers.Value(point.Value), PlainNumbers.Value(point.Low), PlainNumbers.Value(point.High)];

    private static IEnumerable<string> Spread(IReadOnlyList<RowCurve> curves, int point)
    {
        double[] values = [.. curves.Select(curve => curve.Values[point]).Order()];
        return Quantiles.Select(quantile => PlainNumbers.Value(LayerWords.Quantile(values, quantile.Share)));
    }
}
