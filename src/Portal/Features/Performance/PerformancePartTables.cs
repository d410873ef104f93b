using System.Globalization;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Performance;

/// <summary>What a report says of parts of the rows, as tables for the terminal: folds, parts, time, training data.</summary>
internal static class PerformancePartTables
{
    /// <summary>Writes what the report has of them.</summary>
    public static void Write(TextWriter people, PerformanceReport report)
    {
        if (report.FoldMeans.Count > 0)
        {
            people.WriteLine();
            people.WriteLine($"mean of {report.Folds.Count} folds of out-of-fold predictions, intervals by Nadeau and Bengio");
            WriteMeans(people, report.FoldMeans);
        }

        if (report.Stability is PartStability stability)
        {
            people.WriteLine();
            people.WriteLine(stability.Note);
            TextTable.Write(people, [["metric", "mean", "deviation", "least", "most"], .. stability.Ranges.Select(range => (string[])
            [
                range.Metric, TextTable.Number(range.Mean), TextTable.Number(range.Deviation), TextTable.Number(range.Least), TextTable.Number(range.Most),
            ])]);
        }

        if (report.OutOfTime is OutOfTime time)
        {
            people.WriteLine();
            people.WriteLine($"later rows ({time.Column} from {time.Split} on, n = {Count(time.Later.Count)}) against earlier ones (n = {Count(time.Earlier.Count)})");
            TextTable.Write(people, [["metric", "earlier", "later", "change"], .. time.Changes.Select(change => (string[])
            [
                change.Metric, TextTable.Number(time.Earlier.Metrics[change.Metric]), TextTable.Number(time.Later.Metrics[change.Metric]),
                TextTable.Number(change.Difference, change.Interval),
            ])]);
        }

        if (report.Overlap is { Duplicates.Shared: { } shared } overlap)
        {
            people.WriteLine();
            people.WriteLine(
                $"{Count(shared.Rows)} rows ({shared.Share:P1}) occur in the training data; {shared.ByChance:P1} would by chance"
                + (shared.IsLikelyLeak ? ": a likely leak" : ""));
            if (overlap.Without is GroupScores without)
            {
                PerformanceTables.WriteParts(people, "rows", [(without.Group, without.Count, without.Metrics)]);
            }
        }
    }

    /// <summary>Writes means over folds.</summary>
    public static void WriteMeans(TextWriter people, IReadOnlyList<FoldMean> means) =>
        TextTable.Write(people, [["metric", "mean", "deviation", "folds"], .. means.Select(mean => (string[])
            [mean.Metric, TextTable.Number(mean.Mean, mean.Interval), TextTable.Number(mean.Deviation), Count(mean.Folds)])]);

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
