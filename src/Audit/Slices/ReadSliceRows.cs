using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Slices;

/// <summary>Which columns of a table hold what slices are measured from.</summary>
public sealed record SliceColumns
{
    /// <summary>The column with what was true.</summary>
    public required string Label { get; init; }

    /// <summary>The column with the predicted class or value; null takes the scores.</summary>
    public string? Prediction { get; init; }

    /// <summary>The column with the positive class's score; null for none.</summary>
    public string? Score { get; init; }

    /// <summary>The positive class is predicted from this score on, inclusive.</summary>
    public double? Threshold { get; init; }

    /// <summary>The positive class; null takes "1", "true" or "yes" if exactly one of them occurs.</summary>
    public string? Positive { get; init; }

    /// <summary>The column with the rows' weights; null for 1 each.</summary>
    public string? Weight { get; init; }

    /// <summary>What is measured; null takes the error rate of classes, the log loss of scores without threshold, the squared error of numbers.</summary>
    public SliceMetric? Metric { get; init; }
}

/// <summary>Reads what is measured of each row from columns of predictions or scores.</summary>
public static class ReadSliceRows
{
    /// <summary>Reads. Rows without a label or a prediction are left out, with a warning.</summary>
    /// <param name="table">Readable rows.</param>
    /// <param name="columns">Which columns hold what.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <returns>The rows that are left, and what is measured of them.</returns>
    /// <exception cref="InputException">A column is missing or does not fit the metric.</exception>
    public static (Table Table, SliceRows Rows) Of(Table table, SliceColumns columns, Action<AuditWarning> warn)
    {
        if (columns.Prediction is null && columns.Score is null)
        {
            throw new InputException("Predictions are needed: name a prediction column, or a score column and a threshold.");
        }

        if (columns.Prediction is not null && columns.Threshold is not null)
        {
            throw new InputException("Give --prediction, or --score with --threshold, but not a threshold for predictions that are there.");
        }

        table = KnownLabels.Take(table, columns.Label, warn);
        SliceMetric metric = columns.Metric ?? Metric(table, columns);
        return metric switch
        {
            SliceMetric.SquaredError when IsNumber(table, columns) || (columns.Prediction is not null && BothNumbers(table, columns)) => Values(table, columns, warn),
            SliceMetric.ErrorRate when columns.Prediction is not null => Classes(table, columns, warn),
            _ => Binary(table, columns, metric, warn),
        };
    }

    private static SliceMetric Metric(Table table, SliceColumns columns) => IsNumber(table, columns) ? SliceMetric.SquaredError
        : columns.Prediction is null && columns.Threshold is null ? SliceMetric.LogLoss
        : SliceMetric.ErrorRate;

    // Numbers against numbers, unless the truth has two values and so is a class.
    private static bool IsNumber(Table table, SliceColumns columns) =>
        columns.Positive is null && columns.Threshold is null && BothNumbers(table, columns)
        && MeasurePerformance.InferTask(table, new PerformanceOptions { Label = columns.Label }) == PerformanceTask.Regression;

    private static bool BothNumbers(Table table, SliceColumns columns) =>
        table.Need(columns.Label) is NumberColumn && table.Need(columns.Prediction ?? columns.Score!) is NumberColumn;

    private static (Table Table, SliceRows Rows) Values(Table table, SliceColumns columns, Action<AuditWarning> warn)
    {
        string predicted = columns.Prediction ?? columns.Score!;
        table = Present(table, predicted, warn);
        double[] truth = NumberCells.Read(table, columns.Label);
        double[] values = NumberCells.Read(table, predicted);
        return (table, new SliceRows
        {
            Metric = SliceMetric.SquaredError,
            Losses = [.. truth.Zip(values, (a, b) => (a - b) * (a - b))],
            Weights = Weights(table, columns),
            Strata = SliceStrata.Quarters(truth),
            StratifiedBy = "quarters of the label",
            Used = Used(columns),
        });
    }

    private static (Table Table, SliceRows Rows) Classes(Table table, SliceColumns columns, Action<AuditWarning> warn)
    {
        table = Present(table, columns.Prediction!, warn);
        Levels truth = Levels.Of(table.Need(columns.Label));
        Levels predicted = Levels.Of(table.Need(columns.Prediction!));
        int[] codes = [.. predicted.Names.Select(truth.IndexOf)];
        if (predicted.Names.Count > 0 && codes.All(code => code < 0) && truth.Names.Count > 1)
        {
            throw new InputException($"No value of '{columns.Prediction}' is a class of '{columns.Label}'.") { Column = columns.Prediction };
        }

        double[] losses = new double[table.Rows];
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = codes[predicted.Codes[row]] == truth.Codes[row] ? 0 : 1;
        }

        return (table, new SliceRows
        {
            Metric = SliceMetric.ErrorRate,
            Losses = losses,
            Weights = Weights(table, columns),
            Strata = truth.Codes.ToArray(),
            StratifiedBy = "label",
            Used = Used(columns),
        });
    }

    private static (Table Table, SliceRows Rows) Binary(Table table, SliceColumns columns, SliceMetric metric, Action<AuditWarning> warn)
    {
        bool needsScore = metric is SliceMetric.LogLoss or SliceMetric.SquaredError;
        if (needsScore && columns.Score is null)
        {
            throw new InputException($"{metric.Name()} of classes needs probabilities: name them with --score.");
        }

        if (!needsScore && columns.Prediction is null && columns.Threshold is null)
        {
            throw new InputException($"{metric.Name()} needs decisions: name a prediction column, or a score column and a threshold.");
        }

        DecisionTable read = ReadDecisions.From(
            table,
            new DecisionColumns
            {
                Label = columns.Label, Prediction = columns.Prediction, Score = columns.Score,
                Threshold = columns.Prediction is null ? columns.Threshold ?? 0.5 : null, Weight = columns.Weight, Positive = columns.Positive,
            },
            warn);
        BinaryDecisions decisions = read.Decisions;
        if (needsScore && decisions.Score.ContainsAnyExceptInRange(0, 1))
        {
            throw new InputException($"{metric.Name()} needs probabilities, and '{columns.Score}' holds numbers outside 0 to 1.") { Column = columns.Score };
        }

        return (read.Table, new SliceRows
        {
            Metric = metric,
            Losses = [.. Enumerable.Range(0, decisions.Rows).Select(row => Loss(decisions, metric, row))],
            Weights = decisions.Weight.IsEmpty ? null : decisions.Weight.ToArray(),
            Strata = [.. decisions.Label.ToArray().Select(code => (int)code)],
            StratifiedBy = "label",
            Used = Used(columns),
            Positive = decisions.Positive,
        });
    }

    private static double Loss(BinaryDecisions decisions, SliceMetric metric, int row)
    {
        int truth = decisions.Label[row];
        double wrong = decisions.Prediction[row] == truth ? 0 : 1;
        return metric switch
        {
            SliceMetric.LogLoss => -Math.Log(Math.Clamp(truth == 1 ? decisions.Score[row] : 1 - decisions.Score[row], ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip)),
            SliceMetric.SquaredError => (decisions.Score[row] - truth) * (decisions.Score[row] - truth),
            SliceMetric.FalsePositiveRate => truth == 0 ? wrong : double.NaN,
            SliceMetric.FalseNegativeRate => truth == 1 ? wrong : double.NaN,
            _ => wrong,
        };
    }

    private static Table Present(Table table, string name, Action<AuditWarning> warn)
    {
        Column column = table.Need(name);
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !column.IsMissing(row))];
        if (kept.Length == table.Rows)
        {
            return table;
        }

        warn(new AuditWarning("missing-prediction", $"{table.Rows - kept.Length} rows have no prediction and are left out.", Column: name));
        return kept.Length > 0 ? table.Take(kept) : throw new InputException($"No row has a prediction in '{name}'.") { Column = name };
    }

    private static double[]? Weights(Table table, SliceColumns columns) =>
        columns.Weight is null ? null : NumberCells.ReadWeights(table, columns.Weight);

    private static string[] Used(SliceColumns columns) =>
        [.. new[] { columns.Label, columns.Prediction, columns.Score, columns.Weight }.OfType<string>()];
}
