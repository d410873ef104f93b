using System.Globalization;
using Governance.Audit.Slices;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Slices;

/// <summary>The table for people of <c>governance slices</c>.</summary>
internal static class SlicesTable
{
    /// <summary>Writes the slices with what the held-out rows say, and the error tree.</summary>
    public static void Write(TextWriter people, SlicesReport report)
    {
        people.WriteLine($"{SlicesWords.Finding(report)}.");
        people.WriteLine(SlicesWords.Method(report));
        people.WriteLine(
            $"{report.Metric} of all rows: {TextTable.Number(report.Discovery.Value, report.Discovery.Interval)} searched, "
            + $"{TextTable.Number(report.HeldOut.Value, report.HeldOut.Interval)} held out.");
        if (report.Slices.Count > 0)
        {
            TextTable.Write(people,
            [
                ["slice (usable as --where)", "found n", "found", "held out n", "held out", "rest", "difference", "p adjusted", ""],
                .. report.Slices.Select(slice => (IReadOnlyList<string>)
                [
                    slice.Where, Count(slice.Discovery.Rows), TextTable.Number(slice.Discovery.Value), Count(slice.HeldOut.Rows),
                    Number(slice.HeldOut.Value, slice.HeldOut.Interval), Number(slice.HeldOutRest, null), Number(slice.Difference, slice.DifferenceInterval),
                    TextTable.PValue(slice.AdjustedPValue), SlicesWords.Verdict(slice),
                ]),
            ]);
        }

        if (report.Tree.Count > 1)
        {
            people.WriteLine();
            people.WriteLine("Leaves of the error tree (the worst of the rows held out first):");
            TextTable.Write(people,
            [
                ["leaf", "grown on n", "grown on", "held out n", "held out", "difference", "p adjusted", ""],
                .. report.Tree.Where(node => node.IsLeaf).OrderByDescending(node => node.HeldOut.Value).Select(node => (IReadOnlyList<string>)
                [
                    node.Where, Count(node.Rows), TextTable.Number(node.Value), Count(node.HeldOut.Rows), Number(node.HeldOut.Value, node.HeldOut.Interval),
                    Number(node.Difference, node.DifferenceInterval), TextTable.PValue(node.AdjustedPValue), ErrorTreeWords.Verdict(node),
                ]),
            ]);
        }

        foreach (IGrouping<string, SkippedColumn> skipped in report.Skipped.GroupBy(each => each.Reason))
        {
            people.WriteLine($"Not searched: {string.Join(", ", skipped.Select(each => each.Column))} ({skipped.Key}).");
        }
    }

    private static string Count(int rows) => rows.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value, IReadOnlyList<double>? interval) => TextTable.Number(double.IsNaN(value) ? null : value, interval);
}
