using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Drift;

/// <summary>The inputs of the drift goldens.</summary>
internal static class GoldenColumns
{
    /// <summary>Both samples of a case, cells as they stand.</summary>
    public static (Column Reference, Column Current) Of(MetricRecord record)
    {
        string[][] rows = [.. File.ReadLines(Reference.Path("goldens", "metrics", "inputs", record.Dataset)).Skip(1).Select(line => line.Split(',', 2))];
        return (Make(rows, "ref"), Make(rows, "cur"));
    }

    /// <summary>The numbers of one column of a file.</summary>
    public static double[] Numbers(string file, int column = 0) =>
        [.. File.ReadLines(Reference.Path("goldens", "metrics", "inputs", file)).Skip(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture))];

    private static Column Make(string[][] rows, string sample)
    {
        string?[] cells = [.. rows.Where(row => row[0] == sample).Select(row => row[1].Length == 0 ? null : row[1])];
        return cells.All(cell => cell is null || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? new NumberColumn("value", [.. cells.Select(cell => cell is null ? double.NaN : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture))])
            : TextColumn.Of("value", cells);
    }
}
