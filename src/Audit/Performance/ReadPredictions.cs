using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Reads what each kind of task is measured from.</summary>
internal static class ReadPredictions
{
    /// <summary>The columns of a binary task; without predictions and threshold, 0.5 for scores that are probabilities.</summary>
    public static DecisionColumns Binary(Table table, PerformanceOptions options, Action<AuditWarning> warn)
    {
        if (options.Scores.Count > 1)
        {
            throw new InputException("A binary task takes one score column: the score of the positive class.");
        }

        string? score = options.Scores.Count == 0 ? null : options.Scores[0];
        double? threshold = options.Threshold;
        if (options.Prediction is null && score is not null && threshold is null)
        {
            if (Array.Exists(NumberCells.ReadScores(table, score), value => value is < 0 or > 1))
            {
                throw new InputException($"The scores in '{score}' are no probabilities: name the threshold of a positive prediction.");
            }

            threshold = 0.5;
            warn(new AuditWarning("default-threshold", $"A score of at least 0.5 in '{score}' is taken as a positive prediction.", Column: score));
        }

        return new DecisionColumns
        {
            Label = options.Label,
            Prediction = options.Prediction,
            Score = score,
            Threshold = threshold,
            Weight = options.Weight,
            Positive = options.Positive,
        };
    }

    /// <summary>The classes of a multiclass task; without predictions, the class of the highest score, the first of equals.</summary>
    public static (Table Table, ClassPredictions Data) Multiclass(Table table, PerformanceOptions options, Action<AuditWarning> warn)
    {
        if (options.Prediction is null && options.Scores.Count < 2)
        {
            throw new InputException("Predictions are needed: name a prediction column, or one score column a class.");
        }

        Levels labels = Levels.Of(table.Need(options.Label));
        Levels? predictions = options.Prediction is null ? null : Levels.Of(table.Need(options.Prediction));
        IReadOnlyList<string> classes = Classes(labels, predictions, options);
        double[][]? scores = options.Scores.Count == 0 ? null : [.. options.Scores.Select(name => NumberCells.ReadScores(table, name))];
        double[]? weight = options.Weight is null ? null : NumberCells.ReadWeights(table, options.Weight);
        int[] label = Codes(labels, classes);
        int[] prediction = predictions is null ? Highest(scores!) : Codes(predictions, classes);
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row =>
            prediction[row] >= 0 && (scores is null || !scores.Any(column => double.IsNaN(column[row]))))];
        ClassPredictions all = new(classes, label, prediction, scores, weight);
        return Kept(table, kept, warn) is Table rows ? (rows, all.Take(kept)) : (table, all);
    }

    /// <summary>The numbers of a regression task.</summary>
    public static (Table Table, NumberPredictions Data) Regression(Table table, PerformanceOptions options, Action<AuditWarning> warn)
    {
        string column = options.Prediction ?? (options.Scores.Count > 0 ? options.Scores[0]
            : throw new InputException("Predictions are needed: name a prediction column."));
        NumberPredictions all = new(
            NumberCells.Read(table, options.Label), NumberCells.Read(table, column),
            options.PredictionInterval is { } ends ? NumberCells.Read(table, ends.Lower) : null,
            options.PredictionInterval is { } pair ? NumberCells.Read(table, pair.Upper) : null,
            options.Weight is null ? [] : NumberCells.ReadWeights(table, options.Weight));
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !double.IsNaN(all.Predicted[row])
            && !double.IsNaN(all.Lower?[row] ?? 0) && !double.IsNaN(all.Upper?[row] ?? 0))];
        int crossed = kept.Count(row => all.Lower?[row] > all.Upper?[row]);
        if (crossed > 0)
        {
            warn(new AuditWarning("crossed-interval", $"{crossed} prediction intervals end below their beginning; they hold nothing."));
        }

        return Kept(table, kept, warn) is Table rows ? (rows, all.Take(kept)) : (table, all);
    }

    private static Table? Kept(Table table, int[] kept, Action<AuditWarning> warn)
    {
        if (kept.Length == table.Rows)
        {
            return null;
        }

        warn(new AuditWarning("missing-prediction", $"{table.Rows - kept.Length} rows have no prediction and are left out."));
        return table.Take(kept);
    }

    private static IReadOnlyList<string> Classes(Levels labels, Levels? predictions, PerformanceOptions options)
    {
        string[] occurring = [.. labels.Names, .. (predictions?.Names ?? []).Where(name => labels.IndexOf(name) < 0)];
        string[] classes = options.Classes.Count > 0 ? [.. options.Classes] : occurring;
        if (classes.Distinct(StringComparer.Ordinal).Count() < classes.Length)
        {
            throw new InputException("A class is named twice.");
        }

        if (options.Scores.Count > 0 && options.Scores.Count != classes.Length)
        {
            throw new InputException(
                $"There are {options.Scores.Count} score columns for {classes.Length} classes: name the classes in the order of the scores.");
        }

        string? stranger = occurring.FirstOrDefault(name => !Array.Exists(classes, known => known == name));
        return stranger is null ? classes : throw new InputException($"The class '{stranger}' occurs in the data and is not among those named.");
    }

    private static int[] Codes(Levels levels, IReadOnlyList<string> classes)
    {
        List<string> known = [.. classes];
        int[] index = [.. levels.Names.Select(name => known.IndexOf(name))];
        return Array.ConvertAll(levels.Codes.ToArray(), code => code < 0 ? -1 : index[code]);
    }

    private static int[] Highest(double[][] scores)
    {
        int[] highest = new int[scores[0].Length];
        for (int k = 1; k < scores.Length; k++)
        {
            for (int row = 0; row < highest.Length; row++)
            {
                highest[row] = scores[k][row] > scores[highest[row]][row] ? k : highest[row];
            }
        }

        return highest;
    }
}
