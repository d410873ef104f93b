using System.Globalization;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Performance;

/// <summary>A performance report as tables for the terminal.</summary>
internal static class PerformanceTables
{
    private const int WidestMatrix = 12;
    private const int MostParts = 50;

    /// <summary>Writes metrics, confusion, calibration, folds and groups.</summary>
    public static void Write(TextWriter people, PerformanceReport report, double level)
    {
        string positive = report.Positive is null ? "" : $"; positive class {report.Positive}";
        people.WriteLine(
            $"{report.Task}, {report.Count:N0} rows{positive}; intervals at {(level * 100).ToString("0.##", CultureInfo.InvariantCulture)} %");
        TextTable.Write(people, [["metric", "value"], .. report.Metrics.Select(metric => (string[])
            [metric.Key, TextTable.Number(metric.Value, report.Intervals.GetValueOrDefault(metric.Key))])]);
        foreach (UndefinedScore undefined in report.Undefined)
        {
            people.WriteLine($"  undefined: {undefined.Metric}: {undefined.Reason}");
        }

        if (report.Confusion is { Labels.Count: <= WidestMatrix } confusion)
        {
            people.WriteLine();
            TextTable.Write(people, [["true \\ predicted", .. confusion.Labels], .. confusion.Labels.Select((label, i) => (string[])
                [label, .. confusion.Matrix[i].Select(cell => cell.ToString("#,0.###", CultureInfo.InvariantCulture))])]);
        }

        if (report.Calibration.Count > 0)
        {
            people.WriteLine();
            TextTable.Write(people, [["scores", "n", "mean score", "observed"], .. report.Calibration.Select(bin => (string[])
            [
                $"{TextTable.Number(bin.Low)} to {TextTable.Number(bin.High)}", Count(bin.Count),
                TextTable.Number(bin.MeanScore), TextTable.Number(bin.Observed, bin.Interval),
            ])]);
        }

        WriteBaselines(people, report);
        if (report.Classes.Count > 0)
        {
            WriteParts(people, "class", [.. report.Classes.Select(own => (own.Class, own.Count, own.Metrics))]);
        }

        PerformancePartTables.Write(people, report);
        WriteParts(people, "fold", [.. report.Folds.Select(fold => (fold.Fold, fold.Count, fold.Metrics))]);
        WriteParts(people, "group", [.. report.Groups.Select(group => (group.Group, group.Count, group.Metrics))]);
    }

    private static void WriteBaselines(TextWriter people, PerformanceReport report)
    {
        foreach (Baseline baseline in report.Baselines.Where(baseline => baseline.Gains.Count > 0))
        {
            people.WriteLine();
            people.WriteLine($"against the {baseline.Name} of {baseline.From} ({baseline.Prediction})");
            TextTable.Write(people, [["metric", "baseline", "gain", "verdict"], .. baseline.Gains.Select(gain => (string[])
                [gain.Metric, TextTable.Number(baseline.Metrics[gain.Metric]), TextTable.Number(gain.Gain, gain.Interval), gain.Verdict])]);
        }
    }

    /// <summary>Writes the metrics of parts of the rows, the first eight of them.</summary>
    internal static void WriteParts(
        TextWriter people, string head, IReadOnlyList<(string Name, int Count, IReadOnlyDictionary<string, double?> Metrics)> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        string[] shown = [.. parts[0].Metrics.Keys.Take(8)];
        people.WriteLine();
        TextTable.Write(people, [[head, "n", .. shown], .. parts.Take(MostParts).Select(part => (string[])
            [part.Name, Count(part.Count), .. shown.Select(metric => TextTable.Number(part.Metrics[metric]))])]);
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
