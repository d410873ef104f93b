namespace Governance.Audit.Performance;

/// <summary>All metrics of a choice among classes as functions of the rows' weights.</summary>
/// <remarks>
/// Macro averages give each class the same say, weighted ones by its true rows, micro ones count all rows alike, which for
/// one class a row is the accuracy. An average over classes is undefined where a class's own figure is.
/// </remarks>
internal sealed class ClassMetrics
{
    private static readonly string[] OfCounts =
    [
        "accuracy", "error_rate", "balanced_accuracy", "macro_precision", "micro_precision", "weighted_precision", "macro_recall",
        "micro_recall", "weighted_recall", "macro_f1", "micro_f1", "weighted_f1", "macro_jaccard", "micro_jaccard", "weighted_jaccard",
        "mcc", "kappa",
    ];

    private static readonly string[] OfProbabilities = ["log_loss", "brier", "ece", "mce"];

    private static readonly string[] OfRanks = ["macro_roc_auc", "weighted_roc_auc", "macro_roc_auc_ovo", "weighted_roc_auc_ovo"];

    private readonly PerformanceOptions options;
    private readonly int[] bin = [];

    /// <summary>Prepares.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">Bins and top classes.</param>
    public ClassMetrics(ClassPredictions data, PerformanceOptions options)
    {
        Data = data;
        this.options = options;
        HasProbabilities = data.Probability is not null && data.Probability.All(column => !column.AsSpan().ContainsAnyExceptInRange(0.0, 1.0));
        Orders = [.. (data.Probability ?? []).Select(column => RankOrder.Ascending(column))];
        Truths = [.. Orders.Select((_, k) => Array.ConvertAll(data.Label, label => (sbyte)(label == k ? 1 : 0)))];
        if (HasProbabilities)
        {
            Confidence = [.. data.Prediction.Select((kind, row) => data.Probability![kind][row])];
            double[] inner = CalibrationBins.Edges(Confidence, options.Bins, options.Binning);
            bin = Array.ConvertAll(Confidence, p => CalibrationBins.BinOf(p, inner, options.Bins, options.Binning, options.BinEdge));
        }

        Names =
        [
            .. OfCounts,
            .. data.Probability is null ? [] : (string[])[.. OfProbabilities, .. options.TopClasses is null ? [] : (string[])["top_k_accuracy"], .. OfRanks],
        ];
    }

    /// <summary>The rows.</summary>
    public ClassPredictions Data { get; }

    /// <summary>The names of the metrics, in the order of <see cref="Compute"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether all scores lie in [0, 1].</summary>
    public bool HasProbabilities { get; }

    /// <summary>Shape [classes]: the rows by the class's score, lowest first; empty without scores.</summary>
    public int[][] Orders { get; }

    /// <summary>Shape [classes][rows]: 1 where the row is of the class; empty without scores.</summary>
    public sbyte[][] Truths { get; }

    /// <summary>Shape [rows]: the probability of the predicted class; empty without probabilities.</summary>
    public double[] Confidence { get; } = [];

    /// <summary>Computes all metrics.</summary>
    /// <param name="weight">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="values">Shape [metrics]: overwritten, NaN where undefined.</param>
    public void Compute(ReadOnlySpan<double> weight, Span<double> values)
    {
        ConfusionSums sums = Sums(weight);
        PutCounts(sums, values);
        if (Data.Probability is double[][] probability)
        {
            Span<double> rest = values[OfCounts.Length..];
            PutProbabilities(probability, weight, rest);
            int next = OfProbabilities.Length;
            if (options.TopClasses is not null)
            {
                rest[next++] = TopAccuracy(weight);
            }

            PutAreas(probability, weight, sums, rest[next..]);
        }
    }

    /// <summary>Whether the true class is among the highest scores; of equal scores the earlier class comes first.</summary>
    public bool IsAmongTop(int row)
    {
        double[][] probability = Data.Probability!;
        int own = Data.Label[row];
        int better = 0;
        for (int k = 0; k < probability.Length; k++)
        {
            better += probability[k][row] > probability[own][row] || (k < own && probability[k][row] == probability[own][row]) ? 1 : 0;
        }

        return better < options.TopClasses;
    }

    private ConfusionSums Sums(ReadOnlySpan<double> weight)
    {
        int classes = Data.Classes.Count;
        double[] cells = new double[classes * classes];
        for (int row = 0; row < Data.Label.Length; row++)
        {
            cells[(Data.Label[row] * classes) + Data.Prediction[row]] += weight.IsEmpty ? 1 : weight[row];
        }

        return new ConfusionSums(cells, classes);
    }

    private static void PutCounts(ConfusionSums sums, Span<double> values)
    {
        double accuracy = sums.Right / sums.All;
        double[] precision = sums.Precision();
        double[] recall = sums.Recall();
        double[] f1 = sums.F1();
        double[] jaccard = Array.ConvertAll(f1, value => value / (2 - value));
        int next = 0;
        values[next++] = accuracy;
        values[next++] = 1 - accuracy;
        values[next++] = recall.Average();
        foreach (double[] own in (double[][])[precision, recall, f1, jaccard])
        {
            values[next++] = own.Average();
            values[next++] = own == jaccard ? accuracy / (2 - accuracy) : accuracy;
            values[next++] = sums.WeightedMean(own);
        }

        values[next++] = ConfusionMetric.Matthews(sums).Value;
        values[next] = ConfusionMetric.Kappa(sums).Value;
    }

    private void PutProbabilities(double[][] probability, ReadOnlySpan<double> weight, Span<double> values)
    {
        values[..OfProbabilities.Length].Fill(double.NaN);
        if (!HasProbabilities)
        {
            return;
        }

        BinTotals totals = new(options.Bins);
        double loss = 0;
        double brier = 0;
        for (int row = 0; row < Data.Label.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            if (mass > 0)
            {
                loss += mass * ClassLoss.Log(probability, row, Data.Label[row]);
                brier += mass * ClassLoss.Brier(probability, row, Data.Label[row]);
                totals.Add(bin[row], Confidence[row], Data.Label[row] == Data.Prediction[row] ? 1 : 0, mass);
            }
        }

        if (totals.Weight > 0)
        {
            values[0] = loss / totals.Weight;
            values[1] = brier / totals.Weight;
            (values[2], values[3]) = totals.Errors();
        }
    }

    private double TopAccuracy(ReadOnlySpan<double> weight)
    {
        double hits = 0;
        double all = 0;
        for (int row = 0; row < Data.Label.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            all += mass;
            hits += IsAmongTop(row) ? mass : 0;
        }

        return hits / all;
    }

    private void PutAreas(double[][] probability, ReadOnlySpan<double> weight, ConfusionSums sums, Span<double> values)
    {
        int classes = probability.Length;
        double[] areas = new double[classes];
        double[][] pairs = new double[classes][];
        AucEstimate[] area = new AucEstimate[1];
        for (int k = 0; k < classes; k++)
        {
            RocAuc.Compute(Orders[k], probability[k], Truths[k], weight, [], area);
            areas[k] = area[0].Area;
            pairs[k] = new double[classes];
            OneVsOneAuc.Compute(Orders[k], probability[k], Data.Label, weight, k, sums.Actual, pairs[k]);
        }

        double sum = 0;
        double weighted = 0;
        double total = 0;
        for (int a = 0; a < classes; a++)
        {
            for (int b = a + 1; b < classes; b++)
            {
                double pair = (pairs[a][b] + pairs[b][a]) / 2;
                double share = sums.Actual[a] + sums.Actual[b];
                sum += pair;
                weighted += share * pair;
                total += share;
            }
        }

        values[0] = areas.Average();
        values[1] = sums.WeightedMean(areas);
        values[2] = sum / (classes * (classes - 1) / 2.0);
        values[3] = weighted / total;
    }
}
