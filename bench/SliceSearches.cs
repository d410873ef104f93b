using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Slices;

namespace Governance.Bench;

/// <summary>How long a search for weak slices takes: rows × 20 columns with a planted slice, up to three conditions.</summary>
internal static class SliceSearches
{
    /// <summary>Searches tables of several sizes.</summary>
    /// <param name="sizes">Rows; 100,000 and 1,000,000 where none are given.</param>
    public static void Run(string[] sizes)
    {
        foreach (int count in sizes.Length == 0 ? [100_000, 1_000_000] : sizes.Select(int.Parse))
        {
            Table table = Rows(count);
            SeededRandom random = new(2, 0);
            double[] chances = [.. Enumerable.Range(0, count).Select(row =>
                table.Need("level0").Text(row) == "b" && table.Need("number0").Number(row) > 0.7 ? 0.4 : 0.1)];
            double[] errors = [.. chances.Select(chance => random.NextDouble() < chance ? 1.0 : 0)];
            double[] losses = [.. chances.Select(chance => -Math.Log(1 - (chance * random.NextDouble())))];
            foreach ((SliceMetric metric, double[] own) in new[] { (SliceMetric.ErrorRate, errors), (SliceMetric.LogLoss, losses) })
            {
                foreach (int threads in new[] { 1, 2 })
                {
                    Stopwatch clock = Stopwatch.StartNew();
                    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                    SlicesReport report = FindSlices.Run(
                        table,
                        new SliceRows { Metric = metric, Losses = own, Strata = new int[count], StratifiedBy = "nothing", Used = [] },
                        new SliceOptions { Threads = threads }, null, default);
                    TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - before;
                    Console.WriteLine(
                        $"{count:N0} rows × {table.Columns.Count} columns, {metric.Name()}, {threads} threads: {clock.Elapsed.TotalSeconds:0.00} s ({used.TotalSeconds:0.00} s CPU), "
                        + $"{report.Evaluated:N0} slices, first: {report.Slices[0].Where}");
                }
            }
        }
    }

    private static Table Rows(int count)
    {
        SeededRandom random = new(1, 0);
        List<Column> columns = [];
        for (int i = 0; i < 12; i++)
        {
            double[] numbers = new double[count];
            for (int row = 0; row < count; row++)
            {
                numbers[row] = random.NextDouble();
            }

            columns.Add(new NumberColumn($"number{i}", numbers));
        }

        for (int i = 0; i < 8; i++)
        {
            int[] codes = new int[count];
            for (int row = 0; row < count; row++)
            {
                codes[row] = random.NextBelow(8) - (random.NextBelow(40) == 0 ? 8 : 0);
            }

            columns.Add(new TextColumn($"level{i}", Array.ConvertAll(codes, code => Math.Max(code, -1)), ["a", "b", "c", "d", "e", "f", "g", "h"]));
        }

        return new Table(columns);
    }
}
