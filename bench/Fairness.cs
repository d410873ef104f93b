using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Bench;

/// <summary>Group metrics and their bootstrap on decisions that are in memory, as Fairlearn's MetricFrame is measured.</summary>
/// <remarks>
/// Fairlearn 0.15, measured on the machine of the goldens (one core used): 10 metrics × 20 groups on 100,000 rows 2.27 s, on
/// 1,000,000 rows 23.7 s; 20 resamples of 3 metrics × 5 groups on 100,000 rows 12.6 s, so that 1,000 would take about 600 s.
/// </remarks>
internal static class Fairness
{
    private const double Fairlearn100K = 2.27;
    private const double Fairlearn1M = 23.72;
    private const double FairlearnBootstrap = 600;

    /// <summary>Measures and prints two tables.</summary>
    public static void Run()
    {
        ResultTable table = new("group metrics, all named rates with intervals, 20 groups", "wall s", "CPU s", "Fairlearn s (10 metrics)", "times as fast", "data MB", "peak MB above data");
        Groups(table, 100_000, Fairlearn100K, scored: false);
        Groups(table, 1_000_000, Fairlearn1M, scored: false);
        Groups(table, 1_000_000, Fairlearn1M, scored: true);
        Console.WriteLine();
        ResultTable bootstrap = new("1,000 resamples, 5 groups, 100,000 rows", "wall s", "CPU s", "Fairlearn s (extrapolated)", "times as fast", "data MB", "peak MB above data");
        Resamples(bootstrap, "all rates, mean score, ROC AUC and losses, BCa, 2 threads", scored: true, threads: 2);
        Resamples(bootstrap, "the same, 1 thread", scored: true, threads: 1);
        Resamples(bootstrap, "all rates, BCa, without scores", scored: false, threads: 2);
    }

    private static void Groups(ResultTable table, int rows, double fairlearn, bool scored)
    {
        (BinaryDecisions decisions, Levels groups) = Generate(rows, 20, scored);
        FairnessOptions options = new() { Protected = ["g"], ReferenceGroups = new Dictionary<string, string> { ["g"] = groups.Names[0] } };
        Row(table, $"{rows:N0} rows{(scored ? ", with scores" : "")}", rows, scored, fairlearn, () => MeasureFairness.Run(decisions, [groups], options, _ => { }, CancellationToken.None));
    }

    private static void Resamples(ResultTable table, string name, bool scored, int threads)
    {
        const int rows = 100_000;
        (BinaryDecisions decisions, Levels groups) = Generate(rows, 5, scored);
        BinaryRows measured = new(decisions, true);
        int[] codes = groups.Codes.ToArray();
        Audit.Statistics.Resampling.BootstrapOptions options = new() { Seed = 1, Threads = threads };
        Row(table, name, rows, scored, FairlearnBootstrap, () =>
        {
            GroupBootstrap bootstrap = measured.Bootstrap(codes, groups.Names, options, CancellationToken.None);
            foreach (GroupFigures group in measured.Count(codes, groups.Names))
            {
                foreach (string metric in (string[])["selection_rate", "tpr", "roc_auc"])
                {
                    bootstrap.Of(groups.IndexOf(group.Name), metric, group[metric].Value);
                }
            }
        });
    }

    private static void Row(ResultTable table, string name, int rows, bool scored, double fairlearn, Action work)
    {
        Measurement cost = Measurement.Of(work);
        double before = Memory.ResetPeak();
        work();
        double above = Memory.Peak() - before;
        double data = rows * (scored ? 14.0 : 6.0) / 1e6;
        table.Row(
            name, Text(cost.WallSeconds), Text(cost.CpuSeconds), Text(fairlearn), (fairlearn / cost.WallSeconds).ToString("0", CultureInfo.InvariantCulture),
            data.ToString("0.0", CultureInfo.InvariantCulture), above.ToString("0.0", CultureInfo.InvariantCulture));
    }

    private static string Text(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static (BinaryDecisions Decisions, Levels Groups) Generate(int rows, int groups, bool scored)
    {
        SeededRandom random = new(20261121, rows);
        sbyte[] label = new sbyte[rows];
        sbyte[] prediction = new sbyte[rows];
        double[] score = new double[rows];
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            score[row] = random.NextDouble();
            label[row] = (sbyte)(random.NextDouble() < score[row] ? 1 : 0);
            prediction[row] = (sbyte)(score[row] >= 0.5 ? 1 : 0);
            codes[row] = random.NextBelow(groups);
        }

        string[] names = [.. Enumerable.Range(0, groups).Select(group => $"g{group:00}")];
        Debug.Assert(codes.Max() < groups, "Codes are groups.");
        return (new BinaryDecisions("1", "1", label, prediction, scored ? score : null, null), Levels.Of(new TextColumn("g", codes, names)));
    }
}
