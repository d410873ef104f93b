using System.Globalization;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Features.Profiles;

/// <summary>Profiles in plain words: what the output does along a column, never what the column causes. Pure.</summary>
internal static class ProfileWords
{
    // Steps below this share of a curve's range are ripples, not a change of direction.
    private const double Ripple = 0.05;

    /// <summary>The finding in a sentence.</summary>
    public static string Finding(ProfileReport report, ClassProfile profile)
    {
        string unit = Unit(report, profile);
        string of = $"n = {PlainNumbers.Count(report.Background.Rows)}";
        if (report.Features.Count == 2)
        {
            double most = profile.Values.SelectMany(row => row).Max();
            double least = profile.Values.SelectMany(row => row).Min();
            return report.Kind == ProfileKind.Ale
                ? $"{report.Features[0].Feature} and {report.Features[1].Feature} together move the {unit} by {PlainNumbers.Signed(least)} to {PlainNumbers.Signed(most)} beyond what each does alone, {of}"
                : $"The mean {unit} lies between {PlainNumbers.Value(least)} and {PlainNumbers.Value(most)} over {report.Features[0].Feature} and {report.Features[1].Feature}, {of}";
        }

        ProfileFeature feature = report.Features[0];
        double[] curve = [.. profile.Values.Select(row => row[0])];
        int low = Array.IndexOf(curve, curve.Min());
        int high = Array.IndexOf(curve, curve.Max());
        if (!(curve[high] > curve[low]))
        {
            return $"The {unit} does not vary with {feature.Feature}, {of}";
        }

        string figures = report.Kind == ProfileKind.Ale
            ? $"from {Of(feature, profile, low, signed: true)} to {Of(feature, profile, high, signed: true)} around the mean"
            : $"from {Of(feature, profile, low, signed: false)} to {Of(feature, profile, high, signed: false)}";
        string direction = feature.Numbers is null ? "varies" : Direction(curve);
        return $"The {(report.Kind == ProfileKind.Ale ? "" : "mean ")}{unit} {direction} with {feature.Feature}: {figures}, {of}";
    }

    /// <summary>How it was computed, one line.</summary>
    public static string Method(ProfileReport report)
    {
        string kind = report.Kind switch
        {
            ProfileKind.Ale => "Accumulated local effects",
            ProfileKind.Ice => report.Centred == true ? "Curves of single rows from their first point, and their mean" : "Curves of single rows and their mean",
            _ => "Partial dependence",
        };
        return $"{kind}, {(report.Weighted ? "weighted, " : "")}{PlainNumbers.Count(report.Background.Rows)} rows, "
            + $"{(100 * report.Level).ToString("0.##", CultureInfo.InvariantCulture)} % bootstrap intervals over rows, {PlainNumbers.Count(report.ModelRows)} model rows.";
    }

    /// <summary>Rows, background digest, evaluations and seed, for the line under a plot.</summary>
    public static IReadOnlyList<string> Provenance(ProfileReport report) =>
    [
        Method(report).TrimEnd('.'),
        $"rows {report.Background.Sha256[..8]}",
        $"seed {report.Seed}",
        .. report.RowsLeftOut > 0 ? [$"{PlainNumbers.Count(report.RowsLeftOut)} rows without a value left out"] : Array.Empty<string>(),
    ];

    /// <summary>The same for all layers of a column.</summary>
    public static IReadOnlyList<string> Provenance(EffectLayers layers) =>
    [
        $"{PlainNumbers.Count(layers.Dependence.Background.Rows)} rows, {PlainNumbers.Count(layers.Dependence.ModelRows + layers.Effects.ModelRows)} model rows",
        $"{(100 * layers.Dependence.Level).ToString("0.##", CultureInfo.InvariantCulture)} % bootstrap intervals over rows, point by point",
        $"rows {layers.Dependence.Background.Sha256[..8]}",
        $"seed {layers.Dependence.Seed}",
        .. layers.Effects.RowsLeftOut > 0 ? [$"{PlainNumbers.Count(layers.Effects.RowsLeftOut)} rows without a value left out of accumulated effects"] : Array.Empty<string>(),
    ];

    /// <summary>What the values are measured in.</summary>
    public static string Unit(ProfileReport report, ClassProfile profile)
    {
        bool probability = profile.Average is >= 0 and <= 1;

        // A single output that is no probability and has no named class is a number: its place tells nobody anything.
        bool isNumber = profile.Class is null && report.Profiles.Count == 1
            && (report.ClassIndex is null || (report is { ClassIndex: 0, Link: "identity" } && !probability));
        return new AttributionUnit(isNumber ? null : profile.Class ?? profile.ClassIndex.ToString(CultureInfo.InvariantCulture), report.Link, report.Output, probability).Words;
    }

    /// <summary>A point of an axis as people read it.</summary>
    public static string Point(ProfileFeature feature, int point)
    {
        if (feature.Numbers is not { } numbers)
        {
            return feature.Levels![point];
        }

        string few = Digits(numbers[point], "G4");
        bool isItsOwn = (point == 0 || Digits(numbers[point - 1], "G4") != few) && (point == numbers.Count - 1 || Digits(numbers[point + 1], "G4") != few);
        return isItsOwn && Math.Abs(numbers[point]) < 10_000 ? few : Digits(numbers[point], "G6");
    }

    private static string Digits(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>The share of rows at a level, or between a number and the one before.</summary>
    public static string Share(ProfileFeature feature, int point) => feature.Numbers is null
        ? PlainNumbers.Percent(feature.Shares[point])
        : point == 0 ? "" : PlainNumbers.Percent(feature.Shares[point - 1]);

    /// <summary>"rises", "falls", or "rises and falls".</summary>
    public static string Direction(IReadOnlyList<double> curve)
    {
        double range = curve.Max() - curve.Min();
        bool up = false;
        bool down = false;
        double top = curve[0];
        double bottom = curve[0];
        foreach (double value in curve)
        {
            up |= value - bottom > Ripple * range;
            down |= top - value > Ripple * range;
            top = Math.Max(top, value);
            bottom = Math.Min(bottom, value);
        }

        return (up, down) switch
        {
            (true, false) => "rises",
            (false, true) => "falls",
            (true, true) => "rises and falls",
            _ => "varies",
        };
    }

    private static string Of(ProfileFeature feature, ClassProfile profile, int point, bool signed)
    {
        double value = profile.Values[point][0];
        string figure = signed ? PlainNumbers.Signed(value) : PlainNumbers.Value(value);
        IReadOnlyList<double> interval = profile.Interval[point][0];
        return $"{figure} [{PlainNumbers.Value(interval[0])}, {PlainNumbers.Value(interval[1])}] at {Point(feature, point)}";
    }
}
