using Governance.Audit.Explanations.Profiles;

namespace Governance.Portal.Features.Profiles;

/// <summary>The numbers of one class's layers on the scale on which they are drawn. Pure.</summary>
/// <param name="Feature">The axis.</param>
/// <param name="Dependence">Partial dependence, by point.</param>
/// <param name="Effects">Accumulated effects, by point: on the scale of the output they are put at the mean output of the rows.</param>
/// <param name="Curves">Curves of single rows; empty where they are not drawn.</param>
internal sealed record LayerFigures(
    ProfileFeature Feature, IReadOnlyList<LayerFigures.Point> Dependence, IReadOnlyList<LayerFigures.Point> Effects, IReadOnlyList<RowCurve> Curves)
{
    /// <summary>Takes them.</summary>
    public static LayerFigures Of(EffectLayers layers, int at, LayerChoice choice)
    {
        ClassProfile dependence = (choice.FromFirst ? layers.DependenceFromFirst : layers.Dependence).Profiles[at];
        ClassProfile effects = (choice.FromFirst ? layers.EffectsFromFirst : layers.Effects).Profiles[at];
        return new LayerFigures(
            layers.Dependence.Features[0], Points(dependence, 0), Points(effects, choice.FromFirst ? 0 : dependence.Average),
            choice.Ice ? dependence.Curves ?? [] : []);
    }

    private static Point[] Points(ClassProfile profile, double more) =>
        [.. profile.Values.Select((row, i) => new Point(row[0] + more, profile.Interval[i][0][0] + more, profile.Interval[i][0][1] + more))];

    /// <summary>One point with its interval.</summary>
    /// <param name="Value">In the units of the link.</param>
    /// <param name="Low">The lower end; NaN where undefined.</param>
    /// <param name="High">The upper end.</param>
    internal readonly record struct Point(double Value, double Low, double High);
}
