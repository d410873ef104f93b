using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The metrics of a choice among several classes on one set of rows.</summary>
internal static class MeasureMulticlass
{
    /// <summary>Measures. O(rows · classes).</summary>
    /// <param name="data">Rows that all have a label.</param>
    /// <param name="options">Bins and level.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static ScoreSheet Of(ClassPredictions data, PerformanceOptions options, CancellationToken cancellationToken)
    {
        OutcomeCell[][] cells = Cells(data);
        ClassMetrics metrics = new(data, options);
        double[] values = new double[metrics.Names.Count];
        metrics.Compute(data.Weight, values);
        ScoreSheet sheet = new(data.Label.Length)
        {
            Confusion = new Confusion(data.Classes, [.. cells.Select(row => row.Select(cell => cell.Weight).ToArray())]),
            Classes = ClassFigures.Of(metrics, cells, options.Level),
            Calibration = metrics.HasProbabilities ? Calibration(metrics, options) : [],
        };
        Dictionary<string, Interval?> intervals = options.Interval == IntervalMethod.Analytic
            ? ClassIntervals.Of(metrics, values, cells, sheet.Calibration, options)
            : BootstrapMetrics.Intervals(metrics.Names, data.Label.Length, data.Weight ?? [], metrics.Compute, options, cancellationToken);
        for (int i = 0; i < values.Length; i++)
        {
            sheet.Put(metrics.Names[i], values[i], Reason(metrics.Names[i], metrics, cells), intervals.GetValueOrDefault(metrics.Names[i]));
        }

        return sheet;
    }

    private static OutcomeCell[][] Cells(ClassPredictions data)
    {
        OutcomeCell[][] cells = [.. data.Classes.Select(_ => new OutcomeCell[data.Classes.Count])];
        for (int row = 0; row < data.Label.Length; row++)
        {
            ref OutcomeCell cell = ref cells[data.Label[row]][data.Prediction[row]];
            cell = cell.With(data.Weight is null ? 1 : data.Weight[row]);
        }

        return cells;
    }

    // Of the predicted class: how often it is right where so much was said for it.
    private static IReadOnlyList<CalibrationBin> Calibration(ClassMetrics metrics, PerformanceOptions options)
    {
        sbyte[] right = [.. metrics.Data.Label.Select((label, row) => (sbyte)(label == metrics.Data.Prediction[row] ? 1 : 0))];
        return CalibrationBins.Compute(
            metrics.Confidence, right, metrics.Data.Weight, options.Bins, options.Binning, options.Level, options.BinEdge);
    }

    private static string Reason(string metric, ClassMetrics metrics, OutcomeCell[][] cells)
    {
        ConfusionSums sums = ClassIntervals.Sums(cells);
        string kind = metric[(metric.IndexOf('_') + 1)..];
        return kind switch
        {
            "precision" => Lacking("no row is predicted", sums.Precision()),
            "recall" or "accuracy" => Lacking("no row is", sums.Recall()),
            "f1" or "jaccard" => Lacking("no row is, or is predicted,", sums.F1()),
            "roc_auc" => Lacking("no row, or every row, is", [.. sums.Actual.Select(own => own > 0 && own < sums.All ? 1 : double.NaN)]),
            "roc_auc_ovo" => Lacking("no row is", sums.Recall()),
            _ when metric == "mcc" => "only one class occurs, or only one is predicted",
            _ when metric == "kappa" => "agreement by chance is already complete",
            _ when !metrics.HasProbabilities && metrics.Data.Probability is not null => "the scores are no probabilities: one lies outside [0, 1]",
            _ => "there is no row with a weight above 0",
        };

        string Lacking(string lack, double[] values) => values.Any(double.IsNaN)
            ? $"{lack} {string.Join(", ", metrics.Data.Classes.Where((_, k) => double.IsNaN(values[k])).Select(name => $"'{name}'"))}"
            : "there is no row with a weight above 0";
    }
}
