using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Puts a report together: all rows, then folds, parts, groups, time and baselines.</summary>
internal static class AssembleReport
{
    /// <summary>Measures all that the options ask for.</summary>
    /// <param name="sample">The predictions.</param>
    /// <param name="table">The same rows, for the columns of folds, groups and time.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellationToken">Stops between parts.</param>
    /// <exception cref="InputException">There is no row, or a column is missing.</exception>
    public static PerformanceReport Run(
        PredictionSample sample, Table table, PerformanceOptions options, CancellationToken cancellationToken)
    {
        if (table.Rows == 0)
        {
            throw new InputException("There are no rows with a label and a prediction to measure.");
        }

        ScoreSheet all = sample.Measure(cancellationToken);
        IReadOnlyList<FoldMetrics> folds = options.Fold is string fold
            ? [.. RowsBy(table, fold).Select(part => Fold(part.Name, sample.Take(part.Rows), cancellationToken))]
            : [];
        return new PerformanceReport
        {
            Task = sample.Task,
            Positive = sample.Positive,
            Count = all.Count,
            Metrics = all.Metrics,
            Intervals = all.Intervals,
            Confusion = all.Confusion,
            Calibration = all.Calibration,
            Curve = [.. all.Curve.Select(Cut)],
            Classes = all.Classes,
            Baselines = [.. MeasureBaselines.Of(sample, all, null, options, cancellationToken)],
            Folds = folds,
            FoldMeans = folds.Count == 0 ? [] : FoldFigures.Means(folds, FoldFigures.TestShare(folds), options.Level),
            Stability = options.Parts is int parts ? FoldFigures.Stability(sample, parts, options, cancellationToken) : null,
            OutOfTime = options.Time is string time ? SplitByTime.Run(sample, table.Need(time), options, cancellationToken) : null,
            Groups = options.Group is string group
                ? [.. RowsBy(table, group).Select(part => Group(part.Name, sample.Take(part.Rows), cancellationToken))]
                : [],
            Undefined = all.Undefined,
        };
    }

    /// <summary>The metrics of a fold.</summary>
    public static FoldMetrics Fold(string name, PredictionSample rows, CancellationToken cancellationToken)
    {
        ScoreSheet sheet = rows.Measure(cancellationToken);
        return new FoldMetrics(name, sheet.Count, sheet.Metrics);
    }

    /// <summary>The metrics of some rows, with intervals.</summary>
    public static GroupScores Group(string name, PredictionSample rows, CancellationToken cancellationToken)
    {
        ScoreSheet sheet = rows.Measure(cancellationToken);
        return new GroupScores(name, sheet.Count, sheet.Metrics, sheet.Intervals);
    }

    /// <summary>The rows of each level of a column; rows without a level are in none.</summary>
    public static IEnumerable<(string Name, int[] Rows)> RowsBy(Table table, string column)
    {
        Levels levels = Levels.Of(table.Need(column));
        ILookup<int, int> rows = Enumerable.Range(0, table.Rows).ToLookup(row => levels.Codes[row]);
        return levels.Names.Select((name, level) => (name, rows[level].ToArray()));
    }

    private static CurveCut Cut(CurvePoint point) => new(
        Known(point.Threshold), Known(point.FalsePositiveRate), Known(point.TruePositiveRate), point.Precision, point.Chosen, Known(point.Lift));

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
