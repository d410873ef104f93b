using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Bench;

/// <summary>Fairness and performance of 1,000,000 decisions that are in memory: labels, predictions, scores, weights, two attributes.</summary>
internal static class Metrics
{
    private const int Rows = 1_000_000;
    private const int Seed = 20261121;

    /// <summary>Measures and prints a table.</summary>
    public static void Run()
    {
        Table rows = Generate();
        DecisionColumns columns = new() { Label = "y", Prediction = "p", Score = "s" };
        BinaryDecisions decisions = ReadDecisions.From(rows, columns, Ignore).Decisions;
        BinaryDecisions weighted = ReadDecisions.From(rows, columns with { Weight = "w" }, Ignore).Decisions;
        Levels[] attributes = [Levels.Of(rows.Need("a")), Levels.Of(rows.Need("b"))];
        FairnessOptions single = new() { Protected = ["a", "b"] };
        PerformanceOptions performance = new() { Label = "y" };

        ResultTable table = new("work on 1,000,000 rows", "wall s", "CPU s", "million rows per CPU-second");
        Measure(table, "columns to decisions", () => ReadDecisions.From(rows, columns, Ignore));
        Measure(table, "fairness, 2 attributes of 6 and 2 groups", () => MeasureFairness.Run(decisions, attributes, single, Ignore, CancellationToken.None));
        Measure(table, "the same with intersections", () => MeasureFairness.Run(decisions, attributes, single with { Intersections = true }, Ignore, CancellationToken.None));
        Measure(table, "the same with intersections and weights", () => MeasureFairness.Run(weighted, attributes, single with { Intersections = true }, Ignore, CancellationToken.None));
        Measure(table, "performance, binary with score", () => MeasurePerformance.Measure(rows, decisions, performance, CancellationToken.None));
        Measure(table, "the same with weights", () => MeasurePerformance.Measure(rows, weighted, performance, CancellationToken.None));
    }

    private static void Measure(ResultTable table, string name, Action work)
    {
        Measurement cost = Measurement.Of(work);
        table.Row(
            name, cost.WallSeconds.ToString("0.000", CultureInfo.InvariantCulture), cost.CpuSeconds.ToString("0.000", CultureInfo.InvariantCulture),
            (Rows / 1e6 / cost.CpuSeconds).ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static Table Generate()
    {
        Random random = new(Seed);
        System.Text.StringBuilder text = new("y,p,s,w,a,b\n", Rows * 40);
        for (int row = 0; row < Rows; row++)
        {
            double score = random.NextDouble();
            int label = random.NextDouble() < score ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{label},{(score >= 0.5 ? 1 : 0)},{score:R},{0.5 + random.NextDouble():R},g{random.Next(6)},h{random.Next(2)}\n");
        }

        return CsvTable.Parse(text.ToString());
    }

    private static void Ignore(AuditWarning warning)
    {
    }
}
