using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Bench;

/// <summary>How often 95 % intervals of sampled explanations hold the exact value, over many seeds and all rows of a case.</summary>
internal static class SamplingCoverage
{
    /// <summary>Measures and prints a table.</summary>
    /// <param name="method">kernel or permutation.</param>
    /// <param name="name">A name of <see cref="SampledCases.Find"/>.</param>
    /// <param name="seeds">Seeds a row.</param>
    /// <param name="budgets">Evaluations.</param>
    /// <param name="width">The width to stop at; null to spend the budgets.</param>
    public static void Run(string method, string name, int seeds, int[] budgets, double? width)
    {
        SampledCase measured = SampledCases.Find(name)
            ?? throw new InvalidOperationException($"There is no case '{name}', or it needs the reference folder.");
        ResultTable table = new(
            "method and case", "evaluations", "values", "inside", "row least often inside", "mean error", "root mean square error", "mean width / root mean square error");
        foreach (int samples in budgets)
        {
            Tally[] rows = new Tally[measured.Rows.Count];
            Parallel.For(0, rows.Length, row => rows[row] = Tally.Of(method, measured, row, seeds, new SampleBudget(samples, width)));
            double count = rows.Sum(tally => tally.Count);
            double rmse = Math.Sqrt(rows.Sum(tally => tally.Squared) / count);
            table.Row(
                $"{method}, {measured.Name}{(width is null ? "" : string.Create(CultureInfo.InvariantCulture, $", until {width}"))}",
                Number(rows.Sum(tally => tally.Evaluations) / (rows.Length * (double)seeds), "N0"), Number(count, "N0"),
                Number(rows.Sum(tally => tally.Inside) / count, "0.0000"), Number(rows.Min(tally => tally.Inside / (double)tally.Count), "0.000"),
                Number(rows.Sum(tally => tally.Error) / count, "0.00e-0"), Number(rmse, "0.00e-0"), Number(rows.Sum(tally => tally.Width) / count / rmse, "0.00"));
        }
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private readonly record struct Tally(int Count, int Inside, double Error, double Squared, double Width, long Evaluations)
    {
        public static Tally Of(string method, SampledCase measured, int row, int seeds, SampleBudget budget)
        {
            SampledCase.Row known = measured.Rows[row];
            Tally tally = default;
            for (int seed = 1; seed <= seeds; seed++)
            {
                SeededRandom random = new(seed, row);
                SampledRow sampled = method == "kernel"
                    ? SampleCoalitions.Run(measured.Players, budget, random, [known.Empty], [known.Full], known.Value)
                    : PermutationShapley.Run(measured.Players, budget, random, [known.Empty], [known.Full], known.Value);
                tally = tally with { Evaluations = tally.Evaluations + sampled.Evaluations };
                for (int player = 0; player < measured.Players; player++)
                {
                    tally = tally.Add(
                        Math.Abs(sampled.Attribution.Values[player] - known.Exact[player]),
                        sampled.Attribution.Quantile * sampled.Attribution.StandardErrors![player]);
                }
            }

            return tally;
        }

        private Tally Add(double error, double half) =>
            new(Count + 1, Inside + (error <= half ? 1 : 0), Error + error, Squared + (error * error), Width + (2 * half), Evaluations);
    }
}
