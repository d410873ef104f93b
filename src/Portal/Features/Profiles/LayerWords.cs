using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using MathNet.Numerics.Statistics;

namespace Governance.Portal.Features.Profiles;

/// <summary>What the layers of a column's effect say, in sentences. Pure.</summary>
internal static class LayerWords
{
    /// <summary>The finding of the first layer that is drawn.</summary>
    public static string Finding(EffectLayers layers, int at, LayerChoice choice) => choice switch
    {
        { Pdp: false, Ale: false } => Rows(layers, at),
        { FromFirst: true } => Change(layers, choice.Pdp ? layers.DependenceFromFirst : layers.EffectsFromFirst, at),
        { Pdp: true } => ProfileWords.Finding(layers.Dependence, layers.Dependence.Profiles[at]),
        _ => ProfileWords.Finding(layers.Effects, layers.Effects.Profiles[at]),
    };

    /// <summary>Whether the layers tell the same, what single rows add, and which marks are drawn.</summary>
    public static string Description(EffectLayers layers, int at, LayerChoice choice)
    {
        List<string> parts = [];
        if (choice is { Pdp: true, Ale: true })
        {
            parts.Add(Compared(layers, at));
        }

        if (choice.Ice && layers.Dependence.Profiles[at].Curves is { Count: > 0 } curves)
        {
            if (choice.Pdp || choice.Ale)
            {
                parts.Add(Rows(layers, at) + ".");
            }

            if (curves.Count > LayerPlot.MostCurves)
            {
                parts.Add($"{LayerPlot.MostCurves} of {PlainNumbers.Count(curves.Count)} curves are drawn.");
            }
        }

        if (choice is { Ale: true, FromFirst: false })
        {
            parts.Add($"Accumulated effects are put at the mean output, {PlainNumbers.Value(layers.Effects.Profiles[at].Average)}.");
        }

        return string.Join(' ', parts.DefaultIfEmpty(choice.FromFirst ? "Changes from the first point, with 95 % intervals over rows." : "With 95 % intervals over rows."));
    }

    /// <summary>Where partial dependence and accumulated effects part most as changes from the first point, or that they do not.</summary>
    public static string Compared(EffectLayers layers, int at)
    {
        ClassProfile dependence = layers.DependenceFromFirst.Profiles[at];
        ClassProfile effects = layers.EffectsFromFirst.Profiles[at];
        int[] apart =
        [
            .. Enumerable.Range(0, dependence.Values.Count).Where(point =>
                dependence.Interval[point][0][0] > effects.Interval[point][0][1] || effects.Interval[point][0][0] > dependence.Interval[point][0][1]),
        ];
        if (apart.Length == 0)
        {
            return "Partial dependence and accumulated effects tell the same within their intervals.";
        }

        ProfileFeature feature = layers.Dependence.Features[0];
        int most = apart.MaxBy(point => Math.Abs(dependence.Values[point][0] - effects.Values[point][0]));
        return $"The two part most at {ProfileWords.Point(feature, most)}: {Signed(dependence, most)} from the first point by partial dependence, {Signed(effects, most)} by accumulated effects. "
            + $"Other columns go together with {feature.Feature}, so partial dependence asks about rows that hardly exist: trust accumulated effects.";
    }

    /// <summary>Whether single rows go the same way, in a clause without a full stop.</summary>
    public static string Rows(EffectLayers layers, int at)
    {
        ProfileFeature feature = layers.Dependence.Features[0];
        ClassProfile profile = layers.DependenceFromFirst.Profiles[at];
        IReadOnlyList<RowCurve> curves = profile.Curves ?? [];
        double rows = Math.Max(curves.Count, 1);
        if (feature.Numbers is not null)
        {
            double still = 1e-9 * curves.SelectMany(curve => curve.Values).Select(Math.Abs).DefaultIfEmpty(0).Max();
            return $"From the least to the largest {feature.Feature} the output rises in {PlainNumbers.Percent(curves.Count(curve => curve.Values[^1] > still) / rows)} "
                + $"and falls in {PlainNumbers.Percent(curves.Count(curve => curve.Values[^1] < -still) / rows)} of {PlainNumbers.Count(curves.Count)} single rows";
        }

        double[] mean = [.. profile.Values.Select(row => row[0])];
        int low = Array.IndexOf(mean, mean.Min());
        int high = Array.IndexOf(mean, mean.Max());
        double[] steps = [.. curves.Select(curve => curve.Values[high] - curve.Values[low]).Order()];
        return $"From {ProfileWords.Point(feature, low)} to {ProfileWords.Point(feature, high)} the output of 80 % of {PlainNumbers.Count(curves.Count)} single rows changes "
            + $"by {PlainNumbers.Signed(Quantile(steps, 0.1))} to {PlainNumbers.Signed(Quantile(steps, 0.9))}";
    }

    /// <summary>A quantile of ascending numbers, linear between them; NaN for none.</summary>
    internal static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);

    private static string Change(EffectLayers layers, ProfileReport report, int at)
    {
        ClassProfile profile = report.Profiles[at];
        ProfileFeature feature = report.Features[0];
        double[] curve = [.. profile.Values.Select(row => row[0])];
        int far = Enumerable.Range(0, curve.Length).MaxBy(point => Math.Abs(curve[point]));
        string unit = ProfileWords.Unit(layers.Dependence, layers.Dependence.Profiles[at]);
        string of = $"n = {PlainNumbers.Count(report.Background.Rows)}";
        string direction = feature.Numbers is null ? "varies" : ProfileWords.Direction(curve);
        return curve[far] == 0
            ? $"The {unit} does not vary with {feature.Feature}, {of}"
            : $"The mean {unit} {direction} with {feature.Feature}: by {Signed(profile, far)} from {ProfileWords.Point(feature, 0)} to {ProfileWords.Point(feature, far)}, {of}";
    }

    private static string Signed(ClassProfile profile, int point) =>
        $"{PlainNumbers.Signed(profile.Values[point][0])} [{PlainNumbers.Signed(profile.Interval[point][0][0])}, {PlainNumbers.Signed(profile.Interval[point][0][1])}]";
}
