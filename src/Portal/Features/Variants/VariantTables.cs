using Governance.Audit.Variants;
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
            metric.Name, TextTable.Number(metric.A), TextTable.Number(metric.B), TextTable.Number(metric.Difference, metric.Interval), metric.Verdict,
        ])]);
        if (report.Flips is { } flips)
        {
            people.WriteLine($"{flips.Count:N0} of {report.Rows:N0} rows are decided otherwise.");
        }

        people.WriteLine($"{report.Summary.Touched.Count:N0} nodes changed, {report.Summary.LeftAlone.Count:N0} left as they are.");
        foreach (LeftNode node in report.Summary.LeftAlone.Take(MostLines))
        {
            people.WriteLine($"  {node.Name} ({node.Operator}): {node.Why}");
        }
    }
}
