namespace Governance.Audit.Performance;

/// <summary>How much each row moves the metrics of a choice among classes; see <see cref="BinaryInfluence"/>.</summary>
internal static class ClassInfluence
{
    /// <summary>The influences, shape [rows] each, by metric; none of a metric that is undefined.</summary>
    public static IReadOnlyDictionary<string, Func<double[]>> Of(ClassMetrics metrics)
    {
        ClassPredictions data = metrics.Data;
        int classes = data.Classes.Count;
        double[] cells = new double[classes * classes];
        for (int row = 0; row < data.Label.Length; row++)
        {
            cells[(data.Label[row] * classes) + data.Prediction[row]] += data.Weight is null ? 1 : data.Weight[row];
        }

        ConfusionSums sums = new(cells, classes);
        Dictionary<string, Func<double[]>> influences = new(StringComparer.Ordinal);
        ConfusionMetric right = ConfusionMetric.Share(sums, (i, j) => i == j, (_, _) => true);
        ConfusionMetric recall = ConfusionMetric.Mean(
            [.. Enumerable.Range(0, classes).Select(k => ConfusionMetric.Share(sums, (i, j) => i == k && j == k, (i, _) => i == k))]);
        AddCells(right, "accuracy", "micro_precision", "micro_recall", "micro_f1", "weighted_recall");
        AddCells(ConfusionMetric.Share(sums, (i, j) => i != j, (_, _) => true), "error_rate");
        AddCells(recall, "balanced_accuracy", "macro_recall");
        AddCells(ConfusionMetric.Mean(
            [.. Enumerable.Range(0, classes).Select(k => ConfusionMetric.Share(sums, (i, j) => i == k && j == k, (_, j) => j == k))]), "macro_precision");
        AddCells(ConfusionMetric.WeightedPrecision(sums), "weighted_precision");
        AddCells(ConfusionMetric.MacroF1(sums), "macro_f1");
        AddCells(ConfusionMetric.WeightedF1(sums), "weighted_f1");
        AddCells(ConfusionMetric.Matthews(sums), "mcc");
        AddCells(ConfusionMetric.Kappa(sums), "kappa");
        if (data.Probability is double[][] probability)
        {
            AddScores(influences, metrics, probability);
        }

        return influences;

        void AddCells(ConfusionMetric figure, params string[] names)
        {
            if (!double.IsNaN(figure.Value))
            {
                foreach (string name in names)
                {
                    influences[name] = () => [.. data.Label.Select((label, row) => sums.All * figure.Slopes[(label * classes) + data.Prediction[row]])];
                }
            }
        }
    }

    private static void AddScores(Dictionary<string, Func<double[]>> influences, ClassMetrics metrics, double[][] probability)
    {
        ClassPredictions data = metrics.Data;
        double[] mass = new double[probability.Length];
        foreach (int label in data.Label)
        {
            mass[label]++;
        }

        if (Array.TrueForAll(mass, rows => rows > 0 && rows < data.Label.Length))
        {
            influences["macro_roc_auc"] = () =>
            {
                double[] macro = new double[data.Label.Length];
                for (int k = 0; k < probability.Length; k++)
                {
                    AucInfluence.Add(metrics.Orders[k], probability[k], metrics.Truths[k], data.Weight, 1.0 / probability.Length, macro);
                }

                return macro;
            };
        }

        if (metrics.HasProbabilities)
        {
            influences["log_loss"] = () => Centred(row => ClassLoss.Log(probability, row, data.Label[row]));
            influences["brier"] = () => Centred(row => ClassLoss.Brier(probability, row, data.Label[row]));
        }

        double[] Centred(Func<int, double> value)
        {
            Statistics.MeanEstimate mean = default;
            double[] own = [.. Enumerable.Range(0, data.Label.Length).Select(value)];
            for (int row = 0; row < own.Length; row++)
            {
                mean.Add(own[row], data.Weight is null ? 1 : data.Weight[row]);
            }

            return Array.ConvertAll(own, one => one - mean.Value);
        }
    }
}
