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
        (PredictionSample sample, Table rows) = Read(table, options, warn);
        return AssembleReport.Run(sample, rows, options, cancellationToken);
    }

    /// <summary>Reads the columns of a table: the predictions, and the rows that have a label and a prediction.</summary>
    /// <exception cref="InputException">A column is missing or cannot serve, or an option is outside its range.</exception>
    internal static (PredictionSample Sample, Table Rows) Read(Table table, PerformanceOptions options, Action<AuditWarning> warn)
    {
        CheckOptions(options);
        table = Labelled(table, options.Label, warn);
        switch (options.Task ?? InferTask(table, options))
        {
            case PerformanceTask.Binary:
                DecisionTable read = ReadDecisions.From(table, ReadPredictions.Binary(table, options, warn), warn);
                return (new BinarySample(read.Decisions, options), read.Table);

            case PerformanceTask.Multiclass:
                (Table rows, ClassPredictions classes) = ReadPredictions.Multiclass(table, options, warn);
                return (new ClassSample(classes, options), rows);

            default:
                (Table numbers, NumberPredictions data) = ReadPredictions.Regression(table, options, warn);
                return (new NumberSample(data, options), numbers);
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

        return AssembleReport.Run(new BinarySample(decisions, options), table, options, cancellationToken);
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

        string? fault = options.Costs is { } costs && !(costs.FalsePositive >= 0 && costs.FalseNegative >= 0) ? "Costs must be at least 0."
            : options.Beta is double beta && !(beta > 0 && double.IsFinite(beta)) ? "The weight of recall in F-beta must be above 0."
            : !(options.TopShare > 0 && options.TopShare <= 1) ? "The share of highest scores must lie above 0 and up to 1."
            : options.TopClasses < 1 ? "The number of highest classes must be at least 1."
            : options.Quantile is double quantile && !(quantile > 0 && quantile < 1) ? "A quantile must lie between 0 and 1."
            : options.Coverage is double coverage && !(coverage > 0 && coverage < 1) ? "The coverage of prediction intervals must lie between 0 and 1."
            : options.Parts is < 2 or > 100 ? "The number of parts must lie between 2 and 100."
            : options.Resamples is < 20 or > 100_000 ? "The number of resamples must lie between 20 and 100,000."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
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
}
