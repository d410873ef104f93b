using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The metrics of a binary decision on one set of rows.</summary>
internal static class MeasureBinary
{
    private const int MostCurvePoints = 101;

    /// <summary>Measures.</summary>
    /// <param name="decisions">Rows that all have a label.</param>
    /// <param name="options">Bins, level and costs.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static ScoreSheet Of(BinaryDecisions decisions, PerformanceOptions options, CancellationToken cancellationToken)
    {
        BinaryMetrics metrics = new(decisions, options);
        double[] values = new double[metrics.Names.Count];
        metrics.Compute(decisions.Weight, values);
        ScoreSheet sheet = new(decisions.Rows)
        {
            Calibration = metrics.HasProbabilities ? Calibration(metrics, options) : [],
            Curve = metrics.HasScores
                ? ScoreCurve.Thinned(ScoreCurve.Points(metrics.Order, decisions.Score, decisions.Label, decisions.Weight), MostCurvePoints)
                : [],
            Confusion = Matrix(decisions),
        };
        Dictionary<string, Interval?> intervals = options.Interval == IntervalMethod.Analytic
            ? BinaryIntervals.Of(metrics, values, sheet.Calibration, options)
            : BootstrapMetrics.Intervals(metrics.Names, decisions.Rows, decisions.Weight.ToArray(), metrics.Compute, options, cancellationToken);
        for (int i = 0; i < values.Length; i++)
        {
            sheet.Put(metrics.Names[i], values[i], Reason(metrics.Names[i], metrics), intervals.GetValueOrDefault(metrics.Names[i]));
        }

        return sheet;
    }

    private static Confusion Matrix(BinaryDecisions decisions)
    {
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(decisions.Label, decisions.Prediction, decisions.Weight, [], counted);
        Outcomes o = counted[0];
        return new Confusion(
            [decisions.Negative, decisions.Positive],
            [[o.TrueNegatives.Weight, o.FalsePositives.Weight], [o.FalseNegatives.Weight, o.TruePositives.Weight]]);
    }

    private static IReadOnlyList<CalibrationBin> Calibration(BinaryMetrics metrics, PerformanceOptions options)
    {
        BinaryDecisions rows = metrics.Order.Length == metrics.Decisions.Rows ? metrics.Decisions : metrics.Decisions.Take(metrics.Order);
        return CalibrationBins.Compute(
            rows.Score, rows.Label, rows.Weight, options.Bins, options.Binning, options.Level, options.BinEdge);
    }

    private static string Reason(string metric, BinaryMetrics metrics)
    {
        string noPositive = $"no row is '{metrics.Decisions.Positive}'";
        bool hasPositive = metrics.Decisions.Label.Contains((sbyte)1);
        return metric switch
        {
            "balanced_accuracy" => hasPositive ? $"every row is '{metrics.Decisions.Positive}'" : noPositive,
            "specificity" => $"every row is '{metrics.Decisions.Positive}'",
            "precision" => $"no row is predicted '{metrics.Decisions.Positive}'",
            "recall" => noPositive,
            "f1" or "jaccard" or "f_beta" => $"{noPositive} or predicted so",
            "mcc" => "only one class occurs, or only one is predicted",
            "kappa" => "agreement by chance is already complete",
            "roc_auc" or "gini" or "ks" => "rows with a score are of one class only",
            "average_precision" or "pr_auc" or "caught" or "lift" => $"no row with a score is '{metrics.Decisions.Positive}'",
            "log_loss" or "brier" or "ece" or "mce" or "brier_reliability" or "brier_resolution" or "brier_uncertainty" or "brier_within_bins"
                when !metrics.HasProbabilities => metrics.Order.Length == 0
                    ? "no row has a score" : "the scores are no probabilities: one lies outside [0, 1]",
            _ => "there is no row with a weight above 0",
        };
    }
}
