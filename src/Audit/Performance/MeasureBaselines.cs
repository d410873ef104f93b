using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Measures predictions that know nothing of a row, and how much better the given ones are.</summary>
internal static class MeasureBaselines
{
    // In these a baseline can be beaten; the others say nothing against one.
    private static readonly HashSet<string> Beaten = new(StringComparer.Ordinal)
    {
        "accuracy", "balanced_accuracy", "mcc", "cost", "roc_auc", "average_precision", "log_loss", "brier", "macro_f1", "weighted_f1",
        "macro_roc_auc", "rmse", "mae", "r2", "mape", "pinball",
    };

    /// <summary>The baselines of a task.</summary>
    /// <param name="sample">The predictions.</param>
    /// <param name="measured">Their metrics.</param>
    /// <param name="training">Where the outcome's distribution is taken from; null for these rows.</param>
    /// <param name="options">The level.</param>
    /// <param name="cancellationToken">Stops between baselines.</param>
    public static IEnumerable<Baseline> Of(
        PredictionSample sample, ScoreSheet measured, PredictionSample? training, PerformanceOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Func<double[]>>? ours = null;
        foreach ((string name, string says, PredictionSample constant) in sample.Baselines(training))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (IReadOnlyList<string> names, WeightedMetrics compute) = constant.Weighted();
            double[] values = new double[names.Count];
            compute(constant.Weight, values);
            ours ??= sample.Influences();
            IReadOnlyDictionary<string, Func<double[]>> theirs = constant.Influences();
            Dictionary<string, double?> metrics = new(StringComparer.Ordinal);
            List<BaselineGain> gains = [];
            for (int i = 0; i < values.Length; i++)
            {
                metrics[names[i]] = double.IsNaN(values[i]) ? null : values[i];
                if (Beaten.Contains(names[i]) && !double.IsNaN(values[i]) && measured.Metrics.GetValueOrDefault(names[i]) is double own)
                {
                    double gain = MetricDirection.IsLoss(names[i]) ? values[i] - own : own - values[i];
                    Interval? interval = PairedDifference.Interval(
                        gain, ours.GetValueOrDefault(names[i])?.Invoke(), theirs.GetValueOrDefault(names[i])?.Invoke(), sample.Weight, options.Level);
                    gains.Add(new BaselineGain(names[i], gain, interval?.ToArray(), Verdict(interval)));
                }
            }

            yield return new Baseline(name, training is null ? "these rows" : "the training data", says, metrics, gains);
        }
    }

    private static string Verdict(Interval? interval) => interval switch
    {
        { Low: > 0 } => "better",
        { High: < 0 } => "worse",
        _ => "undecided",
    };
}
