using System.Globalization;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Findings;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Counterfactuals;

/// <summary>The table for people of <c>governance counterfactual</c>.</summary>
internal static class CounterfactualTable
{
    /// <summary>Writes each way as a sentence and its changes as a table.</summary>
    public static void Write(TextWriter people, CounterfactualReport report)
    {
        people.WriteLine($"Row {report.Row}: the model answers {Answer(report.Original)}; looked for is {report.Target}.");
        foreach (Counterfactual way in report.Counterfactuals)
        {
            people.WriteLine();
            people.WriteLine(way.Sentence);
            TextTable.Write(people,
            [
                ["column", "now", "would be", "distance"],
                .. way.Changes.Select(change => (change, cells: CounterfactualWords.Texts(change))).Select(each => (IReadOnlyList<string>)
                [
                    each.change.Column, each.cells.From.Trim('\''), each.cells.To.Trim('\''), each.change.Distance.ToString("0.00", CultureInfo.InvariantCulture),
                ]),
            ]);
            people.WriteLine($"  asked again: {Answer(way.Answer)}; cost {PlainNumbers.Value(way.Cost)}.");
        }

        people.WriteLine();
        if (report.Reason is not null)
        {
            people.WriteLine(report.Reason);
        }

        if (report.Counterfactuals.Count > 0)
        {
            people.WriteLine(CounterfactualWords.Caveat);
        }

        people.WriteLine($"{PlainNumbers.Count(report.Evaluations)} candidates and rows of the data; {report.Actionable.Count} columns might change, {report.Fixed.Count} stay.");
    }

    private static string Answer(CaseAnswer answer) => (answer.Prediction, answer.Score) switch
    {
        (string prediction, double score) => $"'{prediction}' (score {PlainNumbers.Value(score)})",
        (string prediction, null) => $"'{prediction}'",
        (null, double value) => PlainNumbers.Value(value),
        _ => "nothing",
    };
}
