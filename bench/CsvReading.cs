using System.Globalization;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Bench;

/// <summary>Reading CSV from a file, in megabytes (10^6 bytes) a CPU-second, with the peak of memory.</summary>
internal static class CsvReading
{
    private const int Rows = 1_000_000;
    private const int Columns = 50;
    private const int Seed = 20261121;

    private static readonly string[] Kinds =
        ["mixed", "decimals of 6 digits", "decimals of 17 digits", "small whole numbers", "text of 8 levels", "quoted text of 8 levels"];

    /// <summary>Measures and prints a table.</summary>
    /// <param name="kinds">Which of the contents; all where none is named.</param>
    public static void Run(IReadOnlyCollection<string> kinds)
    {
        ResultTable table = new($"{Rows:N0} rows × {Columns} columns of", "MB", "wall s", "CPU s", "MB per CPU-second", "MB of cells", "peak MB of the process");
        foreach (string kind in Kinds.Where(kind => kinds.Count == 0 || kinds.Contains(kind)))
        {
            string path = Path.Combine(Path.GetTempPath(), $"governance-bench-{Environment.ProcessId}.csv");
            try
            {
                Generate(path, kind);
                Measure(table, kind, path);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static void Measure(ResultTable table, string kind, string path)
    {
        double before = Memory.ResetPeak();
        Read(path);
        double peak = Memory.Peak();
        Measurement cost = Measurement.Of(() => Read(path));
        double size = new FileInfo(path).Length / 1e6;
        table.Row(
            kind, Number(size, "0"), Number(cost.WallSeconds, "0.000"), Number(cost.CpuSeconds, "0.000"), Number(size / cost.CpuSeconds, "0"),
            Number(Rows * (double)Columns * (kind == "mixed" ? 6.4 : kind.Contains("text", StringComparison.Ordinal) ? 4 : 8) / 1e6, "0"), $"{Number(peak, "0")} ({Number(before, "0")} before)");
    }

    private static void Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (TableFile.Read(stream, CancellationToken.None).Rows != Rows)
        {
            throw new InvalidOperationException("The reader lost rows.");
        }
    }

    private static void Generate(string path, string kind)
    {
        Random random = new(Seed);
        using StreamWriter text = new(path, append: false, new UTF8Encoding(false), 1 << 20);
        text.Write(string.Join(',', Enumerable.Range(0, Columns).Select(column => $"c{column}")) + "\n");
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                text.Write(Cell(random, kind == "mixed" ? Kinds[1 + (column % 5)] : kind));
                text.Write(column == Columns - 1 ? '\n' : ',');
            }
        }
    }

    private static string Cell(Random random, string kind) => kind switch
    {
        "decimals of 6 digits" => random.NextDouble().ToString("0.000000", CultureInfo.InvariantCulture),
        "decimals of 17 digits" => random.NextDouble().ToString("R", CultureInfo.InvariantCulture),
        "small whole numbers" => random.Next(1000).ToString(CultureInfo.InvariantCulture),
        "text of 8 levels" => $"level {random.Next(8)}",
        _ => $"\"level, {random.Next(8)}\"",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
