using System.Globalization;
using Governance.Audit.Findings;
using Governance.Audit.Slices;

namespace Governance.Portal.Features.Slices;

/// <summary>Weak slices in plain words. Pure.</summary>
internal static class SlicesWords
{
    /// <summary>The worst confirmed slice in a sentence, or that there is none.</summary>
    public static string Finding(SlicesReport report)
    {
        WeakSlice[] confirmed = [.. report.Slices.Where(slice => slice.Confirmed)];
        if (confirmed.Length == 0)
        {
            return report.Slices.Count == 0
                ? $"No slice of at least {PlainNumbers.Count(report.MinRows)} rows is worse than the rest by {Metric(report.Metric)}"
                : report.Slices.Count == 1 ? "The weakest slice is not confirmed on rows that the search did not see"
                : $"None of the {report.Slices.Count} weakest slices is confirmed on rows that the search did not see";
        }

        WeakSlice worst = confirmed.MaxBy(slice => slice.Difference)!;
        return $"Where {worst.Where}, {Metric(report.Metric)} is {PlainNumbers.WithInterval(worst.HeldOut.Value, worst.HeldOut.Interval)} "
            + $"against {PlainNumbers.Value(worst.HeldOutRest)} elsewhere, n = {PlainNumbers.Count(worst.HeldOut.Rows)} held out";
    }

    /// <summary>How slices were found and confirmed, in a sentence or two.</summary>
    public static string Method(SlicesReport report) =>
        $"{PlainNumbers.Count(report.Discovery.Rows)} rows were searched ({PlainNumbers.Count(report.Evaluated)} slices of up to {report.Depth} "
        + $"condition{(report.Depth == 1 ? "" : "s")}, at least {PlainNumbers.Count(report.MinRows)} rows over both halves), {PlainNumbers.Count(report.HeldOut.Rows)} others confirm; "
        + $"halves by seed {report.Split.Seed}, stratified by {report.Split.StratifiedBy}. p values are two-sided, adjusted over the {report.Slices.Count} slices carried over "
        + "(Benjamini and Hochberg).";

    /// <summary>Whether the held-out rows agree.</summary>
    public static string Verdict(WeakSlice slice) => slice.Confirmed ? "confirmed" : slice.PValue is null ? "too few rows" : "not confirmed";

    /// <summary>Other conditions that more than half of its rows fulfil and hardly any others; null where there are none.</summary>
    public static string? Same(WeakSlice slice)
    {
        string[] same = [.. slice.Similar.Where(similar => similar.Overlap > 0.5).Select(similar => similar.Where)];
        return same.Length == 0 ? null : $"mostly the same rows: {string.Join("; ", same)}";
    }

    /// <summary>Rows, metric and seed, for the line under a plot.</summary>
    public static IReadOnlyList<string> Provenance(SlicesReport report) =>
    [
        $"{Metric(report.Metric)} {PlainNumbers.WithInterval(report.HeldOut.Value, report.HeldOut.Interval)} of all held-out rows",
        $"{PlainNumbers.Count(report.Discovery.Rows)} rows searched, {PlainNumbers.Count(report.HeldOut.Rows)} held out",
        $"seed {report.Split.Seed.ToString(CultureInfo.InvariantCulture)}",
    ];

    /// <summary>A metric as people say it.</summary>
    public static string Metric(string name) => name switch
    {
        "error_rate" => "the error rate",
        "log_loss" => "the log loss",
        "squared_error" => "the mean squared error",
        "fpr" => "the false-positive rate",
        "fnr" => "the false-negative rate",
        _ => name,
    };
}
