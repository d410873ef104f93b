using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Runs;

/// <summary>The evaluation rows with what the model said of them: its class, its scores or its value.</summary>
public sealed record ScoredTable
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

    /// <summary>The column with the rows' weights; null where each row counts 1.</summary>
    public string? Weight { get; init; }

    /// <summary>Scores all rows of the evaluation data.</summary>
    /// <exception cref="InputException">Data, encoding and model do not fit each other.</exception>
    internal static ScoredTable Make(
        OnnxPredictor predictor, RowEncoder encoder, ModelEncoding? encoding, AuditTable data, AuditOptions options,
        AuditShards shards, Action done, CancellationToken cancellationToken)
    {
        string? positive = options.Positive ?? encoding?.Label?.Positive ?? data.Positive;
        DecisionRule rule = new(predictor.Signature, encoding, positive, options.Threshold);
        Encodings.Decisions decisions = ScoreBlocks.Run(predictor, encoder, rule, data.Table, shards, done, cancellationToken);
        List<Column> columns = [.. data.Table.Columns];
        List<string> scores = [];
        string name = Free(data.Table, PredictionColumn);
        string prediction = Add(decisions.Values is double[] values
            ? new NumberColumn(name, values)
            : TextColumn.Of(name, decisions.Predicted!));

        // Of several classes one is positive only where the audit itself asks: an encoding names one for explanations.
        bool several = rule.Classes is { Count: > 2 } && options.Positive is null;
        if (!several && decisions.Scores is double[] positiveScores)
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
            Positive = rule.IsRegression || several ? null : rule.Positive,
            Favourable = rule.IsRegression ? null : options.Favourable ?? encoding?.Label?.Favourable ?? data.Favourable ?? rule.Favourable,
            Threshold = rule.Threshold,
            Classes = rule.Classes,
            IsRegression = rule.IsRegression,
            Scores = scores,
            Weight = options.Measures?.Weight,
            PositiveIndex = rule.Positive is null || rule.Classes is null ? null : rule.Classes.ToList().IndexOf(rule.Positive),
        };

        string Add(Column column)
        {
            columns.Add(column);
            return column.Name;
        }
    }

    /// <summary>The columns that measuring needs.</summary>
    public IEnumerable<string> Columns => ((string?[])[Label, Prediction, Weight, .. Scores]).OfType<string>().Where(name => Table.Find(name) is not null);

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
