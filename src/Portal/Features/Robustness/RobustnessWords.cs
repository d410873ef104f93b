using System.Globalization;
using Governance.Audit.Findings;
using Governance.Audit.Robustness;

namespace Governance.Portal.Features.Robustness;

/// <summary>Robustness in plain words. Pure.</summary>
internal static class RobustnessWords
{
    /// <summary>The change that does most harm, in a sentence.</summary>
    public static string Finding(RobustnessReport report)
    {
        (RobustnessCurve Curve, RobustnessPoint Point)[] points =
            [.. report.Curves.SelectMany(curve => curve.Points.Where(point => point.Refusal is null).Select(point => (curve, point)))];
        if (points.Length == 0)
        {
            return "No test fits this model";
        }

        if (report.Task == "value")
        {
            (RobustnessCurve curve, RobustnessPoint point) = points.MaxBy(each => each.Point.ScoreShift);
            return $"{curve.Title}: values move most, by {PlainNumbers.WithInterval(point.ScoreShift, point.ScoreShiftInterval)} on average at strength {Strength(point)}, n = {PlainNumbers.Count(report.Rows)}";
        }

        (RobustnessCurve worst, RobustnessPoint at) = points.MaxBy(each => each.Point.FlipRate);
        return $"{worst.Title}: most answers change, {Share(at.FlipRate, at.FlipInterval)} at strength {Strength(at)}, n = {PlainNumbers.Count(report.Rows)}";
    }

    /// <summary>The most fragile column in a sentence; null where columns were not compared.</summary>
    public static string? Fragile(RobustnessReport report)
    {
        if (report.Fragile.Count == 0)
        {
            return null;
        }

        FragileColumn first = report.Fragile[0];
        return report.Task == "value"
            ? $"{first.Column} is the most fragile column: noise of {Strength(first.Noise)} in it alone moves values by {PlainNumbers.WithInterval(first.Noise.ScoreShift, first.Noise.ScoreShiftInterval)} on average"
            : $"{first.Column} is the most fragile column: noise of {Strength(first.Noise)} in it alone changes {Share(first.Noise.FlipRate, first.Noise.FlipInterval)} of the answers";
    }

    /// <summary>One curve in a sentence, from its strongest point.</summary>
    public static string Curve(RobustnessReport report, RobustnessCurve curve)
    {
        if (curve.Refusal is not null)
        {
            return $"{curve.Title}: {curve.Refusal}";
        }

        RobustnessPoint last = curve.Points[^1];
        string of = $", n = {PlainNumbers.Count(report.Rows)}";
        return last.Refusal is not null ? $"{curve.Title}: the model refuses such rows"
            : report.Task == "value" ? $"{curve.Title}: values move by {PlainNumbers.WithInterval(last.ScoreShift, last.ScoreShiftInterval)} at strength {Strength(last)}{of}"
            : $"{curve.Title}: {Share(last.FlipRate, last.FlipInterval)} of the answers change at strength {Strength(last)}{of}";
    }

    /// <summary>A strength as a number of few digits.</summary>
    public static string Strength(RobustnessPoint point) => point.Strength.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Such as "12.1 % [10.2 %, 14.0 %]".</summary>
    public static string Share(double share, IReadOnlyList<double>? interval) => !double.IsFinite(share) ? "undefined"
        : interval is null ? PlainNumbers.Percent(share)
        : $"{PlainNumbers.Percent(share)} [{PlainNumbers.Percent(interval[0])}, {PlainNumbers.Percent(interval[1])}]";

    /// <summary>Rows, draws and seed, for the line under a plot.</summary>
    public static IReadOnlyList<string> Provenance(RobustnessReport report) =>
    [
        .. report.Baseline.Select(metric => $"{Metric(metric.Metric)} {PlainNumbers.WithInterval(metric.Value, metric.Interval)} as it is"),
        $"{PlainNumbers.Count(report.Rows)} rows, {report.Repeats} draw{(report.Repeats == 1 ? "" : "s")} of each random change, {PlainNumbers.Count(report.ModelRows)} model rows",
        $"seed {report.Seed.ToString(CultureInfo.InvariantCulture)}",
    ];

    /// <summary>A metric as people say it.</summary>
    public static string Metric(string name) => name switch
    {
        "roc_auc" => "area under the ROC curve",
        "rmse" => "root mean squared error",
        _ => name,
    };
}
