using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>A choice among several classes.</summary>
/// <remarks>
/// Rates of each class against all the others carry the class in their name (tpr_CLASS). Averages over classes are undefined
/// in a group that lacks what one of them needs, and the report names the group; scikit-learn counts such a class as 0.
/// </remarks>
internal sealed class MulticlassRows : MeasuredRows
{
    private static readonly string[] Averages = ["precision", "recall", "f1"];

    private readonly ClassPredictions data;
    private readonly int favourable;

    /// <summary>Takes predictions.</summary>
    /// <param name="data">Classes, labels, predictions and weights.</param>
    /// <param name="favourable">The outcome that a person wants; null for none.</param>
    public MulticlassRows(ClassPredictions data, string? favourable)
    {
        this.data = data;
        this.favourable = favourable is null ? -1 : data.Classes.ToList().IndexOf(favourable);
        string[] perClass = [.. data.Classes.SelectMany(name => (string[])[$"selection_rate_{name}", $"tpr_{name}", $"fpr_{name}", $"ppv_{name}"])];
        Metrics =
        [
            .. favourable is null ? [] : (string[])["selection_rate"], "accuracy", "error_rate", "balanced_accuracy", "mcc",
            .. Averages.SelectMany(name => (string[])[$"macro_{name}", $"micro_{name}", $"weighted_{name}"]), .. perClass,
        ];
        Parities =
        [
            .. favourable is null ? [] : ((string, string)[])[("demographic_parity", "selection_rate")],
            ("accuracy", "accuracy"), ("balanced_accuracy", "balanced_accuracy"), ("macro_f1", "macro_f1"),
            .. perClass.Select(metric => (metric, metric)),
        ];
        Tested = [.. favourable is null ? [] : (string[])["selection_rate"], "accuracy", .. perClass];
    }

    public override string Positive => "";

    public override string Favourable => favourable < 0 ? "" : data.Classes[favourable];

    public override int Rows => data.Label.Length;

    public override ReadOnlySpan<double> Weight => data.Weight;

    public override int MissingLabels => data.Label.Count(label => label < 0);

    public override IReadOnlyList<string> Metrics { get; }

    public override IReadOnlyList<(string Name, string Metric)> Parities { get; }

    public override IReadOnlyList<string> Tested { get; }

    public override bool IsSigned(string metric) => metric == "mcc";

    public override IReadOnlyList<GroupFigures> Count(ReadOnlySpan<int> codes, IReadOnlyList<string> names)
    {
        int classes = data.Classes.Count;

        // Truth in rows, one more for rows without a label; predictions in columns.
        OutcomeCell[] cells = new OutcomeCell[names.Count * (classes + 1) * classes];
        for (int row = 0; row < data.Label.Length; row++)
        {
            int code = codes.IsEmpty ? 0 : codes[row];
            if (code >= 0)
            {
                int truth = data.Label[row] < 0 ? classes : data.Label[row];
                ref OutcomeCell cell = ref cells[(((code * (classes + 1)) + truth) * classes) + data.Prediction[row]];
                cell = cell.With(data.Weight is null ? 1 : data.Weight[row]);
            }
        }

        return [.. names.Select((name, i) => Group(name, cells.AsSpan(i * (classes + 1) * classes, (classes + 1) * classes)))];
    }

    public override string Reason(string metric) => metric.StartsWith("selection_rate", StringComparison.Ordinal) ? "the rows of the group have no weight"
        : metric.StartsWith("tpr_", StringComparison.Ordinal) ? $"no row of the group with a weight above 0 is '{metric[4..]}'"
        : metric.StartsWith("fpr_", StringComparison.Ordinal) ? $"every row of the group with a weight above 0 is '{metric[4..]}'"
        : metric.StartsWith("ppv_", StringComparison.Ordinal) ? $"no labelled row of the group with a weight above 0 is predicted '{metric[4..]}'"
        : metric is "accuracy" or "error_rate" || metric.StartsWith("micro_", StringComparison.Ordinal)
            ? "no row of the group has a label and a weight above 0"
        : metric == "mcc" ? "in the group only one class occurs, or only one is predicted"
        : "a class has no rows in the group that its own figure could be taken of";

    public override MeasuredRows Take(ReadOnlySpan<int> rows) => new MulticlassRows(data.Take(rows.ToArray()), favourable < 0 ? null : Favourable);

    public override MeasuredRows Reweighted(double[] weights) =>
        new MulticlassRows(data with { Weight = weights }, favourable < 0 ? null : Favourable);

    private GroupFigures Group(string name, ReadOnlySpan<OutcomeCell> cells)
    {
        int classes = data.Classes.Count;
        OutcomeCell[] actual = new OutcomeCell[classes];
        OutcomeCell[] predicted = new OutcomeCell[classes];
        OutcomeCell[] chosen = new OutcomeCell[classes];
        OutcomeCell[] hits = new OutcomeCell[classes];
        OutcomeCell right = default;
        OutcomeCell labelled = default;
        OutcomeCell all = default;
        for (int truth = 0; truth <= classes; truth++)
        {
            for (int guess = 0; guess < classes; guess++)
            {
                OutcomeCell cell = cells[(truth * classes) + guess];
                all += cell;
                chosen[guess] += cell;
                if (truth < classes)
                {
                    labelled += cell;
                    actual[truth] += cell;
                    predicted[guess] += cell;
                    hits[guess] += truth == guess ? cell : default;
                    right += truth == guess ? cell : default;
                }
            }
        }

        Dictionary<string, Figure> figures = new(StringComparer.Ordinal);
        if (favourable >= 0)
        {
            figures["selection_rate"] = Figure.Of(Rate.Of(chosen[favourable], all));
        }

        figures["accuracy"] = Figure.Of(Rate.Of(right, labelled));
        figures["error_rate"] = Figure.Of(Rate.Of(Minus(labelled, right), labelled));
        double[] recall = [.. hits.Select((hit, k) => hit.Weight / actual[k].Weight)];
        double[] precision = [.. hits.Select((hit, k) => hit.Weight / predicted[k].Weight)];
        double[] f1 = [.. hits.Select((hit, k) => 2 * hit.Weight / (actual[k].Weight + predicted[k].Weight))];
        figures["balanced_accuracy"] = Averaged(recall, k => Figure.Of(Rate.Of(hits[k], actual[k])));
        figures["mcc"] = Figure.Of(Correlation(actual, predicted, right.Weight, labelled.Weight)) with { Lowest = -1, Highest = 1 };
        foreach ((string average, double[] values) in Averages.Zip((double[][])[precision, recall, f1]))
        {
            figures["macro_" + average] = average == "recall" ? figures["balanced_accuracy"] : Figure.Of(values.Average());
            figures["micro_" + average] = figures["accuracy"];
            figures["weighted_" + average] = Figure.Of(values.Select((value, k) => actual[k].Weight > 0 ? value * actual[k].Weight : 0).Sum() / labelled.Weight);
        }

        for (int k = 0; k < classes; k++)
        {
            figures["selection_rate_" + data.Classes[k]] = Figure.Of(Rate.Of(chosen[k], all));
            figures["tpr_" + data.Classes[k]] = Figure.Of(Rate.Of(hits[k], actual[k]));
            figures["fpr_" + data.Classes[k]] = Figure.Of(Rate.Of(Minus(predicted[k], hits[k]), Minus(labelled, actual[k])));
            figures["ppv_" + data.Classes[k]] = Figure.Of(Rate.Of(hits[k], predicted[k]));
        }

        return new GroupFigures(name, all.Rows, all.Weight, figures);
    }

    // The mean of shares of disjoint rows; by the delta method.
    private static Figure Averaged(double[] values, Func<int, Figure> of)
    {
        double variance = 0;
        for (int k = 0; k < values.Length; k++)
        {
            double error = of(k).StandardError;
            variance += error * error;
        }

        return new Figure(FigureKind.Plain, values.Average(), 0, Math.Sqrt(variance) / values.Length) { Lowest = 0, Highest = 1 };
    }

    // Gorodkin (2004), Computational Biology and Chemistry 28, 367–374.
    private static double Correlation(OutcomeCell[] actual, OutcomeCell[] predicted, double right, double all)
    {
        double crossed = 0;
        double truths = 0;
        double guesses = 0;
        for (int k = 0; k < actual.Length; k++)
        {
            crossed += actual[k].Weight * predicted[k].Weight;
            truths += actual[k].Weight * actual[k].Weight;
            guesses += predicted[k].Weight * predicted[k].Weight;
        }

        double spread = ((all * all) - guesses) * ((all * all) - truths);
        return spread > 0 ? ((right * all) - crossed) / Math.Sqrt(spread) : double.NaN;
    }

    private static OutcomeCell Minus(OutcomeCell whole, OutcomeCell part) =>
        new(whole.Rows - part.Rows, Math.Max(0, whole.Weight - part.Weight), Math.Max(0, whole.SquaredWeight - part.SquaredWeight));
}
