using System.Globalization;
using Governance.Audit.Fairness;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Fairness;

/// <summary>A fairness report as tables for the terminal.</summary>
internal static class FairnessTables
{
    private const int MostTests = 20;

    private static readonly string[] Shown =
        ["selection_rate", "tpr", "fpr", "ppv", "accuracy", "macro_f1", "mean_score", "roc_auc", "ece", "mean_prediction", "mean_error", "mae", "rmse", "r2"];

    /// <summary>Writes each attribute's groups, summary and comparisons.</summary>
    public static void Write(TextWriter people, FairnessReport report, FairnessOptions options)
    {
        string level = (options.Level * 100).ToString("0.##", CultureInfo.InvariantCulture);
        string classes = report.Positive.Length == 0 ? $"{report.Task.ToString().ToLowerInvariant()} task"
            : $"positive class {report.Positive}, favourable outcome {report.Favourable}";
        people.WriteLine($"{report.Overall.Count:N0} rows; {classes}; intervals at {level} %{Method(report, options)}");
        WriteAttributes(people, report);
        FairnessDetailTables.WriteInequality(people, report);
        if (report.SkippedRows is { MissingGroup: > 0 } or { MissingLabel: > 0 })
        {
            people.WriteLine();
            people.WriteLine(
                $"{report.SkippedRows.MissingGroup:N0} rows without a group are in no group; {report.SkippedRows.MissingLabel:N0} rows "
                + "without a label count towards selection rates and scores alone.");
        }

        foreach (FairnessSlice slice in report.Slices)
        {
            people.WriteLine();
            people.WriteLine($"== {slice.Slice}: {slice.Report.Overall.Count:N0} rows");
            WriteAttributes(people, slice.Report);
        }
    }

    private static string Method(FairnessReport report, FairnessOptions options) => report.Interval switch
    {
        FairnessInterval.Bootstrap => $", bootstrap of {options.Resamples:N0} resamples, percentile",
        FairnessInterval.Bca => $", bootstrap of {options.Resamples:N0} resamples, BCa",
        _ => "",
    };

    private static void WriteAttributes(TextWriter people, FairnessReport report)
    {
        foreach (AttributeFairness attribute in report.Attributes)
        {
            people.WriteLine();
            people.WriteLine($"{attribute.Attribute}, by group");
            WriteGroups(people, attribute, report.Overall);
            people.WriteLine($"{attribute.Attribute}, compared");
            WriteSummary(people, attribute);
            WriteTests(people, attribute);
            FairnessDetailTables.Write(people, attribute);
            foreach (UndefinedMetric undefined in attribute.Undefined)
            {
                string groups = undefined.Groups.Count == 0 ? "" : $" for {string.Join(", ", undefined.Groups)}";
                people.WriteLine($"  undefined: {undefined.Metric}{groups}: {undefined.Reason}");
            }
        }
    }

    private static void WriteGroups(TextWriter people, AttributeFairness attribute, GroupMetrics overall)
    {
        string[] metrics = [.. Shown.Where(overall.Metrics.ContainsKey)];
        List<IReadOnlyList<string>> rows = [["group", "n", .. metrics]];
        foreach (GroupMetrics group in (GroupMetrics[])[.. attribute.Groups, overall with { Group = "(all rows)" }])
        {
            string name = attribute.SmallGroups.Contains(group.Group) ? group.Group + " (small)" : group.Group;
            rows.Add([name, group.Count.ToString("N0", CultureInfo.InvariantCulture), .. metrics.Select(metric =>
                TextTable.Number(group.Metrics[metric], group.Intervals.GetValueOrDefault(metric)))]);
        }

        TextTable.Write(people, rows);
    }

    private static void WriteSummary(TextWriter people, AttributeFairness attribute)
    {
        bool both = attribute.SupportedSummary is not null;
        List<IReadOnlyList<string>> rows = [both ? ["summary", "all groups", "without small groups"] : ["summary", "all groups"]];
        foreach ((string metric, double? value) in attribute.Summary)
        {
            string cell = TextTable.Number(value, attribute.SummaryIntervals.GetValueOrDefault(metric));
            rows.Add(both ? [metric, cell, TextTable.Number(attribute.SupportedSummary!.GetValueOrDefault(metric))] : [metric, cell]);
        }

        TextTable.Write(people, rows);
    }

    private static void WriteTests(TextWriter people, AttributeFairness attribute)
    {
        if (attribute.Tests.Count == 0)
        {
            return;
        }

        List<IReadOnlyList<string>> rows = [["comparison", "metric", "difference", "ratio", "p", "adjusted p", "Fisher", "Barnard", "rows to decide"]];
        foreach (GroupTest test in attribute.Tests.Take(MostTests))
        {
            rows.Add(
            [
                $"{test.GroupA} - {test.GroupB}", test.Metric, TextTable.Number(test.Difference, test.Interval),
                TextTable.Number(test.Ratio, test.RatioInterval), TextTable.PValue(test.PValue), TextTable.PValue(test.AdjustedPValue),
                TextTable.PValue(test.FisherPValue), TextTable.PValue(test.BarnardPValue),
                test.NeededRows is long needed ? needed.ToString("N0", CultureInfo.InvariantCulture) : "-",
            ]);
        }

        TextTable.Write(people, rows);
        if (attribute.Tests.Count > MostTests)
        {
            people.WriteLine($"  {attribute.Tests.Count - MostTests:N0} more comparisons are in the JSON.");
        }
    }
}
