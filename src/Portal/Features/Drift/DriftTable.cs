using System.Globalization;
using Governance.Audit.Drift;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Drift;

/// <summary>A drift report as a table for the terminal.</summary>
internal static class DriftTable
{
    private const int MostShown = 100;

    /// <summary>Writes the columns, those that drifted first, and what that says of the data.</summary>
    public static void Write(TextWriter people, DriftReport report, DriftOptions options)
    {
        ColumnDrift[] order = [.. report.Columns.OrderBy(column => column.Drifted switch { true => 0, null => 1, false => 2 })];
        TextTable.Write(people,
        [
            ["column", "test", "statistic", "adjusted p", "threshold", "noise floor", "missing", "verdict"],
            .. order.Take(MostShown).Select(column => (string[])
            [
                column.Name, column.Test, TextTable.Number(column.Statistic, column.Interval), TextTable.PValue(column.AdjustedPValue),
                TextTable.Number(column.Threshold), TextTable.Number(column.NoiseFloor), Missing(column),
                DriftWords.Verdict(column),
            ]),
        ]);
        foreach (ColumnDrift column in order.Take(MostShown).Where(column => column.Note is not null))
        {
            people.WriteLine($"  {column.Name}: {column.Note}");
        }

        if (order.Length > MostShown)
        {
            people.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … {order.Length - MostShown:N0} more columns; the JSON has all."));
        }

        people.WriteLine(DriftWords.Finding(report, options));
    }

    private static string Missing(ColumnDrift column) => column.Missing is not RateDrift rate ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{rate.Reference:0.0%} > {rate.Current:0.0%}");
}
