using Governance.Audit.Fairness;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Fairness;

/// <summary>What stands beside an attribute's rates, as tables for the terminal.</summary>
internal static class FairnessDetailTables
{
    private const int MostRows = 20;

    /// <summary>Writes one attribute's.</summary>
    public static void Write(TextWriter people, AttributeFairness attribute)
    {
        foreach (DetailTable table in FairnessDetails.Of(attribute))
        {
            Write(people, table);
        }
    }

    /// <summary>Writes how unequally outcomes fall on persons.</summary>
    public static void WriteInequality(TextWriter people, FairnessReport report)
    {
        if (FairnessDetails.Inequality(report) is DetailTable table)
        {
            people.WriteLine();
            Write(people, table);
        }

        if (report.Consistency is ConsistencyReport alike)
        {
            people.WriteLine(
                $"Consistency with {alike.Neighbours} nearest rows: {TextTable.Number(alike.Value, alike.Interval)} ({alike.Rows:N0} of {alike.Of:N0} rows)");
        }
    }

    private static void Write(TextWriter people, DetailTable table)
    {
        people.WriteLine($"{table.Title}. {table.Note}");
        TextTable.Write(people, [table.Head, .. table.Rows.Take(MostRows)]);
        if (table.Rows.Count > MostRows)
        {
            people.WriteLine($"  {table.Rows.Count - MostRows:N0} more rows are in the JSON.");
        }
    }
}
