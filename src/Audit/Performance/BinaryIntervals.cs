using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Intervals in closed form of the metrics of a binary decision.</summary>
/// <remarks>
/// Shares: Wilson's. F1 is 2J / (1 + J) of Jaccard's J, a share of the rows that are positive or predicted so, and rises
/// with it: Wilson's ends carried over. Balanced accuracy: recovered variances. MCC and κ: the delta method on Fisher's z.
/// Areas: DeLong's; precision–recall: influences on the log-odds (Boyd, Eng and Page, ECML 2013). KS: the band of
/// Dvoretzky, Kiefer and Wolfowitz for two samples, conservative. The trapezoid, the Brier score's parts and the
/// largest calibration error have none in closed form: the bootstrap gives them one.
/// </remarks>
internal static class BinaryIntervals
{
    /// <summary>The intervals that have a closed form, by metric.</summary>
    /// <param name="metrics">The rows.</param>
    /// <param name="values">Shape [metrics]: the estimates.</param>
    /// <param name="calibration">The bins, where there are probabilities.</param>
    /// <param name="options">The level, costs and shares.</param>
    public static Dictionary<string, Interval?> Of(
        BinaryMetrics metrics, ReadOnlySpan<double> values, IReadOnlyList<CalibrationBin> calibration, PerformanceOptions options)
    {
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(metrics.Decisions.Label, metrics.Decisions.Prediction, metrics.Decisions.Weight, [], counted);
        Dictionary<string, double> value = new(StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            value[metrics.Names[i]] = values[i];
        }

        Dictionary<string, Interval?> intervals = OfDecisions(counted[0], value, options);
        if (metrics.HasScores)
        {
            AddRanks(intervals, metrics, value, counted[0], options);
            AddProbabilities(intervals, metrics, value, calibration, options);
        }

        return intervals;
    }

    private static Dictionary<string, Interval?> OfDecisions(in Outcomes o, Dictionary<string, double> value, PerformanceOptions options)
    {
        double level = options.Level;
        Rate accuracy = Rate.Of(o.Right, o.Labelled);
        Rate recall = Rate.Of(o.TruePositives, o.Positives);
        Rate specificity = Rate.Of(o.TrueNegatives, o.Negatives);
        Interval? jaccard = Rate.Of(o.TruePositives, o.Positives + o.FalsePositives).Wilson(level);
        ConfusionSums sums = BinaryMetrics.Sums(o);
        OutcomeCell[][] cells = [[o.TrueNegatives, o.FalsePositives], [o.FalseNegatives, o.TruePositives]];
        Dictionary<string, Interval?> intervals = new(StringComparer.Ordinal)
        {
            ["accuracy"] = accuracy.Wilson(level),
            ["error_rate"] = Rate.Of(o.FalsePositives + o.FalseNegatives, o.Labelled).Wilson(level),
            ["balanced_accuracy"] = recall.IsDefined && specificity.IsDefined
                ? MeanOfProportions.Compute([recall.Value, specificity.Value], [recall.EffectiveRows, specificity.EffectiveRows], level)
                : null,
            ["precision"] = Rate.Of(o.TruePositives, o.LabelledPredictedPositive).Wilson(level),
            ["recall"] = recall.Wilson(level),
            ["specificity"] = specificity.Wilson(level),
            ["f1"] = jaccard is Interval j ? new Interval(2 * j.Low / (1 + j.Low), 2 * j.High / (1 + j.High)) : null,
            ["jaccard"] = jaccard,
            ["mcc"] = TransformedInterval.FisherZ(value["mcc"], ConfusionMetric.Matthews(sums).Variance(cells), level),
            ["kappa"] = TransformedInterval.FisherZ(value["kappa"], ConfusionMetric.Kappa(sums).Variance(cells), level),
        };
        if (options.Beta is double beta)
        {
            intervals["f_beta"] = TransformedInterval.LogOdds(value["f_beta"], ConfusionMetric.FBeta(sums, beta).Variance(cells), level);
        }

        if (options.Costs is DecisionCosts costs)
        {
            MeanEstimate cost = default;
            cost.AddMany(0, o.Right.Weight, o.Right.SquaredWeight);
            cost.AddMany(costs.FalsePositive, o.FalsePositives.Weight, o.FalsePositives.SquaredWeight);
            cost.AddMany(costs.FalseNegative, o.FalseNegatives.Weight, o.FalseNegatives.SquaredWeight);
            intervals["cost"] = cost.Interval(level);
        }

        return intervals;
    }

    private static void AddRanks(
        Dictionary<string, Interval?> intervals, BinaryMetrics metrics, Dictionary<string, double> value, in Outcomes o,
        PerformanceOptions options)
    {
        BinaryDecisions rows = metrics.Decisions;
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(metrics.Order, rows.Score, rows.Label, rows.Weight, [], area);
        Interval? auc = area[0].DeLong(options.Level);
        double[] influence = new double[rows.Rows];
        PrecisionRecall.Influence(metrics.Order, rows.Score, rows.Label, rows.Weight, influence);
        double variance = InfluenceSums.Variance(metrics.Order, influence, rows.Weight);
        double positives = o.Positives.EffectiveRows;
        double negatives = o.Negatives.EffectiveRows;
        double band = Math.Sqrt(Math.Log(2 / (1 - options.Level)) / 2 * ((1 / positives) + (1 / negatives)));
        intervals["roc_auc"] = auc;
        intervals["gini"] = auc is Interval ends ? new Interval((2 * ends.Low) - 1, (2 * ends.High) - 1) : null;
        intervals["ks"] = new Interval(Math.Max(0, value["ks"] - band), Math.Min(1, value["ks"] + band));
        intervals["average_precision"] = TransformedInterval.LogOdds(value["average_precision"], variance, options.Level);
        Interval? caught = positives > 0 && value["caught"] is >= 0 and <= 1
            ? WilsonInterval.Compute(value["caught"], positives, options.Level)
            : null;
        intervals["caught"] = caught;
        intervals["lift"] = caught is Interval share ? new Interval(share.Low / options.TopShare, share.High / options.TopShare) : null;
    }

    private static void AddProbabilities(
        Dictionary<string, Interval?> intervals, BinaryMetrics metrics, Dictionary<string, double> value,
        IReadOnlyList<CalibrationBin> calibration, PerformanceOptions options)
    {
        if (!metrics.HasProbabilities)
        {
            return;
        }

        MeanEstimate loss = default;
        MeanEstimate brier = default;
        BinaryDecisions rows = metrics.Decisions;
        foreach (int row in metrics.Order)
        {
            double mass = rows.Weight.IsEmpty ? 1 : rows.Weight[row];
            double distance = rows.Score[row] - rows.Label[row];
            loss.Add(ProbabilityLoss.Of(rows.Score[row], rows.Label[row]), mass);
            brier.Add(distance * distance, mass);
        }

        intervals["log_loss"] = loss.Interval(options.Level);
        intervals["brier"] = brier.Interval(options.Level);
        intervals["ece"] = CalibrationErrorInterval.Compute(
            value["ece"], [.. calibration.Select(bin => bin.EffectiveRows)], [.. calibration.Select(bin => bin.Weight)],
            [.. calibration.Select(bin => bin.Observed ?? 0)], options.Level);
    }
}
