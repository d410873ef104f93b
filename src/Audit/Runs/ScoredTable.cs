using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Fairness;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>The evaluation rows with what the model said of them: its class, its scores or its value.</summary>
internal sealed record ScoredTable
{
    private const string PredictionColumn = "(prediction)";
    private const string ScoreColumn = "(score)";

    /// <summary>The readable rows with the columns of predictions and scores behind them.</summary>
    public required Table Table { get; init; }

    /// <summary>The column with the predicted class or value.</summary>
    public required string Prediction { get; init; }

    /// <summary>The column with the true outcome, or null where none is known.</summary>
    public string? Label { get; init; }

    /// <summary>The positive class; null for regression and for several classes.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants.</summary>
    public string? Favourable { get; init; }

    /// <summary>The threshold in use; null where the model or the largest probability decides.</summary>
    public double? Threshold { get; init; }

    /// <summary>The classes in column order, or null for regression.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Whether the model predicts a value.</summary>
    public bool IsRegression { get; init; }

    /// <summary>The score columns: none, one of the positive class, or one a class.</summary>
    public IReadOnlyList<string> Scores { get; init; } = [];

    /// <summary>The column of the output that belongs to the positive class, or null where none is singled out.</summary>
    public int? PositiveIndex { get; init; }

    /// <summary>Scores all rows of the evaluation data.</summary>
    /// <exception cref="InputException">Data, encoding and model do not fit each other.</exception>
    public static ScoredTable Make(
        OnnxPredictor predictor, RowEncoder encoder, ModelEncoding? encoding, AuditTable data, AuditOptions options,
        CancellationToken cancellationToken)
    {
        string? positive = options.Positive ?? encoding?.Label?.Positive ?? data.Positive;
        DecisionRule rule = new(predictor.Signature, encoding, positive, options.Threshold);
        InputBatch batch = encoder.Encode(data.Table);
        Encodings.Decisions decisions = rule.Decide(predictor.Predict(batch, cancellationToken), data.Table, batch);
        List<Column> columns = [.. data.Table.Columns];
        List<string> scores = [];
        string name = Free(data.Table, PredictionColumn);
        string prediction = Add(decisions.Values is double[] values
            ? new NumberColumn(name, values)
            : TextColumn.Of(name, decisions.Predicted!));
        if (decisions.Scores is double[] positiveScores)
        {
            scores.Add(Add(new NumberColumn(Free(data.Table, ScoreColumn), positiveScores)));
        }
        else if (decisions.Probabilities is double[] probabilities && rule.Classes is { } classes)
        {
            for (int i = 0; i < classes.Count; i++)
            {
                scores.Add(Add(new NumberColumn(Free(data.Table, $"(score {classes[i]})"), OneOf(probabilities, classes.Count, i))));
            }
        }

        return new ScoredTable
        {
            Table = new Table(columns),
            Prediction = prediction,
            Label = options.Label ?? encoding?.Label?.Column ?? data.Label,
            Positive = rule.IsRegression || rule.Classes is { Count: > 2 } ? options.Positive : rule.Positive,
            Favourable = rule.IsRegression ? null : options.Favourable ?? encoding?.Label?.Favourable ?? data.Favourable ?? rule.Favourable,
            Threshold = rule.Threshold,
            Classes = rule.Classes,
            IsRegression = rule.IsRegression,
            Scores = scores,
            PositiveIndex = rule.Positive is null || rule.Classes is null ? null : rule.Classes.ToList().IndexOf(rule.Positive),
        };

        string Add(Column column)
        {
            columns.Add(column);
            return column.Name;
        }
    }

    /// <summary>How well the predictions agree with the label; null without a label or a prediction.</summary>
    public PerformanceReport? Performance(PolicyPack policy, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        if (Label is null || Table.Find(Label) is null)
        {
            warn(new AuditWarning("no-label", "The data has no label column, so performance and error rates are not measured."));
            return null;
        }

        bool binary = !IsRegression && Positive is not null;
        return MeasurePerformance.Run(
            Table,
            new PerformanceOptions
            {
                Label = Label,
                Prediction = Prediction,
                Scores = IsRegression ? [] : Scores,
                Classes = IsRegression || binary ? [] : Classes ?? [],
                Positive = Positive,
                Task = IsRegression ? PerformanceTask.Regression : binary ? PerformanceTask.Binary : PerformanceTask.Multiclass,
                Level = policy.Level,
            },
            warn, cancellationToken);
    }

    /// <summary>Metrics by protected group; null where none is named.</summary>
    /// <exception cref="InputException">The task is not a binary decision with a label.</exception>
    public FairnessReport? Fairness(
        IReadOnlyList<string> protectedColumns, PolicyPack policy, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        if (protectedColumns.Count == 0)
        {
            return null;
        }

        if (Label is null || Positive is null)
        {
            throw new InputException(
                "Fairness by group needs a label column and a model of two classes; leave the protected columns empty for this model.");
        }

        return MeasureFairness.Run(
            Table,
            new DecisionColumns
            {
                Label = Label,
                Prediction = Prediction,
                Score = Scores.Count == 1 ? Scores[0] : null,
                Positive = Positive,
                Favourable = Favourable,
            },
            new FairnessOptions { Protected = protectedColumns, Level = policy.Level, MinGroup = policy.SmallestGroup },
            warn, cancellationToken);
    }

    // The data may have a column of this very name.
    private static string Free(Table table, string name)
    {
        while (table.Find(name) is not null)
        {
            name += "'";
        }

        return name;
    }

    private static double[] OneOf(double[] probabilities, int classes, int index)
    {
        double[] column = new double[probabilities.Length / classes];
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = probabilities[(row * classes) + index];
        }

        return column;
    }
}
