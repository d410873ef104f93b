using Governance.Audit.Findings;
using Governance.Audit.Robustness;
using Governance.Audit.Slices;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Robustness;

/// <summary>The tables for people of <c>governance robustness</c>.</summary>
internal static class RobustnessTable
{
    /// <summary>Writes one table a curve, and the columns by fragility.</summary>
    public static void Write(TextWriter people, RobustnessReport report)
    {
        people.WriteLine($"{RobustnessWords.Finding(report)}.");
        people.WriteLine(string.Join("; ", RobustnessWords.Provenance(report)) + ".");
        foreach (string note in report.Notes)
        {
            people.WriteLine(note);
        }

        foreach (RobustnessCurve curve in report.Curves.Where(curve => curve.Refusal is null || curve.Skipped.Count > 0))
        {
            people.WriteLine();
            people.WriteLine(curve.Refusal is null ? $"{curve.Title} ({curve.Test}): {curve.Unit}" : $"{curve.Title} ({curve.Test}): {curve.Refusal}");
            if (curve.Points.Count > 0)
            {
                TextTable.Write(people, [["strength", .. Heads(report)], .. curve.Points.Select(point => (IReadOnlyList<string>)[RobustnessWords.Strength(point), .. Cells(report, point)])]);
            }

            foreach (RobustnessPoint refused in curve.Points.Where(point => point.Refusal is not null).Take(1))
            {
                people.WriteLine($"  At {RobustnessWords.Strength(refused)}: {refused.Refusal}");
            }

            foreach (IGrouping<string, SkippedColumn> skipped in curve.Skipped.GroupBy(each => each.Reason))
            {
                people.WriteLine($"  Not changed: {string.Join(", ", skipped.Select(each => each.Column))} ({skipped.Key}).");
            }
        }

        WriteUnfit(people, report);
        if (report.Fragile.Count > 0)
        {
            people.WriteLine();
            people.WriteLine($"{RobustnessWords.Fragile(report)}.");
            TextTable.Write(people,
            [
                ["noise in one column alone", .. Heads(report), "empty"],
                .. report.Fragile.Select(column => (IReadOnlyList<string>)[column.Column, .. Cells(report, column.Noise), Empty(report, column.Missing)]),
            ]);
        }
    }

    private static void WriteUnfit(TextWriter people, RobustnessReport report)
    {
        foreach (IGrouping<string, RobustnessCurve> unfit in report.Curves.Where(curve => curve.Refusal is not null && curve.Skipped.Count == 0).GroupBy(curve => curve.Refusal!))
        {
            people.WriteLine();
            people.WriteLine($"Not done: {string.Join(", ", unfit.Select(curve => curve.Test))}. {unfit.Key}");
        }
    }

    private static string[] Heads(RobustnessReport report) =>
    [
        .. report.Task == "value" ? Array.Empty<string>() : ["answers changed"],
        report.Task == "value" ? "values moved by" : "scores moved by", .. report.Baseline.Select(metric => metric.Metric),
    ];

    private static string[] Cells(RobustnessReport report, RobustnessPoint point) =>
    [
        .. report.Task == "value" ? Array.Empty<string>() : [point.Refusal is null ? Silent(point) : "refused"],
        Number(point.ScoreShift, point.ScoreShiftInterval), .. point.Metrics.Select(metric => Number(metric.Value, metric.Interval)),
    ];

    private static string Silent(RobustnessPoint point) =>
        RobustnessWords.Share(point.FlipRate, point.FlipInterval) + (point.NoAnswer > 0 ? $" (no number: {PlainNumbers.Percent(point.NoAnswer)})" : "");

    private static string Empty(RobustnessReport report, RobustnessPoint? missing) => missing is null ? "refused"
        : missing.Refusal is not null ? "refused"
        : report.Task == "value" ? Number(missing.ScoreShift, missing.ScoreShiftInterval)
        : Silent(missing);

    private static string Number(double value, IReadOnlyList<double>? interval) => TextTable.Number(double.IsNaN(value) ? null : value, interval);
}
