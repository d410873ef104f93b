using Governance.Audit.Data;
using Governance.Tests;

namespace Governance.Audit.Tests.Mitigation;

/// <summary>The rows that the reference records of mitigation were computed on.</summary>
internal static class MitigationInput
{
    /// <summary>The whole file.</summary>
    public static Table Read(string file)
    {
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", file));
        return CsvTable.Read(stream, default);
    }

    /// <summary>A column of 0 and 1.</summary>
    public static sbyte[] Labels(Table table) => [.. Enumerable.Range(0, table.Rows).Select(row => (sbyte)table.Need("y_true").Number(row))];

    /// <summary>A column of numbers.</summary>
    public static double[] Numbers(Table table, string name) => [.. Enumerable.Range(0, table.Rows).Select(table.Need(name).Number)];
}
