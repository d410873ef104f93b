namespace Governance.Audit.Performance;

/// <summary>How much each row moves the metrics of a binary decision.</summary>
/// <remarks>
/// The material of paired comparisons: on the same rows, the variance of a difference of two versions' metrics is
/// Σ w² (IF₁ − IF₂)² / (Σw)². Rows without a score move what is ranked by 0. Metrics without a smooth influence in closed form
/// (KS, the trapezoid, the share caught, calibration errors and the Brier score's parts) are left to the bootstrap.
/// </remarks>
internal static class BinaryInfluence
{
    /// <summary>The influences, shape [rows] each, by metric; none of a metric that is undefined.</summary>
    public static IReadOnlyDictionary<string, double[]> Of(BinaryMetrics metrics, PerformanceOptions options)
    {
        BinaryDecisions rows = metrics.Decisions;
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(rows.Label, rows.Prediction, rows.Weight, [], counted);
        ConfusionSums sums = BinaryMetrics.Sums(counted[0]);
        Dictionary<string, double[]> influences = new(StringComparer.Ordinal);
        ConfusionMetric right = ConfusionMetric.Share(sums, (i, j) => i == j, (_, _) => true);
        ConfusionMetric recall = ConfusionMetric.Share(sums, (i, j) => i == 1 && j == 1, (i, _) => i == 1);
        ConfusionMetric specificity = ConfusionMetric.Share(sums, (i, j) => i == 0 && j == 0, (i, _) => i == 0);
        AddCells("accuracy", right);
        AddCells("error_rate", ConfusionMetric.Share(sums, (i, j) => i != j, (_, _) => true));
        AddCells("recall", recall);
        AddCells("specificity", specificity);
        AddCells("balanced_accuracy", ConfusionMetric.Mean([recall, specificity]));
        AddCells("precision", ConfusionMetric.Share(sums, (i, j) => i == 1 && j == 1, (_, j) => j == 1));
        AddCells("jaccard", ConfusionMetric.Share(sums, (i, j) => i == 1 && j == 1, (i, j) => i == 1 || j == 1));
        AddCells("f1", ConfusionMetric.FBeta(sums, 1));
        AddCells("mcc", ConfusionMetric.Matthews(sums));
        AddCells("kappa", ConfusionMetric.Kappa(sums));
        if (options.Beta is double beta)
        {
            AddCells("f_beta", ConfusionMetric.FBeta(sums, beta));
        }

        if (options.Costs is DecisionCosts costs)
        {
            AddMean("cost", row => rows.Label[row] == rows.Prediction[row] ? 0 : rows.Label[row] == 1 ? costs.FalseNegative : costs.FalsePositive);
        }

        if (metrics.HasScores)
        {
            AddScores();
        }

        return influences;

        void AddCells(string name, ConfusionMetric figure)
        {
            if (!double.IsNaN(figure.Value))
            {
                double[] influence = new double[rows.Rows];
                for (int row = 0; row < influence.Length; row++)
                {
                    influence[row] = sums.All * figure.Slopes[(rows.Label[row] * 2) + rows.Prediction[row]];
                }

                influences[name] = influence;
            }
        }

        void AddMean(string name, Func<int, double> value)
        {
            Statistics.MeanEstimate mean = default;
            double[] influence = new double[rows.Rows];
            for (int row = 0; row < influence.Length; row++)
            {
                influence[row] = value(row);
                if (!double.IsNaN(influence[row]))
                {
                    mean.Add(influence[row], rows.Weight.IsEmpty ? 1 : rows.Weight[row]);
                }
            }

            double scale = sums.All / Scored(row => !double.IsNaN(influence[row]));
            influences[name] = Array.ConvertAll(influence, own => double.IsNaN(own) ? 0 : scale * (own - mean.Value));
        }

        double Scored(Func<int, bool> has)
        {
            double all = 0;
            for (int row = 0; row < rows.Rows; row++)
            {
                all += !has(row) ? 0 : rows.Weight.IsEmpty ? 1 : rows.Weight[row];
            }

            return all;
        }

        void AddScores()
        {
            // The others are taken to weigh in with 0, so that all metrics share one divisor.
            double scale = sums.All / Scored(row => !double.IsNaN(rows.Score[row]));
            double[] area = new double[rows.Rows];
            if (!double.IsNaN(AucInfluence.Add(metrics.Order, rows.Score, rows.Label, rows.Weight, scale, area)))
            {
                influences["roc_auc"] = area;
                influences["gini"] = Array.ConvertAll(area, own => 2 * own);
                double[] precision = new double[rows.Rows];
                PrecisionRecall.Influence(metrics.Order, rows.Score, rows.Label, rows.Weight, precision);
                influences["average_precision"] = Array.ConvertAll(precision, own => scale * own);
            }

            if (metrics.HasProbabilities)
            {
                AddMean("log_loss", row => double.IsNaN(rows.Score[row]) ? double.NaN : ProbabilityLoss.Of(rows.Score[row], rows.Label[row]));
                AddMean("brier", row => (rows.Score[row] - rows.Label[row]) * (rows.Score[row] - rows.Label[row]));
            }
        }
    }
}
