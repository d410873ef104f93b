using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>Compares two versions' predictions of the same rows. Pure and deterministic.</summary>
/// <remarks>
/// Everything is paired: what is hard for both cancels out, so that differences are found that two intervals side by side
/// would never show. Intervals come from both versions' influences row by row (of areas: DeLong's test), or from rows drawn
/// anew for both at once. Without labels the two are compared by what they say: agreement, flips and how far scores moved.
/// </remarks>
public static class ComparePredictions
{
    /// <summary>Compares.</summary>
    /// <param name="table">Rows with the columns of both, and a label where the options say so.</param>
    /// <param name="a">The first's columns.</param>
    /// <param name="b">The second's columns.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    /// <exception cref="InputException">A column is missing or cannot serve, or no row is left.</exception>
    public static ComparisonReport Run(
        Table table, PredictionColumns a, PredictionColumns b, ComparisonOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        Table rows = Complete(table, options.Labelled ? options.Performance.Label : null, [a, b], warn);
        return options.Labelled ? Judged(rows, a, b, options, warn, cancellationToken) : Unjudged(rows, a, b, options);
    }

    private static ComparisonReport Judged(
        Table rows, PredictionColumns a, PredictionColumns b, ComparisonOptions options, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        PredictionSample first = Read(rows, a, options.Performance, warn);
        PredictionSample second = Read(rows, b, options.Performance, _ => { });
        if (first.Rows != second.Rows || first.Task != second.Task)
        {
            throw new InputException("The two versions' predictions are not of the same rows and the same kind of task.");
        }

        MetricPairs pairs = MetricPairs.Of(first, second, options.Performance, cancellationToken);
        AnswerCodes? codes = first.Task == "regression" ? null : AnswerCodes.Read(rows, a.Prediction, b.Prediction, options.Performance.Label);
        DiscordantRows? discordant = codes is not null && first.Weight.IsEmpty ? CountFlips.Discordant(codes.Truth, codes.A, codes.B) : null;
        return CompareAnswers.Fill(
            Begin(options, first.Task, first.Positive, first.Rows) with
            {
                Metrics = pairs.Compared(discordant),
                Discordant = discordant,
                CalibrationA = pairs.CalibrationA,
                CalibrationB = pairs.CalibrationB,
                Undefined = pairs.Undefined,
            },
            rows, a, b, codes, options);
    }

    private static ComparisonReport Unjudged(Table rows, PredictionColumns a, PredictionColumns b, ComparisonOptions options)
    {
        PerformanceTask task = options.Performance.Task ?? (options.Performance.Positive is not null ? PerformanceTask.Binary : PerformanceTask.Multiclass);
        string? positive = task == PerformanceTask.Binary ? options.Performance.Positive : null;
        AnswerCodes? codes = task == PerformanceTask.Regression ? null
            : AnswerCodes.Read(rows, a.Prediction, b.Prediction, null, positive, positive is null ? null : options.Favourable);
        return CompareAnswers.Fill(
            Begin(options, task.ToString().ToLowerInvariant(), positive, rows.Rows) with { Labelled = false }, rows, a, b, codes, options);
    }

    private static ComparisonReport Begin(ComparisonOptions options, string task, string? positive, int count) => new()
    {
        A = options.A,
        B = options.B,
        Task = task,
        Positive = positive,
        Count = count,
        Interval = options.Performance.Interval,
        Level = options.Performance.Level,
        Metrics = [],
        Undefined = [],
    };

    // A row speaks only where both have said something of it.
    private static Table Complete(Table table, string? label, PredictionColumns[] sides, Action<AuditWarning> warn)
    {
        Column[] needed =
        [
            .. label is null ? [] : (Column[])[table.Need(label)],
            .. sides.SelectMany(side => (string[])[side.Prediction, .. side.Scores]).Select(table.Need),
        ];
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !Array.Exists(needed, column => column.IsMissing(row)))];
        if (kept.Length == 0)
        {
            throw new InputException(label is null ? "No row has predictions of both versions." : $"No row has a label in '{label}' and predictions of both versions.")
            {
                Column = label,
            };
        }

        if (kept.Length < table.Rows)
        {
            warn(new AuditWarning("incomplete-rows", $"{table.Rows - kept.Length} rows lack a {(label is null ? "" : "label or a ")}prediction and are left out."));
        }

        return kept.Length == table.Rows ? table : table.Take(kept);
    }

    // Intervals of either by itself are in closed form; what is drawn anew is drawn for both at once.
    private static PredictionSample Read(Table rows, PredictionColumns side, PerformanceOptions options, Action<AuditWarning> warn) =>
        MeasurePerformance.Read(
            rows,
            options with { Prediction = side.Prediction, Scores = side.Scores, Threshold = null, Interval = IntervalMethod.Analytic },
            warn).Sample;
}
