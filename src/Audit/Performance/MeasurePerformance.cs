using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Measures how well predictions agree with what happened: from columns to a report. Pure and deterministic.</summary>
/// <remarks>
/// Rows without a label, a prediction or a needed score are left out, with a warning. A metric that is not defined on the
/// rows is null and named with its reason, never 0 by convention.
/// </remarks>
public static class MeasurePerformance
{
    private const int MostInferredClasses = 20;

    /// <summary>Reads the columns of a table and measures.</summary>
    /// <param name="table">Readable rows, at least one.</param>
    /// <param name="options">Columns, task and bins.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between folds and groups.</param>
    /// <exception cref="InputException">A column is missing or cannot serve, or an option is outside its range.</exception>
    public static PerformanceReport Run(
        Table table, PerformanceOptions options, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        CheckOptions(options);
        table = Labelled(table, options.Label, warn);
        switch (options.Task ?? InferTask(table, options))
        {
            case PerformanceTask.Binary:
                DecisionTable read = ReadDecisions.From(table, ReadPredictions.Binary(table, options, warn), warn);
                return Measure(read.Table, read.Decisions, options, cancellationToken);

            case PerformanceTask.Multiclass:
                (Table rows, ClassPredictions classes) = ReadPredictions.Multiclass(table, options, warn);
                return Report("multiclass", null, rows, options, kept => MeasureMulticlass.Of(kept is null ? classes : classes.Take(kept), options), cancellationToken);

            default:
                (Table numbers, double[] truth, double[] predicted, double[] weight) = ReadPredictions.Regression(table, options, warn);
                return Report("regression", null, numbers, options, kept => kept is null
                    ? MeasureRegression.Of(truth, predicted, weight, options.Level)
                    : MeasureRegression.Of(
                        Take(truth, kept), Take(predicted, kept), weight.Length == 0 ? [] : Take(weight, kept), options.Level), cancellationToken);
        }
    }

    /// <summary>Measures binary decisions that are already in hand.</summary>
    /// <param name="table">The same rows, for the columns of folds and groups.</param>
    /// <param name="decisions">Labels, predictions, scores and weights; rows without a label are left out.</param>
    /// <param name="options">Bins, level, folds and groups; its column names for labels and predictions are not used.</param>
    /// <param name="cancellationToken">Stops between folds and groups.</param>
    /// <exception cref="InputException">No row has a label, or a column is missing.</exception>
    /// <exception cref="ArgumentException">The table has other rows than the decisions.</exception>
    public static PerformanceReport Measure(
        Table table, BinaryDecisions decisions, PerformanceOptions options, CancellationToken cancellationToken)
    {
        CheckOptions(options);
        if (table.Rows != decisions.Rows)
        {
            throw new ArgumentException("The table has other rows than the decisions.", nameof(table));
        }

        if (decisions.Label.Contains((sbyte)-1))
        {
            int[] labelled = [.. Enumerable.Range(0, decisions.Rows).Where(row => decisions.Label[row] >= 0)];
            (table, decisions) = (table.Take(labelled), decisions.Take(labelled));
        }

        return Report(
            "binary", decisions.Positive, table, options,
            rows => MeasureBinary.Of(rows is null ? decisions : decisions.Take(rows), options), cancellationToken);
    }

    /// <summary>
    /// Several scores or named classes: multiclass. A named positive class, or at most two classes: binary. Numbers that are
    /// not whole, or more than 20 of them: regression. Anything else: multiclass.
    /// </summary>
    internal static PerformanceTask InferTask(Table table, PerformanceOptions options)
    {
        if (options.Classes.Count > 0 || options.Scores.Count > 1)
        {
            return PerformanceTask.Multiclass;
        }

        if (options.Positive is not null)
        {
            return PerformanceTask.Binary;
        }

        if (table.Need(options.Label) is NumberColumn numbers)
        {
            HashSet<double> distinct = [];
            foreach (double value in numbers.Values)
            {
                if (!double.IsNaN(value) && distinct.Add(value) && distinct.Count > MostInferredClasses)
                {
                    return PerformanceTask.Regression;
                }
            }

            return distinct.Count <= 2 ? PerformanceTask.Binary
                : distinct.All(double.IsInteger) ? PerformanceTask.Multiclass : PerformanceTask.Regression;
        }

        return Levels.Of(table.Need(options.Label)).Names.Count <= 2 ? PerformanceTask.Binary : PerformanceTask.Multiclass;
    }

    private static void CheckOptions(PerformanceOptions options)
    {
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new InputException("The level of intervals must lie between 0 and 1.");
        }

        if (options.Bins is < 1 or > 1_000)
        {
            throw new InputException("The number of bins must lie between 1 and 1,000.");
        }

        if (options.Costs is { } costs && !(costs.FalsePositive >= 0 && costs.FalseNegative >= 0))
        {
            throw new InputException("Costs must be at least 0.");
        }
    }

    private static Table Labelled(Table table, string label, Action<AuditWarning> warn)
    {
        Column column = table.Need(label);
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !column.IsMissing(row))];
        if (kept.Length == 0)
        {
            throw new InputException($"No row has a label in '{label}'.") { Column = label };
        }

        if (kept.Length < table.Rows)
        {
            warn(new AuditWarning("missing-label", $"{table.Rows - kept.Length} rows have no label and are left out.", Column: label));
        }

        return kept.Length == table.Rows ? table : table.Take(kept);
    }

    private static PerformanceReport Report(
        string task, string? positive, Table table, PerformanceOptions options, Func<int[]?, ScoreSheet> measure,
        CancellationToken cancellationToken)
    {
        if (table.Rows == 0)
        {
            throw new InputException("There are no rows with a label and a prediction to measure.");
        }

        ScoreSheet all = measure(null);
        return new PerformanceReport
        {
            Task = task,
            Positive = positive,
            Count = all.Count,
            Metrics = all.Metrics,
            Intervals = all.Intervals,
            Confusion = all.Confusion,
            Calibration = all.Calibration,
            Folds = [.. Parts(options.Fold).Select(part => new FoldMetrics(part.Name, part.Sheet.Count, part.Sheet.Metrics))],
            Groups = [.. Parts(options.Group).Select(part =>
                new GroupScores(part.Name, part.Sheet.Count, part.Sheet.Metrics, part.Sheet.Intervals))],
            Undefined = all.Undefined,
        };

        IEnumerable<(string Name, ScoreSheet Sheet)> Parts(string? column)
        {
            if (column is null)
            {
                yield break;
            }

            Levels levels = Levels.Of(table.Need(column));
            ILookup<int, int> rows = Enumerable.Range(0, table.Rows).ToLookup(row => levels.Codes[row]);
            for (int level = 0; level < levels.Names.Count; level++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return (levels.Names[level], measure([.. rows[level]]));
            }
        }
    }

    private static double[] Take(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
