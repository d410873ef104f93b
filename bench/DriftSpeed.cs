using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Explanations;

namespace Governance.Bench;

/// <summary>Time and memory of comparing 100 columns of 100,000 rows, and of one test on a million values against a million.</summary>
internal static class DriftSpeed
{
    private const int Columns = 100;
    private const int Rows = 100_000;
    private const int Categorical = 30;

    /// <summary>Prints the table.</summary>
    public static void Run()
    {
        Table before = Make(1);
        Table now = Make(2);
        ResultTable table = new("what", "wall s", "CPU s", "memory beside the data, MB");
        Time(table, $"default tests, {Columns} columns × {Rows:N0} rows", () => Compare(before, now, new DriftOptions()));
        foreach (string test in (string[])["js", "psi", "chi2", "hellinger", "ks"])
        {
            Column[] columns = [.. before.Columns.Where(column => test != "ks" || column is NumberColumn)];
            Time(table, $"{test}, {columns.Length} columns", () => Compare(before, now, new DriftOptions { Test = test, Columns = [.. columns.Select(column => column.Name)] }));
        }

        Million(table);
        Files(table, before, now);
    }

    private static void Million(ResultTable table)
    {
        double[] reference = Numbers(11, 1_000_000);
        double[] current = Numbers(12, 1_000_000);
        foreach (int threads in (int[])[1, 2])
        {
            double[] first = new double[reference.Length];
            double[] second = new double[current.Length];
            Time(table, $"ks, 1,000,000 against 1,000,000, {threads} thread{(threads == 1 ? "" : "s")} (copying both included)", () =>
            {
                reference.CopyTo(first, 0);
                current.CopyTo(second, 0);
                KolmogorovSmirnov.Run(first, second, threads);
            });
        }
    }

    private static void Files(ResultTable table, Table before, Table now)
    {
        string folder = Directory.CreateTempSubdirectory("drift").FullName;
        try
        {
            string[] paths = [Path.Combine(folder, "before.csv"), Path.Combine(folder, "now.csv")];
            Write(before, paths[0]);
            Write(now, paths[1]);
            Time(table, $"from two CSV files of {new FileInfo(paths[0]).Length / 1_000_000:N0} MB to the report", () =>
            {
                Table[] read = new Table[2];
                Parallel.For(0, 2, i =>
                {
                    using FileStream stream = File.OpenRead(paths[i]);
                    read[i] = TableFile.Read(stream, CancellationToken.None);
                });
                Compare(read[0], read[1], new DriftOptions());
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(Table before, Table now, DriftOptions options) =>
        CompareTables.Run(before, now, options, Environment.ProcessorCount, CancellationToken.None);

    private static void Time(ResultTable table, string name, Action work)
    {
        double resident = Memory.ResetPeak();
        Measurement measured = Measurement.Of(work);
        double peak = Memory.Peak();
        table.Row(
            name, measured.WallSeconds.ToString("0.00", CultureInfo.InvariantCulture), measured.CpuSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            (peak - resident).ToString("0", CultureInfo.InvariantCulture));
    }

    private static Table Make(int seed) => new(
    [
        .. Enumerable.Range(0, Columns - Categorical).Select(i => (Column)new NumberColumn($"n{i}", Numbers((100 * seed) + i, Rows))),
        .. Enumerable.Range(0, Categorical).Select(i => Levels($"c{i}", (1_000 * seed) + i)),
    ]);

    private static TextColumn Levels(string name, int seed)
    {
        SeededRandom random = new(seed, 0);
        int[] codes = new int[Rows];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = Math.Min(random.NextBelow(10), random.NextBelow(10));
        }

        return new TextColumn(name, codes, [.. Enumerable.Range(0, 10).Select(level => $"level {level}")]);
    }

    private static double[] Numbers(int seed, int count)
    {
        SeededRandom random = new(seed, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Math.Round(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()), 6);
        }

        return values;
    }

    private static void Write(Table table, string path)
    {
        using StreamWriter writer = new(path, false, new UTF8Encoding(false), 1 << 16);
        writer.WriteLine(string.Join(',', table.Columns.Select(column => column.Name)));
        for (int row = 0; row < table.Rows; row++)
        {
            for (int i = 0; i < table.Columns.Count; i++)
            {
                writer.Write(i == 0 ? "" : ",");
                writer.Write(table.Columns[i].Text(row));
            }

            writer.WriteLine();
        }
    }
}
