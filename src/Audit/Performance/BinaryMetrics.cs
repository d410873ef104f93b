namespace Governance.Audit.Performance;

/// <summary>All metrics of a binary decision as functions of the rows' weights, so that an estimate and its resamples are one computation.</summary>
/// <remarks>What does not hang on the weights is worked out once: the order of scores, the bins of calibration.</remarks>
internal sealed class BinaryMetrics
{
    private static readonly string[] OfDecisions =
        ["accuracy", "error_rate", "balanced_accuracy", "precision", "recall", "specificity", "f1", "jaccard", "mcc", "kappa"];

    private static readonly string[] OfRanks = ["roc_auc", "gini", "ks", "average_precision", "pr_auc", "caught", "lift"];

    private static readonly string[] OfProbabilities =
        ["log_loss", "brier", "brier_reliability", "brier_resolution", "brier_uncertainty", "brier_within_bins", "ece", "mce"];

    private readonly PerformanceOptions options;
    private readonly int[] bin;

    /// <summary>Prepares.</summary>
    /// <param name="decisions">Rows that all have a label.</param>
    /// <param name="options">Bins, costs and shares.</param>
    public BinaryMetrics(BinaryDecisions decisions, PerformanceOptions options)
    {
        Decisions = decisions;
        this.options = options;
        HasScores = !decisions.Score.IsEmpty;
        Order = HasScores ? RankOrder.Ascending(decisions.Score) : [];
        HasProbabilities = Order.Length > 0 && decisions.Score[Order[0]] >= 0 && decisions.Score[Order[^1]] <= 1;
        bin = HasProbabilities ? Bins() : [];
        Names =
        [
            .. OfDecisions, .. options.Beta is null ? [] : (string[])["f_beta"], .. options.Costs is null ? [] : (string[])["cost"],
            .. HasScores ? OfRanks : [], .. HasScores ? OfProbabilities : [],
        ];
    }

    /// <summary>The rows.</summary>
    public BinaryDecisions Decisions { get; }

    /// <summary>The names of the metrics, in the order of <see cref="Compute"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether rows have scores.</summary>
    public bool HasScores { get; }

    /// <summary>Whether all scores lie in [0, 1].</summary>
    public bool HasProbabilities { get; }

    /// <summary>The rows with a score, lowest first.</summary>
    public int[] Order { get; }

    /// <summary>Computes all metrics.</summary>
    /// <param name="weight">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="values">Shape [metrics]: overwritten, NaN where undefined.</param>
    public void Compute(ReadOnlySpan<double> weight, Span<double> values)
    {
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(Decisions.Label, Decisions.Prediction, weight, [], counted);
        int next = PutDecisions(counted[0], values);
        if (HasScores)
        {
            next = PutRanks(weight, values, next);
            PutProbabilities(weight, values[next..]);
        }
    }

    private int PutDecisions(in Outcomes o, Span<double> values)
    {
        ConfusionSums sums = Sums(o);
        double recall = Rate.Of(o.TruePositives, o.Positives).Value;
        double specificity = Rate.Of(o.TrueNegatives, o.Negatives).Value;
        double spoken = o.TruePositives.Weight + o.FalsePositives.Weight + o.FalseNegatives.Weight;
        double jaccard = spoken > 0 ? o.TruePositives.Weight / spoken : double.NaN;
        int next = 0;
        values[next++] = Rate.Of(o.Right, o.Labelled).Value;
        values[next] = 1 - values[next - 1];
        next++;
        values[next++] = (recall + specificity) / 2;
        values[next++] = Rate.Of(o.TruePositives, o.LabelledPredictedPositive).Value;
        values[next++] = recall;
        values[next++] = specificity;
        values[next++] = 2 * jaccard / (1 + jaccard);
        values[next++] = jaccard;
        values[next++] = ConfusionMetric.Matthews(sums).Value;
        values[next++] = ConfusionMetric.Kappa(sums).Value;
        if (options.Beta is double beta)
        {
            values[next++] = ConfusionMetric.FBeta(sums, beta).Value;
        }

        if (options.Costs is DecisionCosts costs)
        {
            values[next++] = ((costs.FalsePositive * o.FalsePositives.Weight) + (costs.FalseNegative * o.FalseNegatives.Weight)) / sums.All;
        }

        return next;
    }

    private int PutRanks(ReadOnlySpan<double> weight, Span<double> values, int next)
    {
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(Order, Decisions.Score, Decisions.Label, weight, [], area);
        (double steps, double trapezoid) = PrecisionRecall.Areas(Order, Decisions.Score, Decisions.Label, weight);
        double caught = ScoreCurve.Caught(Order, Decisions.Score, Decisions.Label, weight, options.TopShare);
        values[next++] = area[0].Area;
        values[next++] = (2 * area[0].Area) - 1;
        values[next++] = ScoreCurve.KolmogorovSmirnov(Order, Decisions.Score, Decisions.Label, weight);
        values[next++] = steps;
        values[next++] = trapezoid;
        values[next++] = caught;
        values[next++] = caught / options.TopShare;
        return next;
    }

    private void PutProbabilities(ReadOnlySpan<double> weight, Span<double> values)
    {
        values.Fill(double.NaN);
        if (!HasProbabilities)
        {
            return;
        }

        BinTotals totals = new(options.Bins);
        double loss = 0;
        double brier = 0;
        foreach (int row in Order)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            if (mass > 0)
            {
                double distance = Decisions.Score[row] - Decisions.Label[row];
                loss += mass * ProbabilityLoss.Of(Decisions.Score[row], Decisions.Label[row]);
                brier += mass * distance * distance;
                totals.Add(bin[row], Decisions.Score[row], Decisions.Label[row], mass);
            }
        }

        if (totals.Weight > 0)
        {
            values[0] = loss / totals.Weight;
            values[1] = brier / totals.Weight;
            (values[2], values[3], values[4]) = totals.Murphy();
            values[5] = values[1] - (values[2] - values[3] + values[4]);
            (values[6], values[7]) = totals.Errors();
        }
    }

    /// <summary>The matrix of two classes, the negative one first.</summary>
    public static ConfusionSums Sums(in Outcomes o) => new(
        [o.TrueNegatives.Weight, o.FalsePositives.Weight, o.FalseNegatives.Weight, o.TruePositives.Weight], 2);

    private int[] Bins()
    {
        double[] scored = Array.ConvertAll(Order, row => Decisions.Score[row]);
        double[] inner = CalibrationBins.Edges(scored, options.Bins, options.Binning);
        int[] bins = new int[Decisions.Rows];
        foreach (int row in Order)
        {
            bins[row] = CalibrationBins.BinOf(Decisions.Score[row], inner, options.Bins, options.Binning, options.BinEdge);
        }

        return bins;
    }
}
