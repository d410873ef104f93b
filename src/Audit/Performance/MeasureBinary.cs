using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The metrics of a binary decision on one set of rows.</summary>
internal static class MeasureBinary
{
    /// <summary>Measures.</summary>
    /// <param name="decisions">Rows that all have a label.</param>
    /// <param name="options">Bins, level and costs.</param>
    public static ScoreSheet Of(BinaryDecisions decisions, PerformanceOptions options)
    {
        ScoreSheet sheet = new(decisions.Rows);
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(decisions.Label, decisions.Prediction, decisions.Weight, [], counted);
        PutDecisions(sheet, counted[0], decisions, options);
        if (!decisions.Score.IsEmpty)
        {
            PutRanking(sheet, decisions, options);
            PutProbabilities(sheet, decisions, options);
        }

        return sheet;
    }

    private static void PutDecisions(ScoreSheet sheet, in Outcomes o, BinaryDecisions decisions, PerformanceOptions options)
    {
        string noRows = "there is no row with a weight above 0";
        string noPositive = $"no row is '{decisions.Positive}'";
        string noNegative = $"every row is '{decisions.Positive}'";
        (double tp, double fp) = (o.TruePositives.Weight, o.FalsePositives.Weight);
        (double tn, double fn) = (o.TrueNegatives.Weight, o.FalseNegatives.Weight);
        double all = o.Labelled.Weight;
        Rate recall = Rate.Of(o.TruePositives, o.Positives);
        Rate specificity = Rate.Of(o.TrueNegatives, o.Negatives);
        sheet.Put("accuracy", Rate.Of(o.Right, o.Labelled), noRows, options.Level);
        sheet.Put("balanced_accuracy", (recall.Value + specificity.Value) / 2, recall.IsDefined ? noNegative : noPositive);
        sheet.Put("precision", Rate.Of(o.TruePositives, o.LabelledPredictedPositive), $"no row is predicted '{decisions.Positive}'", options.Level);
        sheet.Put("recall", recall, noPositive, options.Level);
        sheet.Put("specificity", specificity, noNegative, options.Level);
        sheet.Put("f1", tp + fp + fn > 0 ? 2 * tp / ((2 * tp) + fp + fn) : double.NaN, $"no row is '{decisions.Positive}' or predicted so");
        double margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
        sheet.Put(
            "mcc", margins > 0 ? ((tp * tn) - (fp * fn)) / Math.Sqrt(margins) : double.NaN,
            "only one class occurs, or only one is predicted");
        double chance = (((tp + fp) * (tp + fn)) + ((tn + fp) * (tn + fn))) / (all * all);
        sheet.Put("kappa", chance < 1 ? ((tp + tn) / all - chance) / (1 - chance) : double.NaN, "agreement by chance is already complete");
        if (options.Costs is DecisionCosts costs)
        {
            sheet.Put("cost", ((costs.FalsePositive * fp) + (costs.FalseNegative * fn)) / all, noRows);
        }

        sheet.Confusion = new Confusion([decisions.Negative, decisions.Positive], [[tn, fp], [fn, tp]]);
    }

    private static void PutRanking(ScoreSheet sheet, BinaryDecisions decisions, PerformanceOptions options)
    {
        int[] order = RankOrder.Ascending(decisions.Score);
        AucEstimate[] areas = new AucEstimate[1];
        RocAuc.Compute(order, decisions.Score, decisions.Label, decisions.Weight, [], areas);
        sheet.Put("roc_auc", areas[0].Area, "rows with a score are of one class only", areas[0].DeLong(options.Level));
        sheet.Put(
            "average_precision", AveragePrecision.Compute(order, decisions.Score, decisions.Label, decisions.Weight),
            $"no row with a score is '{decisions.Positive}'");
    }

    private static void PutProbabilities(ScoreSheet sheet, BinaryDecisions decisions, PerformanceOptions options)
    {
        int[] scored = [.. Enumerable.Range(0, decisions.Rows).Where(row => !double.IsNaN(decisions.Score[row]))];
        BinaryDecisions rows = scored.Length == decisions.Rows ? decisions : decisions.Take(scored);
        if (rows.Rows == 0 || rows.Score.ContainsAnyExceptInRange(0.0, 1.0))
        {
            string reason = rows.Rows == 0 ? "no row has a score" : "the scores are no probabilities: one lies outside [0, 1]";
            foreach (string metric in (string[])["log_loss", "brier", "ece", "mce"])
            {
                sheet.Put(metric, double.NaN, reason);
            }

            return;
        }

        string noWeight = "there is no row with a weight above 0";
        sheet.Put("log_loss", ProbabilityLoss.LogLoss(rows.Score, rows.Label, rows.Weight), noWeight);
        MeanEstimate brier = default;
        for (int row = 0; row < rows.Rows; row++)
        {
            double distance = rows.Score[row] - rows.Label[row];
            brier.Add(distance * distance, rows.Weight.IsEmpty ? 1 : rows.Weight[row]);
        }

        sheet.Put("brier", ProbabilityLoss.Brier(rows.Score, rows.Label, rows.Weight), noWeight, brier.Interval(options.Level));
        sheet.Calibration = CalibrationBins.Compute(
            rows.Score, rows.Label, rows.Weight, options.Bins, options.Binning, options.Level);
        (double expected, double maximum) = CalibrationBins.Errors(sheet.Calibration);
        sheet.Put("ece", expected, noWeight);
        sheet.Put("mce", maximum, noWeight);
    }
}
