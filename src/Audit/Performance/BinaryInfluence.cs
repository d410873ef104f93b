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
    public static IReadOnlyDictionary<string, Func<double[]>> Of(BinaryMetrics metrics, PerformanceOptions options)
    {
        BinaryDecisions rows = metrics.Decisions;
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(rows.Label, rows.Prediction, rows.Weight, [], counted);
        ConfusionSums sums = BinaryMetrics.Sums(counted[0]);
        Dictionary<string, Func<double[]>> influences = new(StringComparer.Ordinal);
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
                influences[name] = () =>
                {
                    double[] influence = new double[rows.Rows];
                    for (int row = 0; row < influence.Length; row++)
                    {
                        influence[row] = sums.All * figure.Slopes[(rows.Label[row] * 2) + rows.Prediction[row]];
                    }

                    return influence;
                };
            }
        }

        void AddMean(string name, Func<int, double> value) => influences[name] = () =>
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
            for (int row = 0; row < influence.Length; row++)
            {
                influence[row] = double.IsNaN(influence[row]) ? 0 : scale * (influence[row] - mean.Value);
            }

            return influence;
        };

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
            AucEstimate[] known = new AucEstimate[1];
            RocAuc.Compute(metrics.Order, rows.Score, rows.Label, rows.Weight, [], known);
            if (known[0].IsDefined)
            {
                // Rows without a score are taken to weigh in with 0, so that all metrics share one divisor.
                double scale = sums.All / Scored(row => !double.IsNaN(rows.Score[row]));
                influences["roc_auc"] = () => Area(scale);
                influences["gini"] = () => Area(2 * scale);
                influences["average_precision"] = () =>
                {
                    double[] precision = new double[rows.Rows];
                    PrecisionRecall.Influence(metrics.Order, rows.Score, rows.Label, rows.Weight, precision);
                    System.Numerics.Tensors.TensorPrimitives.Multiply(precision, scale, precision);
                    return precision;
                };
            }

            if (metrics.HasProbabilities)
            {
                AddMean("log_loss", row => double.IsNaN(rows.Score[row]) ? double.NaN : ProbabilityLoss.Of(rows.Score[row], rows.Label[row]));
                AddMean("brier", row => (rows.Score[row] - rows.Label[row]) * (rows.Score[row] - rows.Label[row]));
            }
        }

        double[] Area(double factor)
        {
            double[] area = new double[rows.Rows];
            AucInfluence.Add(metrics.Order, rows.Score, rows.Label, rows.Weight, factor, area);
            return area;
        }
    }
}
