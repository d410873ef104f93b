using Governance.Audit.Drift;
using Governance.Audit.Drift.Distances;
using Governance.Audit.Statistics;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Audit.Training;
using Governance.Tests;

namespace Governance.Audit.Tests.Drift;

/// <summary>alibi-detect's MMD², scikit-learn's domain classifier and statsmodels' corrections.</summary>
public sealed class JointGoldenTests : IChecksMetricRecords
{
    private const string File = "drift_multivariate.json";

    public static bool Claims(MetricRecord record) => record.File == File && record.Id.Split('/', 2) is [string set, string function]
        && (function.StartsWith("mmd", StringComparison.Ordinal) || function == "domain_classifier_auc"
            || function is "compas_race/psi" or "compas_race/chi2" || (set == "multiple_testing" && function is "holm" or "fdr_bh"));

    [SkippableFact]
    public void Every_record_of_our_definitions_agrees() => Assert.All(MetricRecords.Of(File).Where(Claims), Check);

    private static void Check(MetricRecord record)
    {
        if (record.Id.StartsWith("multiple_testing", StringComparison.Ordinal))
        {
            double[] p = [.. record.Params.GetProperty("pvalues").EnumerateArray().Select(value => value.GetDouble())];
            double[] adjusted = record.Id.EndsWith("holm", StringComparison.Ordinal) ? MultipleTests.Holm(p) : MultipleTests.BenjaminiHochberg(p);
            Assert.All(record.Value.GetProperty("p_adj").EnumerateArray().Zip(adjusted), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 1e-12));
        }
        else if (record.Id.StartsWith("population", StringComparison.Ordinal))
        {
            CheckCounts(record);
        }
        else
        {
            CheckRows(record);
        }
    }

    private static void CheckCounts(MetricRecord record)
    {
        MetricRecord counts = MetricRecords.Of(File).First(other => other.Id == "population/compas_race/psi");
        long[] reference = [.. counts.Params.GetProperty("counts_ref").EnumerateObject().Select(level => level.Value.GetInt64())];
        long[] current = [.. counts.Params.GetProperty("counts_cur").EnumerateObject().Select(level => level.Value.GetInt64())];
        if (record.Id.EndsWith("psi", StringComparison.Ordinal))
        {
            Assert.Equal(record.Value.GetDouble(), CellDistances.Stability(reference, current), 1e-12);
            return;
        }

        double statistic = ChiSquare.Statistic(reference, current);
        Assert.Equal(record.Value.GetProperty("statistic").GetDouble(), statistic, 1e-9);
        Assert.Equal(record.Value.GetProperty("pvalue").GetDouble(), ChiSquare.PValue(statistic, reference.Length), 1e-15);
    }

    private static void CheckRows(MetricRecord record)
    {
        string[][] lines = [.. System.IO.File.ReadLines(Reference.Path("goldens", "metrics", "inputs", record.Dataset)).Skip(1).Select(line => line.Split(','))];
        int features = lines[0].Length - 1;
        double[] reference = Rows(lines, "ref");
        double[] current = Rows(lines, "cur");
        if (record.Id.EndsWith("domain_classifier_auc", StringComparison.Ordinal))
        {
            CheckClassifier(record, reference, current, features);
            return;
        }

        double sigma = record.Params.TryGetProperty("sigma", out var given) ? given.GetDouble() : Mmd.MedianSigma(reference, features);
        (double squared, double p) = Mmd.Run(reference, current, features, sigma, 99, 1, CancellationToken.None);
        bool float32 = record.Id.EndsWith("median_heuristic", StringComparison.Ordinal);
        double expected = record.Value.ValueKind == System.Text.Json.JsonValueKind.Object ? record.Value.GetProperty("mmd2").GetDouble() : record.Value.GetDouble();
        Assert.Equal(expected, squared, float32 ? 1e-7 : 1e-12);
        if (float32)
        {
            Assert.Equal(record.Value.GetProperty("sigma").GetDouble(), sigma, 1e-6);
        }
        else if (record.Value.ValueKind == System.Text.Json.JsonValueKind.Object)
        {
            // Their permutations are others: the p values of 200 and of 99 deals agree within their own error.
            double theirs = record.Value.GetProperty("p_val").GetDouble();
            Assert.Equal(theirs, p, 4 * Math.Sqrt(((theirs * (1 - theirs)) + 0.01) / 99));
        }
    }

    private static void CheckClassifier(MetricRecord record, double[] reference, double[] current, int features)
    {
        TrainingRows rows = new([.. Enumerable.Range(0, features).Select(i => $"x{i}")], [.. reference.Concat(current).Select(value => (float)value)]);
        int n = reference.Length / features;
        int[] fold = [.. Blocks(0, n), .. Blocks(n, rows.Count - n)];
        IReadOnlyList<DomainScore> scores = DomainClassifier.Run(rows, n, fold, 0.95, 0, 1, CancellationToken.None);

        // Features are floats here, so that a pair of near-equal scores may change places.
        Assert.Equal(record.Value.GetProperty("auc_oof").GetDouble(), scores[0].Area, 1e-4);
        Assert.Equal(record.Id.StartsWith("corr_only", StringComparison.Ordinal), scores[1].PValue < 1e-4 && scores[0].PValue > 0.05);
    }

    // As scikit-learn's StratifiedKFold without shuffling: a class's rows in blocks, sized by the places of the sorted labels.
    private static IEnumerable<int> Blocks(int from, int count) => Enumerable.Range(0, 5).SelectMany(fold =>
        Enumerable.Repeat(fold, Enumerable.Range(from, count).Count(place => place % 5 == fold)));

    private static double[] Rows(string[][] lines, string sample) =>
        [.. lines.Where(line => line[^1] == sample).SelectMany(line => line[..^1]).Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
}
