namespace Governance.Audit.Performance;

/// <summary>The metrics of a choice among several classes on one set of rows.</summary>
/// <remarks>
/// Macro averages give each class the same say, weighted ones by its true rows, micro ones count all rows alike, which for
/// one class a row is the accuracy. An average over classes is undefined where a class's own figure is.
/// </remarks>
internal static class MeasureMulticlass
{
    /// <summary>Measures. O(rows · classes), with the areas O(rows · classes · log rows).</summary>
    public static ScoreSheet Of(ClassPredictions data, PerformanceOptions options)
    {
        int classes = data.Classes.Count;
        ScoreSheet sheet = new(data.Label.Length);
        OutcomeCell[][] cells = new OutcomeCell[classes][];
        for (int k = 0; k < classes; k++)
        {
            cells[k] = new OutcomeCell[classes];
        }

        for (int row = 0; row < data.Label.Length; row++)
        {
            ref OutcomeCell cell = ref cells[data.Label[row]][data.Prediction[row]];
            cell = cell.With(data.Weight is null ? 1 : data.Weight[row]);
        }

        sheet.Confusion = new Confusion(data.Classes, [.. cells.Select(row => row.Select(cell => cell.Weight).ToArray())]);
        PutCounts(sheet, cells, data.Classes, options.Level);
        if (data.Probability is not null)
        {
            PutProbabilities(sheet, data, data.Probability);
        }

        return sheet;
    }

    private static void PutCounts(ScoreSheet sheet, OutcomeCell[][] cells, IReadOnlyList<string> names, double level)
    {
        int classes = cells.Length;
        OutcomeCell right = default;
        OutcomeCell all = default;
        double[] actual = new double[classes];
        double[] predicted = new double[classes];
        for (int i = 0; i < classes; i++)
        {
            right += cells[i][i];
            for (int j = 0; j < classes; j++)
            {
                all += cells[i][j];
                actual[i] += cells[i][j].Weight;
                predicted[j] += cells[i][j].Weight;
            }
        }

        double[] recall = [.. Enumerable.Range(0, classes).Select(k => cells[k][k].Weight / actual[k])];
        double[] precision = [.. Enumerable.Range(0, classes).Select(k => cells[k][k].Weight / predicted[k])];
        double[] f1 = [.. Enumerable.Range(0, classes).Select(k => 2 * cells[k][k].Weight / (actual[k] + predicted[k]))];
        string noRows = "there is no row with a weight above 0";
        sheet.Put("accuracy", Rate.Of(right, all), noRows, level);
        sheet.Put("balanced_accuracy", recall.Average(), Lacking("no row is", recall, names));
        PutAverages("precision", precision, "no row is predicted");
        PutAverages("recall", recall, "no row is");
        PutAverages("f1", f1, "no row is, or is predicted,");

        double w = all.Weight;
        double crossed = Dot(actual, predicted);
        double spread = ((w * w) - Dot(predicted, predicted)) * ((w * w) - Dot(actual, actual));
        sheet.Put(
            "mcc", spread > 0 ? ((right.Weight * w) - crossed) / Math.Sqrt(spread) : double.NaN,
            "only one class occurs, or only one is predicted");
        double chance = crossed / (w * w);
        sheet.Put("kappa", chance < 1 ? ((right.Weight / w) - chance) / (1 - chance) : double.NaN, "agreement by chance is already complete");

        void PutAverages(string metric, double[] values, string lack)
        {
            sheet.Put("macro_" + metric, values.Average(), Lacking(lack, values, names));
            sheet.Put("micro_" + metric, Rate.Of(right, all), noRows, level);

            // A class without true rows has no say in the weighted average, so its undefined figure does no harm there.
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                sum += actual[k] > 0 ? actual[k] * values[k] : 0;
            }

            sheet.Put("weighted_" + metric, sum / all.Weight, Lacking(lack, values, names));
        }
    }

    private static void PutProbabilities(ScoreSheet sheet, ClassPredictions data, double[][] probability)
    {
        double loss = 0;
        double brier = 0;
        double total = 0;
        for (int row = 0; row < data.Label.Length; row++)
        {
            double mass = data.Weight is null ? 1 : data.Weight[row];
            double sum = 0;
            for (int k = 0; k < probability.Length; k++)
            {
                double p = probability[k][row];
                double distance = p - (data.Label[row] == k ? 1 : 0);
                sum += Math.Clamp(p, ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip);
                brier += mass * distance * distance;
            }

            double own = Math.Clamp(probability[data.Label[row]][row], ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip);
            loss -= mass * Math.Log(own / sum);
            total += mass;
        }

        bool probabilities = probability.All(column => !column.AsSpan().ContainsAnyExceptInRange(0.0, 1.0));
        string reason = probabilities ? "there is no row with a weight above 0" : "the scores are no probabilities: one lies outside [0, 1]";
        sheet.Put("log_loss", probabilities ? loss / total : double.NaN, reason);
        sheet.Put("brier", probabilities ? brier / total : double.NaN, reason);
        PutAreas(sheet, data, probability, total);
    }

    // Each class against all the others.
    private static void PutAreas(ScoreSheet sheet, ClassPredictions data, double[][] probability, double total)
    {
        double[] areas = new double[probability.Length];
        double weighted = 0;
        AucEstimate[] area = new AucEstimate[1];
        for (int k = 0; k < areas.Length; k++)
        {
            sbyte[] own = Array.ConvertAll(data.Label, label => (sbyte)(label == k ? 1 : 0));
            RocAuc.Compute(RankOrder.Ascending(probability[k]), probability[k], own, data.Weight, [], area);
            areas[k] = area[0].Area;
            double mass = 0;
            for (int row = 0; row < own.Length; row++)
            {
                mass += own[row] * (data.Weight is null ? 1 : data.Weight[row]);
            }

            weighted += mass > 0 ? mass / total * areas[k] : 0;
        }

        string reason = Lacking("no row, or every row, is", areas, data.Classes);
        sheet.Put("macro_roc_auc", areas.Average(), reason);
        sheet.Put("weighted_roc_auc", weighted, reason);
    }

    private static string Lacking(string lack, double[] values, IReadOnlyList<string> names) =>
        $"{lack} {string.Join(", ", names.Where((_, k) => double.IsNaN(values[k])).Select(name => $"'{name}'"))}";

    private static double Dot(double[] left, double[] right) => left.Zip(right, (x, y) => x * y).Sum();
}
