using System.Globalization;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Bench;

/// <summary>Reading CSV that lies in memory, in megabytes (10^6 bytes) a second.</summary>
internal static class CsvReading
{
    private const int Rows = 200_000;
    private const int Columns = 50;
    private const int Seed = 20261121;

    /// <summary>Measures and prints a table.</summary>
    public static void Run()
    {
        Random random = new(Seed);
        ResultTable table = new($"{Rows:N0} rows × {Columns} columns of", "MB", "wall s", "CPU s", "MB per CPU-second", "MB allocated");
        Measure(table, "decimals of 6 digits", () => random.NextDouble().ToString("0.000000", CultureInfo.InvariantCulture));
        Measure(table, "decimals of 17 digits", () => random.NextDouble().ToString("R", CultureInfo.InvariantCulture));
        Measure(table, "small whole numbers", () => random.Next(1000).ToString(CultureInfo.InvariantCulture));
        Measure(table, "text of 8 levels", () => $"level {random.Next(8)}");
        Measure(table, "quoted text of 8 levels", () => $"\"level, {random.Next(8)}\"");
    }

    private static void Measure(ResultTable table, string name, Func<string> cell)
    {
        byte[] file = Generate(cell);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Read(file);
        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6;
        Measurement cost = Measurement.Of(() => Read(file));
        double size = file.Length / 1e6;
        table.Row(
            name, size.ToString("0", CultureInfo.InvariantCulture), cost.WallSeconds.ToString("0.000", CultureInfo.InvariantCulture),
            cost.CpuSeconds.ToString("0.000", CultureInfo.InvariantCulture), (size / cost.CpuSeconds).ToString("0", CultureInfo.InvariantCulture),
            allocated.ToString("0", CultureInfo.InvariantCulture));
    }

    private static void Read(byte[] file)
    {
        using MemoryStream stream = new(file, writable: false);
        if (CsvTable.Read(stream, CancellationToken.None).Rows != Rows)
        {
            throw new InvalidOperationException("The reader lost rows.");
        }
    }

    private static byte[] Generate(Func<string> cell)
    {
        StringBuilder text = new();
        text.AppendJoin(',', Enumerable.Range(0, Columns).Select(column => $"c{column}")).Append('\n');
        for (int row = 0; row < Rows; row++)
        {
            text.AppendJoin(',', Enumerable.Range(0, Columns).Select(_ => cell())).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
