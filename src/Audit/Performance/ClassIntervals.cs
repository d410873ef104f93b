using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Intervals in closed form of the metrics of a choice among classes.</summary>
/// <remarks>
/// Shares: Wilson's. Means of the classes' recalls or precisions, which rest on different rows: recovered variances. F1 and
/// what is weighted by class: the delta method on the log-odds; MCC and κ on Fisher's z. Areas: DeLong's influences added
/// over the classes; of pairs of classes, and of the largest calibration error, only the bootstrap gives an interval.
/// </remarks>
internal static class ClassIntervals
{
    /// <summary>The intervals that have a closed form, by metric.</summary>
    public static Dictionary<string, Interval?> Of(
        ClassMetrics metrics, ReadOnlySpan<double> values, OutcomeCell[][] cells, IReadOnlyList<CalibrationBin> calibration,
        PerformanceOptions options)
    {
        Dictionary<string, double> value = new(StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            value[metrics.Names[i]] = values[i];
        }

        Dictionary<string, Interval?> intervals = OfCounts(cells, value, options.Level);
        if (metrics.Data.Probability is double[][] probability)
        {
            AddAreas(intervals, metrics, probability, value, options.Level);
            if (metrics.HasProbabilities)
            {
                AddProbabilities(intervals, metrics, probability, value, calibration, options);
            }
        }

        return intervals;
    }

    /// <summary>A matrix of weights from one of cells.</summary>
    public static ConfusionSums Sums(OutcomeCell[][] cells) =>
        new([.. cells.SelectMany(row => row.Select(cell => cell.Weight))], cells.Length);

    private static Dictionary<string, Interval?> OfCounts(OutcomeCell[][] cells, Dictionary<string, double> value, double level)
    {
        ConfusionSums sums = Sums(cells);
        OutcomeCell all = default;
        OutcomeCell right = default;
        OutcomeCell[] actual = new OutcomeCell[cells.Length];
        OutcomeCell[] predicted = new OutcomeCell[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            right += cells[i][i];
            for (int j = 0; j < cells.Length; j++)
            {
                all += cells[i][j];
                actual[i] += cells[i][j];
                predicted[j] += cells[i][j];
            }
        }

        Interval? accuracy = Rate.Of(right, all).Wilson(level);
        Interval? recall = OfMean(sums.Recall(), actual, level);
        Interval? Jaccard(Interval? f1) => f1 is Interval own ? new Interval(own.Low / (2 - own.Low), own.High / (2 - own.High)) : null;
        Interval? LogOdds(string metric, ConfusionMetric figure) => TransformedInterval.LogOdds(value[metric], figure.Variance(cells), level);
        return new Dictionary<string, Interval?>(StringComparer.Ordinal)
        {
            ["accuracy"] = accuracy,
            ["error_rate"] = accuracy is Interval own ? new Interval(1 - own.High, 1 - own.Low) : null,
            ["balanced_accuracy"] = recall,
            ["macro_recall"] = recall,
            ["macro_precision"] = OfMean(sums.Precision(), predicted, level),
            ["micro_precision"] = accuracy,
            ["micro_recall"] = accuracy,
            ["micro_f1"] = accuracy,
            ["micro_jaccard"] = Jaccard(accuracy),
            ["weighted_recall"] = accuracy,
            ["weighted_precision"] = LogOdds("weighted_precision", ConfusionMetric.WeightedPrecision(sums)),
            ["macro_f1"] = LogOdds("macro_f1", ConfusionMetric.MacroF1(sums)),
            ["weighted_f1"] = LogOdds("weighted_f1", ConfusionMetric.WeightedF1(sums)),
            ["mcc"] = TransformedInterval.FisherZ(value["mcc"], ConfusionMetric.Matthews(sums).Variance(cells), level),
            ["kappa"] = TransformedInterval.FisherZ(value["kappa"], ConfusionMetric.Kappa(sums).Variance(cells), level),
        };
    }

    private static Interval? OfMean(double[] shares, OutcomeCell[] wholes, double level) => Array.Exists(shares, double.IsNaN)
        ? null
        : MeanOfProportions.Compute(
            [.. shares.Select(share => Math.Min(1, share))], [.. wholes.Select(whole => whole.EffectiveRows)], level);

    private static void AddAreas(
        Dictionary<string, Interval?> intervals, ClassMetrics metrics, double[][] probability, Dictionary<string, double> value, double level)
    {
        if (double.IsNaN(value["macro_roc_auc"]))
        {
            return;
        }

        ReadOnlySpan<double> weight = metrics.Data.Weight;
        int rows = metrics.Data.Label.Length;
        int[] all = [.. Enumerable.Range(0, rows)];
        double[] mass = new double[probability.Length];
        for (int row = 0; row < rows; row++)
        {
            mass[metrics.Data.Label[row]] += weight.IsEmpty ? 1 : weight[row];
        }

        double[] macro = new double[rows];
        double[] weighted = new double[rows];
        double[] areas = new double[probability.Length];
        for (int k = 0; k < probability.Length; k++)
        {
            areas[k] = AucInfluence.Add(metrics.Orders[k], probability[k], metrics.Truths[k], weight, 1.0 / probability.Length, macro);
            AucInfluence.Add(metrics.Orders[k], probability[k], metrics.Truths[k], weight, mass[k] / mass.Sum(), weighted);
        }

        // The classes' shares are estimated too.
        for (int row = 0; row < rows; row++)
        {
            weighted[row] += areas[metrics.Data.Label[row]] - value["weighted_roc_auc"];
        }

        intervals["macro_roc_auc"] =
            TransformedInterval.LogOdds(value["macro_roc_auc"], InfluenceSums.Variance(all, macro, weight), level);
        intervals["weighted_roc_auc"] =
            TransformedInterval.LogOdds(value["weighted_roc_auc"], InfluenceSums.Variance(all, weighted, weight), level);
    }

    private static void AddProbabilities(
        Dictionary<string, Interval?> intervals, ClassMetrics metrics, double[][] probability, Dictionary<string, double> value,
        IReadOnlyList<CalibrationBin> calibration, PerformanceOptions options)
    {
        MeanEstimate loss = default;
        MeanEstimate brier = default;
        OutcomeCell top = default;
        OutcomeCell all = default;
        for (int row = 0; row < metrics.Data.Label.Length; row++)
        {
            double mass = metrics.Data.Weight is null ? 1 : metrics.Data.Weight[row];
            loss.Add(ClassLoss.Log(probability, row, metrics.Data.Label[row]), mass);
            brier.Add(ClassLoss.Brier(probability, row, metrics.Data.Label[row]), mass);
            all = all.With(mass);
            top = options.TopClasses is not null && metrics.IsAmongTop(row) ? top.With(mass) : top;
        }

        intervals["log_loss"] = loss.Interval(options.Level);
        intervals["brier"] = brier.Interval(options.Level);
        intervals["top_k_accuracy"] = Rate.Of(top, all).Wilson(options.Level);
        intervals["ece"] = CalibrationErrorInterval.Compute(
            value["ece"], [.. calibration.Select(bin => bin.EffectiveRows)], [.. calibration.Select(bin => bin.Weight)],
            [.. calibration.Select(bin => bin.Observed ?? 0)], options.Level);
    }
}
