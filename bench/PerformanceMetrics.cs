using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Bench;

/// <summary>Metrics of performance on rows in memory, kernel by kernel; scikit-learn's on the same numbers where Python has it.</summary>
internal static class PerformanceMetrics
{
    private const int Seed = 20261121;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="rows">How many rows.</param>
    public static int Run(int rows)
    {
        (double[] score, sbyte[] label) = Generate(rows);
        sbyte[] prediction = Array.ConvertAll(score, value => (sbyte)(value >= 0.5 ? 1 : 0));
        BinaryDecisions decisions = new("1", "1", label, prediction, score, null);
        Table table = new([new NumberColumn("y", Array.ConvertAll(label, value => (double)value))]);
        AucEstimate[] area = new AucEstimate[1];
        Console.WriteLine($"{rows:N0} rows, one class in two, scores uniform over their values");
        ResultTable results = new("work", "wall s", "CPU s", "most bytes beside the data, a row");
        Measure(results, rows, "order of the scores", () => RankOrder.Ascending(score));
        Measure(results, rows, "ROC AUC with DeLong's variance, sorting included", () => RocAuc.Compute(RankOrder.Ascending(score), score, label, [], [], area));
        Measure(results, rows, "average precision and trapezoid, sorting included", () => PrecisionRecall.Areas(RankOrder.Ascending(score), score, label, []));
        Measure(results, rows, "log loss and Brier score", () => (ProbabilityLoss.LogLoss(score, label, []), ProbabilityLoss.Brier(score, label, [])));
        Measure(results, rows, "whole binary report: 25 metrics with intervals, curves, calibration, baselines", () =>
            MeasurePerformance.Measure(table, decisions, new PerformanceOptions { Label = "y" }, CancellationToken.None));
        return 0;
    }

    /// <summary>Writes the rows as CSV for the peer's script.</summary>
    public static void Write(int rows, string path)
    {
        (double[] score, sbyte[] label) = Generate(rows);
        using StreamWriter writer = new(path);
        writer.WriteLine("y,s");
        for (int row = 0; row < rows; row++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label[row]},{score[row]:R}"));
        }
    }

    private static void Measure<T>(ResultTable table, int rows, string name, Func<T> work)
    {
        Measurement cost = Measurement.Of(() => work());
        table.Row(
            name, cost.WallSeconds.ToString("0.000", CultureInfo.InvariantCulture), cost.CpuSeconds.ToString("0.000", CultureInfo.InvariantCulture),
            (AllocatedBy(() => work()) / (double)rows).ToString("0.0", CultureInfo.InvariantCulture));
    }

    private static void Measure(ResultTable table, int rows, string name, Action work) => Measure(table, rows, name, () =>
    {
        work();
        return 0;
    });

    // All bytes that the work allocates: no less than the most it holds at a time.
    private static long AllocatedBy(Action work)
    {
        GC.Collect();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        work();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static (double[] Score, sbyte[] Label) Generate(int rows)
    {
        SeededRandom random = new(Seed, 0);
        double[] score = new double[rows];
        sbyte[] label = new sbyte[rows];
        for (int row = 0; row < rows; row++)
        {
            score[row] = random.NextDouble();
            label[row] = (sbyte)(random.NextDouble() < score[row] ? 1 : 0);
        }

        return (score, label);
    }
}
