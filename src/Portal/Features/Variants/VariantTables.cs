using System.Globalization;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Distillation;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Variants;

/// <summary>The table of <c>governance variant</c> for people.</summary>
internal static class VariantTables
{
    private const int MostLines = 20;

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter people, VariantReport report)
    {
        people.WriteLine($"{report.Words}.");
        people.WriteLine();
        TextTable.Write(people, [["measure", "parent", "variant", "variant - parent", "verdict"], .. report.Metrics.Select(metric => (string[])
        [
            metric.Name, Number(metric, metric.A), Number(metric, metric.B), Number(metric, metric.Difference, metric.Interval), metric.Verdict,
        ])]);
        if (report.Flips is { } flips)
        {
            people.WriteLine($"{flips.Count:N0} of {report.Rows:N0} rows are decided otherwise.");
        }

        if (report.Student is StudentReport student)
        {
            WriteStudent(people, student);
        }

        people.WriteLine($"{(report.Summary.Touched.Count == 1 ? "One node" : $"{report.Summary.Touched.Count:N0} nodes")} changed, {report.Summary.LeftAlone.Count:N0} left as they are.");
        foreach (LeftNode node in report.Summary.LeftAlone.Take(MostLines))
        {
            people.WriteLine($"  {node.Name} ({node.Operator}): {node.Why}");
        }
    }

    // Bytes are counted: each one is said.
    private static string Number(VariantMetric metric, double? value, IReadOnlyList<double>? interval = null) =>
        metric.IsBytes && value is double bytes ? bytes.ToString("N0", CultureInfo.InvariantCulture) : TextTable.Number(value, interval);

    /// <summary>Writes what was measured of a student.</summary>
    public static void WriteStudent(TextWriter people, StudentReport student)
    {
        people.WriteLine($"Learned from {student.LearnedRows:N0} rows and {student.RedrawnRows:N0} redrawn ones; on {student.HeldOutRows:N0} rows held out:");
        TextTable.Write(people, [["measure", "value", "interval"], .. StudentWords.Lines(student).Select(line => (string[])
        [
            line.Name, TextTable.Number(line.Value), line.Interval is null ? "" : $"{TextTable.Number(line.Interval[0])} to {TextTable.Number(line.Interval[1])}",
        ])]);
    }
}
