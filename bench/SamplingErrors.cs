using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Bench;

/// <summary>Mean absolute errors against exact Shapley values at equal numbers of evaluations, and what an estimate costs.</summary>
internal static class SamplingErrors
{
    private const int Rows = 10;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="seeds">Seeds a row where a coalition costs a look-up; trees of 30 features take two.</param>
    /// <param name="cases">Beginnings of the names of the cases to run; none for all.</param>
    public static void Run(int seeds, string[] cases)
    {
        ResultTable table = new(
            "case", "evaluations", "paired Kernel SHAP", "permutations", "default", "default, % of mean |φ|", "Kernel SHAP / default", "CPU ms an estimate");
        foreach (SampledCase measured in SampledCases.All().Where(known => cases.Length == 0 || cases.Any(known.Name.StartsWith)))
        {
            foreach (int samples in measured.Players > 13 ? (int[])[256, 512, 2048, 4096] : [256, 512, 1024, 2048])
            {
                Measure(table, measured, samples, measured.Players > 13 ? 2 : seeds);
            }
        }
    }

    private static void Measure(ResultTable table, SampledCase measured, int samples, int seeds)
    {
        double kernel = 0;
        double permutation = 0;
        double error = 0;
        double seconds = 0;
        int count = 0;
        for (int row = 0; row < measured.Rows.Count; row += Math.Max(1, measured.Rows.Count / Rows))
        {
            SampledCase.Row known = measured.Rows[row];
            for (int seed = 1; seed <= seeds; seed++)
            {
                SeededRandom random = new(seed, row);
                PairedCoalitions design = PairedCoalitions.Draw(measured.Players, samples, random);
                double[] values = known.Value(design.Coalitions);
                double[] attribution = new double[measured.Players];
                KernelShapley.Estimate(design, values, [known.Empty], [known.Full], attribution);
                kernel += Error(attribution, known);
                double started = ThreadTime.Seconds();
                SampledAttribution sampled = SampledShapley.Estimate(design, values, [known.Empty], [known.Full]);
                seconds += ThreadTime.Seconds() - started;
                error += Error(sampled.Values, known);
                permutation += Error(
                    PermutationShapley.Run(measured.Players, new SampleBudget(samples, null), random, [known.Empty], [known.Full], known.Value).Attribution.Values,
                    known);
                count++;
            }
        }

        table.Row(
            measured.Name, samples.ToString("N0", CultureInfo.InvariantCulture), Number(kernel / count, "0.0e-0"), Number(permutation / count, "0.0e-0"),
            Number(error / count, "0.0e-0"), Number(100 * error / count / measured.Scale, "0.00"), Number(kernel / error, "0.0"), Number(1000 * seconds / count, "0.0"));
    }

    private static double Error(double[] attribution, SampledCase.Row known) =>
        attribution.Zip(known.Exact, (estimate, exact) => Math.Abs(estimate - exact)).Average();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
