using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>The figures of a binary decision that follow from the table of true against predicted classes.</summary>
internal static class BinaryFigures
{
    /// <summary>The figures that are shares of rows, in the order of reports.</summary>
    public static IReadOnlyList<string> Shares { get; } =
    [
        "selection_rate", "tpr", "fpr", "tnr", "fnr", "ppv", "npv", "fdr", "for", "accuracy", "base_rate", "base_rate_favourable",
        "favourable_tpr", "favourable_fpr", "favourable_ppv", "error_rate",
    ];

    /// <summary>The figures composed of several shares, in the order of reports.</summary>
    public static IReadOnlyList<string> Composed { get; } = ["balanced_accuracy", "f1", "mcc", "treatment_equality"];

    /// <summary>All, in the order of <see cref="FromCells"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Shares, .. Composed];

    /// <summary>The cells of one group, in the order of <see cref="FromCells"/>.</summary>
    public const int Cells = 6;

    /// <summary>Adds the figures of a group's table, with their errors.</summary>
    /// <param name="o">The table.</param>
    /// <param name="favourableIsPositive">Whether the wanted outcome is the positive class.</param>
    /// <param name="figures">Receives them by name.</param>
    public static void Add(in Outcomes o, bool favourableIsPositive, Dictionary<string, Figure> figures)
    {
        Rate tpr = Rate.Of(o.TruePositives, o.Positives);
        Rate fpr = Rate.Of(o.FalsePositives, o.Negatives);
        Rate tnr = Rate.Of(o.TrueNegatives, o.Negatives);
        Rate fnr = Rate.Of(o.FalseNegatives, o.Positives);
        Rate ppv = Rate.Of(o.TruePositives, o.LabelledPredictedPositive);
        Rate npv = Rate.Of(o.TrueNegatives, o.LabelledPredictedNegative);
        Rate baseRate = Rate.Of(o.Positives, o.Labelled);
        Rate[] shares =
        [
            Rate.Of(favourableIsPositive ? o.PredictedPositive : o.PredictedNegative, o.All), tpr, fpr, tnr, fnr, ppv, npv,
            Rate.Of(o.FalsePositives, o.LabelledPredictedPositive), Rate.Of(o.FalseNegatives, o.LabelledPredictedNegative),
            Rate.Of(o.Right, o.Labelled), baseRate, favourableIsPositive ? baseRate : Rate.Of(o.Negatives, o.Labelled),

            // With two classes the rates of one are those of the other by another name.
            favourableIsPositive ? tpr : tnr, favourableIsPositive ? fpr : fnr, favourableIsPositive ? ppv : npv,
            Rate.Of(o.FalsePositives + o.FalseNegatives, o.Labelled),
        ];
        for (int i = 0; i < shares.Length; i++)
        {
            figures[Shares[i]] = Figure.Of(shares[i]);
        }

        Span<double> values = stackalloc double[Shares.Count + Composed.Count];
        FromCells(Weights(o), favourableIsPositive, values);
        figures["balanced_accuracy"] = Balanced(Figure.Of(tpr), Figure.Of(tnr));
        figures["f1"] = F1(o, values[17]);
        figures["mcc"] = Figure.Of(values[18]) with { Lowest = -1, Highest = 1 };
        figures["treatment_equality"] = Treatment(o, values[19]);
    }

    /// <summary>The plain values alone, for resamples.</summary>
    /// <param name="cells">Shape [6]: weight of true positives, false positives, true negatives, false negatives, and of rows without a label predicted positive and negative.</param>
    /// <param name="favourableIsPositive">Whether the wanted outcome is the positive class.</param>
    /// <param name="values">Shape [<see cref="All"/>]: overwritten; NaN where undefined.</param>
    public static void FromCells(ReadOnlySpan<double> cells, bool favourableIsPositive, Span<double> values)
    {
        (double tp, double fp, double tn, double fn) = (cells[0], cells[1], cells[2], cells[3]);
        (double positives, double negatives) = (tp + fn, tn + fp);
        double labelled = positives + negatives;
        (double up, double down) = (tp + fp, tn + fn);
        double all = labelled + cells[4] + cells[5];
        (values[1], values[2], values[3], values[4]) = (Share(tp, positives), Share(fp, negatives), Share(tn, negatives), Share(fn, positives));
        (values[5], values[6], values[7], values[8]) = (Share(tp, up), Share(tn, down), Share(fp, up), Share(fn, down));
        values[0] = Share(favourableIsPositive ? up + cells[4] : down + cells[5], all);
        values[9] = Share(tp + tn, labelled);
        values[10] = Share(positives, labelled);
        values[11] = favourableIsPositive ? values[10] : Share(negatives, labelled);
        values[12] = values[favourableIsPositive ? 1 : 3];
        values[13] = values[favourableIsPositive ? 2 : 4];
        values[14] = values[favourableIsPositive ? 5 : 6];
        values[15] = Share(fp + fn, labelled);
        values[16] = (values[1] + values[3]) / 2;
        values[17] = Share(2 * tp, (2 * tp) + fp + fn);
        double margins = up * positives * negatives * down;
        values[18] = margins > 0 ? ((tp * tn) - (fp * fn)) / Math.Sqrt(margins) : double.NaN;
        values[19] = fp > 0 ? fn / fp : double.NaN;
    }

    /// <summary>The weights of a table in the order of <see cref="FromCells"/>.</summary>
    public static double[] Weights(in Outcomes o) =>
    [
        o.TruePositives.Weight, o.FalsePositives.Weight, o.TrueNegatives.Weight, o.FalseNegatives.Weight,
        o.UnlabelledPositives.Weight, o.UnlabelledNegatives.Weight,
    ];

    private static double Share(double part, double whole) => whole > 0 ? part / whole : double.NaN;

    private static Figure Balanced(Figure tpr, Figure tnr)
    {
        double error = Math.Sqrt((tpr.StandardError * tpr.StandardError) + (tnr.StandardError * tnr.StandardError)) / 2;
        return new Figure(FigureKind.Plain, (tpr.Value + tnr.Value) / 2, 0, error) { Lowest = 0, Highest = 1 };
    }

    // F1 = 2 J / (1 + J) with J the share of true positives among rows that are positive or predicted so; by the delta method.
    private static Figure F1(in Outcomes o, double value)
    {
        Rate share = Rate.Of(o.TruePositives, o.Positives + o.FalsePositives);
        double slope = 2 / ((1 + share.Value) * (1 + share.Value));
        return new Figure(FigureKind.Plain, value, 0, slope * Figure.Of(share).StandardError) { Lowest = 0, Highest = 1 };
    }

    // False negatives for one false positive; the logarithm of a ratio of two counts has variance 1 / one + 1 / other.
    private static Figure Treatment(in Outcomes o, double value)
    {
        double error = Math.Sqrt((1 / o.FalseNegatives.EffectiveRows) + (1 / o.FalsePositives.EffectiveRows));
        return new Figure(FigureKind.Ratio, value, 0, double.IsFinite(error) ? error : double.NaN) { Lowest = 0 };
    }
}
