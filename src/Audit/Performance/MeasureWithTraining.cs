using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;

namespace Governance.Audit.Performance;

/// <summary>Measures performance beside the data that the model was trained on: shared rows, and baselines from there.</summary>
public static class MeasureWithTraining
{
    /// <summary>Measures, looks for rows that the training data holds too, and measures again without them.</summary>
    /// <param name="table">Labelled predictions.</param>
    /// <param name="train">The training data: at least the label and the columns that rows are compared by.</param>
    /// <param name="options">Columns, task and bins.</param>
    /// <param name="ignore">Columns that do not count when rows are compared; predictions and scores never do.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between parts.</param>
    /// <exception cref="InputException">A column is missing or cannot serve, or the tables share no column.</exception>
    public static PerformanceReport Run(
        Table table, Table train, PerformanceOptions options, IReadOnlyList<string> ignore, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        (PredictionSample sample, Table rows) = MeasurePerformance.Read(table, options, warn);
        PerformanceReport report = AssembleReport.Run(sample, rows, options, cancellationToken);
        string?[] made = [options.Prediction, options.Weight, options.Fold, .. options.Scores, options.PredictionInterval?.Lower, options.PredictionInterval?.Upper];
        HashSet<string> left = [.. ignore, .. made.OfType<string>()];
        HashSet<long> shared = [];
        DuplicateReport duplicates = FindDuplicates.Run(rows, train, options.Label, left, pair => shared.Add(pair.A));
        cancellationToken.ThrowIfCancellationRequested();
        int[] fresh = [.. Enumerable.Range(0, rows.Rows).Where(row => !shared.Contains(rows.Line(row)))];
        if (duplicates.Shared!.IsLikelyLeak)
        {
            warn(new AuditWarning(
                "training-rows",
                $"{duplicates.Shared.Rows} of {rows.Rows} rows occur in the training data, {duplicates.Shared.ByChance:P1} would by chance: "
                + "what is measured on them says little about new rows."));
        }

        return report with
        {
            Baselines = [.. MeasureBaselines.Of(
                sample, sample.Measure(cancellationToken), TrainingOutcomes(sample, train, options), options, cancellationToken)],
            Overlap = new TrainingOverlap(
                duplicates,
                fresh.Length == 0 || fresh.Length == rows.Rows ? null : AssembleReport.Group("not in the training data", sample.Take(fresh), cancellationToken)),
        };
    }

    // The training data's outcomes, with made-up predictions that nothing looks at.
    private static PredictionSample TrainingOutcomes(PredictionSample sample, Table train, PerformanceOptions options)
    {
        Column column = train.Need(options.Label);
        int[] known = [.. Enumerable.Range(0, train.Rows).Where(row => !column.IsMissing(row))];
        if (known.Length == 0)
        {
            throw new InputException($"No row of the training data has a label in '{options.Label}'.") { Column = options.Label };
        }

        return sample.Outcomes(train.Take(known).Need(options.Label));
    }
}
