using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;

namespace Governance.Bench;

/// <summary>Rows that 1,000,000 rows of 50 columns repeat and share with as many others; the tables are in memory.</summary>
internal static class DuplicateSearch
{
    private const int Rows = 1_000_000;
    private const int Columns = 50;
    private const int Seed = 20261121;

    /// <summary>Measures and prints a table.</summary>
    public static void Run()
    {
        Random random = new(Seed);
        Table a = Generate(random), b = Generate(random);
        ResultTable table = new($"{Rows:N0} rows × {Columns} columns against as many", "wall s", "CPU s", "million cells per CPU-second");
        Measurement cost = Measurement.Of(() => FindDuplicates.Run(a, b, "c0", [], null));
        table.Row(
            "repeated and shared rows, with and without the label", cost.WallSeconds.ToString("0.000", CultureInfo.InvariantCulture),
            cost.CpuSeconds.ToString("0.000", CultureInfo.InvariantCulture), (2.0 * Rows * Columns / 1e6 / cost.CpuSeconds).ToString("0", CultureInfo.InvariantCulture));
    }

    private static Table Generate(Random random) => new([.. Enumerable.Range(0, Columns).Select(column => column % 5 == 4
        ? (Column)new TextColumn($"c{column}", [.. Enumerable.Range(0, Rows).Select(_ => random.Next(8))], [.. Enumerable.Range(0, 8).Select(level => $"level {level}")])
        : new NumberColumn($"c{column}", [.. Enumerable.Range(0, Rows).Select(_ => (double)random.Next(1000))]))]);
}
