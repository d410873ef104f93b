using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Governance.Audit.Performance;
using Governance.Audit.Tests.MetricGoldens;

namespace Governance.Audit.Tests.Performance;

/// <summary>scikit-learn 1.2.1's numbers on the shared inputs, to 1e-9 relative; what it answers by convention stands in exclusions.json.</summary>
public sealed class SklearnGoldenTests : IChecksMetricRecords
{
    private const string File = "performance_sklearn.json";
    private const double Tolerance = 1e-9;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["accuracy_score"] = "accuracy",
        ["balanced_accuracy_score"] = "balanced_accuracy",
        ["matthews_corrcoef"] = "mcc",
        ["cohen_kappa_score"] = "kappa",
        ["zero_one_loss"] = "error_rate",
        ["precision_score/binary"] = "precision",
        ["recall_score/binary"] = "recall",
        ["f1_score/binary"] = "f1",
        ["jaccard_score/binary"] = "jaccard",
        ["fbeta_2"] = "f_beta",
        ["roc_auc_score"] = "roc_auc",
        ["average_precision_score"] = "average_precision",
        ["pr_auc_trapezoid"] = "pr_auc",
        ["log_loss(clip eps=1e-15)"] = "log_loss",
        ["brier_score_loss"] = "brier",
        ["gini"] = "gini",
        ["ks_statistic"] = "ks",
        ["roc_auc/ovr/macro"] = "macro_roc_auc",
        ["roc_auc/ovr/weighted"] = "weighted_roc_auc",
        ["roc_auc/ovo/macro"] = "macro_roc_auc_ovo",
        ["roc_auc/ovo/weighted"] = "weighted_roc_auc_ovo",
        ["log_loss"] = "log_loss",
        ["top2"] = "top_k_accuracy",
        ["brier_multiclass(sum over classes)"] = "brier",
        ["mae"] = "mae",
        ["mse"] = "mse",
        ["rmse"] = "rmse",
        ["r2"] = "r2",
        ["median_ae"] = "median_ae",
        ["explained_variance"] = "explained_variance",
        ["msle"] = "msle",
        ["pinball_0.9"] = "pinball",
        ["max_error"] = "max_error",
        ["r2_one_sample"] = "r2",
    };

    // What scikit-learn defines by convention, and README calls faults or "by definition", is in exclusions.json by name.
    private static readonly HashSet<string> ByConvention = new(StringComparer.Ordinal)
    {
        "small/roc_curve", "small_w/roc_curve", "regression/mape", "regression_w/mape", "r2_constant_truth", "r2_constant_perfect",
        "mape_zero_truth",
        "edge_one_class_0/balanced_accuracy_score", "edge_one_class_1/balanced_accuracy_score",
        "edge_one_class_0/matthews_corrcoef", "edge_one_class_1/matthews_corrcoef", "edge_const_score/matthews_corrcoef",
        "edge_one_class_0/recall_score/binary", "edge_one_class_0/recall_score/macro", "edge_one_class_1/recall_score/macro",
        "edge_const_score/precision_score/macro", "edge_const_score/precision_score/weighted",
        "edge_one_class_0/average_precision_score", "edge_one_class_0/pr_auc_trapezoid",
    };

    private static readonly ConcurrentDictionary<(string, bool), PerformanceReport> Reports = new();

    public static bool Claims(MetricRecord record) => record.File == File && !ByConvention.Contains(record.Id);

    [SkippableTheory]
    [InlineData("small")]
    [InlineData("small_w")]
    [InlineData("edge_one_class_0")]
    [InlineData("edge_one_class_1")]
    [InlineData("edge_perfect")]
    [InlineData("edge_inverted")]
    [InlineData("edge_const_score")]
    [InlineData("multiclass")]
    [InlineData("multiclass_w")]
    [InlineData("regression")]
    [InlineData("regression_w")]
    [InlineData("r2_one_sample")]
    public void Every_record_of_the_set_agrees(string set)
    {
        MetricRecord[] records = [.. MetricRecords.Of(File).Where(record => Claims(record) && SetOf(record) == set)];

        Assert.NotEmpty(records);
        string[] wrong = [.. records.Select(Fault).OfType<string>()];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [SkippableFact]
    public void No_claimed_record_is_left_out_of_the_sets()
    {
        string[] sets = [.. typeof(SklearnGoldenTests).GetMethod(nameof(Every_record_of_the_set_agrees))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.GetData(null!).Single()[0])];

        Assert.All(MetricRecords.Of(File).Where(Claims), record => Assert.Contains(SetOf(record), sets));
    }

    private static string SetOf(MetricRecord record) => record.Id.Split('/')[0];

    private static string? Fault(MetricRecord record)
    {
        double[] theirs = record.Raises is null ? [.. Numbers(record.Value)] : [double.NaN];
        double[] ours = Ours(record);
        bool alike = ours.Length == theirs.Length && ours.Zip(theirs).All(pair =>
            double.IsNaN(pair.First) ? double.IsNaN(pair.Second) : Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.Second)));
        return alike ? null : $"{record.Id}: [{string.Join(", ", ours)}] against {record.Value} {record.Raises}";
    }

    // Our numbers in the order in which the record has them.
    private static double[] Ours(MetricRecord record)
    {
        string set = SetOf(record);
        string what = record.Id.Contains('/') ? record.Id[(set.Length + 1)..] : record.Id;
        string[] words = what.Split('/');
        if (words is [_, "macro" or "micro" or "weighted"] && what.Contains("_score/", StringComparison.Ordinal))
        {
            return [Value(Report(set, averages: true), $"{words[1]}_{words[0].Replace("_score", "")}")];
        }

        PerformanceReport report = Report(set, averages: false);
        return what switch
        {
            "confusion_matrix" => [.. report.Confusion!.Matrix.SelectMany(row => row)],
            "roc_curve" => RocCurve(record, report),
            "log_loss(default eps=auto)" => [LogLoss(set, Math.Pow(2, -52))],
            "precision_score/None" or "recall_score/None" or "f1_score/None" =>
                [.. report.Classes.Select(own => own.Metrics[words[0].Replace("_score", "")]!.Value)],
            _ when words[0] == "calibration_curve" => CalibrationCurve(set, words[1] == "quantile" ? Binning.Quantile : Binning.Uniform),
            _ when words[0] == "ece" => CalibrationError(set, words[1] == "quantile" ? Binning.Quantile : Binning.Uniform, int.Parse(words[2], CultureInfo.InvariantCulture)),
            _ => [Value(report, Names[what])],
        };
    }

    private static double Value(PerformanceReport report, string metric)
    {
        if (report.Metrics[metric] is null)
        {
            Assert.Contains(report.Undefined, undefined => undefined.Metric == metric && undefined.Reason.Length > 0);
        }

        return report.Metrics[metric] ?? double.NaN;
    }

    private static PerformanceReport Report(string set, bool averages) => Reports.GetOrAdd((set, averages), _ =>
        MeasurePerformance.Run(SklearnInputs.Rows(set), SklearnInputs.Options(set, averages), _ => { }, default));

    // scikit-learn leaves out points on a line between others, and begins with a threshold of the highest score + 1.
    private static double[] RocCurve(MetricRecord record, PerformanceReport report)
    {
        double[] thresholds = [.. Numbers(record.Value[2])];
        CurveCut[] cuts = [report.Curve[0], .. thresholds[1..].Select(threshold => report.Curve.Single(cut => cut.Threshold == threshold))];
        return
        [
            .. cuts.Select(cut => cut.FalsePositiveRate ?? double.NaN), .. cuts.Select(cut => cut.TruePositiveRate ?? double.NaN), .. thresholds,
        ];
    }

    private static double LogLoss(string set, double clip)
    {
        BinaryDecisions rows = Decisions(set);
        return ProbabilityLoss.LogLoss(rows.Score, rows.Label, rows.Weight, clip);
    }

    private static double[] CalibrationCurve(string set, Binning binning)
    {
        BinaryDecisions rows = Decisions(set);
        CalibrationBin[] bins = [.. CalibrationBins.Compute(rows.Score, rows.Label, rows.Weight, 10, binning, 0.95, BinEdge.Below).Where(bin => bin.Count > 0)];
        return [.. bins.Select(bin => bin.Observed!.Value), .. bins.Select(bin => bin.MeanScore!.Value)];
    }

    private static double[] CalibrationError(string set, Binning binning, int count)
    {
        PerformanceReport report = MeasurePerformance.Run(
            SklearnInputs.Rows(set), SklearnInputs.Options(set, false) with { Binning = binning, Bins = count }, _ => { }, default);
        IEnumerable<double> bins = report.Calibration.SelectMany(bin => bin.Count == 0
            ? (double[])[double.NaN]
            : [bin.Count, bin.Observed!.Value, bin.MeanScore!.Value]);
        return [Value(report, "ece"), Value(report, "mce"), .. bins];
    }

    private static BinaryDecisions Decisions(string set)
    {
        PerformanceOptions options = SklearnInputs.Options(set, false);
        return ReadDecisions.From(
            SklearnInputs.Rows(set),
            new DecisionColumns { Label = options.Label, Prediction = options.Prediction, Score = "score", Weight = options.Weight, Positive = "1" },
            _ => { }).Decisions;
    }

    // All numbers in reading order; an empty bin is null and counts as one that does not exist.
    private static IEnumerable<double> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => [value.GetDouble()],
        JsonValueKind.Null => [double.NaN],
        JsonValueKind.String => [value.GetString() == "NaN" ? double.NaN : throw new InvalidOperationException(value.GetString())],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Numbers(property.Value)),
        _ => throw new InvalidOperationException(value.ValueKind.ToString()),
    };
}
