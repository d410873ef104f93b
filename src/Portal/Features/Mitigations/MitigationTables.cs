using System.Globalization;
using Governance.Audit.Encodings;
using Governance.Audit.Mitigation;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Mitigations;

/// <summary>A mitigation as tables for the terminal.</summary>
internal static class MitigationTables
{
    private static readonly string[] Rates = ["selection_rate", "tpr", "fpr", "accuracy"];

    private static readonly string[] Summaries =
        ["demographic_parity_difference", "demographic_parity_ratio", "equal_opportunity_difference", "equalized_odds_difference"];

    /// <summary>Writes the rules, before and after, what changed for whom, and the frontier.</summary>
    public static void Write(TextWriter people, MitigationReport report)
    {
        people.WriteLine($"{report.Attribute}; positive class {report.Positive}, favourable outcome {report.Favourable}, threshold before {Short(report.Threshold)}");
        people.WriteLine(MitigationSentences.HeldOut(report.HeldOut));
        people.WriteLine();
        if (report.Thresholds.Count > 0)
        {
            people.WriteLine($"{report.Positive} is predicted for");
            foreach (GroupRule rule in report.Thresholds)
            {
                people.WriteLine($"  {rule.Group}: {MitigationSentences.Rule(rule)}");
            }
        }

        if (report.Weights.Count > 0)
        {
            people.WriteLine("Weights");
            TextTable.Write(people, [["group", "label", "factor"], .. report.Weights.Select(weight => (string[])[weight.Group, weight.Label, TextTable.Number(double.IsNaN(weight.Factor) ? null : weight.Factor)])]);
        }

        people.WriteLine("Before and after, on rows that nothing was fitted on");
        WriteSides(people, report);
        if (report.Frontier.Count > 0)
        {
            people.WriteLine("The trade: difference between groups against the objective, on the same rows");
            TextTable.Write(people, [["allowed", "difference", "objective", "accuracy"], .. report.Frontier.Select(point => (string[])
                [Short(point.Tolerance), TextTable.Number(point.Disparity), TextTable.Number(point.Objective), TextTable.Number(point.Accuracy)])]);
        }

        if (report.Step is not null)
        {
            people.WriteLine(MitigationSentences.Caution);
        }
    }

    private static void WriteSides(TextWriter people, MitigationReport report)
    {
        List<IReadOnlyList<string>> rows = [["group", "metric", "n", "before", "after", "change"]];
        foreach (GroupChange change in report.Changes.Where(change => Rates.Contains(change.Metric)))
        {
            rows.Add(
            [
                change.Group.Length == 0 ? "(all rows)" : change.Group, change.Metric, change.Count.ToString("N0", CultureInfo.InvariantCulture),
                TextTable.Number(change.Before), TextTable.Number(change.After), TextTable.Number(change.Difference, change.Interval),
            ]);
        }

        TextTable.Write(people, rows);
        TextTable.Write(people, [["between groups", "before", "after"], .. Summaries.Select(name => (string[])
        [
            name, TextTable.Number(report.Before.Summary.GetValueOrDefault(name), report.Before.SummaryIntervals.GetValueOrDefault(name)),
            TextTable.Number(report.After.Summary.GetValueOrDefault(name), report.After.SummaryIntervals.GetValueOrDefault(name)),
        ])]);
    }

    private static string Short(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
