using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>A model that takes part in a comparison.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Predictor">The model, loaded.</param>
/// <param name="Encoding">How rows become its inputs and outputs its decisions; null to take columns as they are.</param>
public sealed record ComparedModel(string Name, OnnxPredictor Predictor, ModelEncoding? Encoding);

/// <summary>Scores the same rows with two models and compares what they say.</summary>
public static class CompareModels
{
    /// <summary>Scores and compares.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="table">Readable rows with a label.</param>
    /// <param name="options">What is compared; without a positive class the first model's is taken.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between batches and resamples.</param>
    /// <exception cref="InputException">Data, encodings and models do not fit each other, or the two do different tasks.</exception>
    public static ComparisonReport Run(
        ComparedModel a, ComparedModel b, Table table, ComparisonOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        Side first = Side.Of(a, table, options, null);
        Side second = Side.Of(b, table, options, first.Rule.Positive);
        CheckFit(first.Rule.IsRegression ? null : first.Rule.Classes ?? [], second.Rule.IsRegression ? null : second.Rule.Classes ?? []);
        List<Column> columns = [.. table.Columns];
        PredictionColumns ours = first.Add(columns, table, "a", cancellationToken);
        PredictionColumns theirs = second.Add(columns, table, "b", cancellationToken);
        bool scored = ours.Scores.Count == theirs.Scores.Count;
        PerformanceOptions performance = options.Performance with
        {
            Positive = first.IsBinary ? first.Rule.Positive : null,
            Task = first.Rule.IsRegression ? PerformanceTask.Regression : first.IsBinary ? PerformanceTask.Binary : PerformanceTask.Multiclass,
            Classes = first.Rule.IsRegression || first.IsBinary ? [] : first.Rule.Classes ?? [],
        };
        return ComparePredictions.Run(
            new Table(columns), scored ? ours : ours with { Scores = [] }, scored ? theirs : theirs with { Scores = [] },
            options with { A = a.Name, B = b.Name, Favourable = options.Favourable ?? first.Rule.Favourable, Performance = performance },
            warn, cancellationToken);
    }

    /// <summary>Refuses two models that do different tasks.</summary>
    /// <param name="first">The first's classes, empty where nobody names them; null where it predicts a number.</param>
    /// <param name="second">The second's.</param>
    /// <exception cref="InputException">One predicts a number and the other a class, or their classes are others.</exception>
    internal static void CheckFit(IReadOnlyList<string>? first, IReadOnlyList<string>? second)
    {
        if (first is null != second is null)
        {
            throw new InputException("One of the models predicts a number and the other a class: they cannot be compared.");
        }

        if (first is { Count: > 0 } && second is { Count: > 0 } && !first.Order(StringComparer.Ordinal).SequenceEqual(second.Order(StringComparer.Ordinal)))
        {
            throw new InputException(
                $"The models have other classes: {string.Join(", ", first)} and {string.Join(", ", second)}. Name them alike in the encodings.");
        }
    }

    // One model with the rule that turns its outputs into decisions.
    private sealed record Side(ComparedModel Model, DecisionRule Rule, RowEncoder Encoder)
    {
        public bool IsBinary => !Rule.IsRegression && Rule.Positive is not null && Rule.Classes is null or { Count: 2 };

        public static Side Of(ComparedModel model, Table table, ComparisonOptions options, string? positive)
        {
            string[] left = [options.Performance.Label, .. options.Protected, .. options.Performance.Weight is string weight ? (string[])[weight] : []];
            string[] features = [.. table.Columns.Select(column => column.Name).Where(name => !left.Contains(name))];
            RowEncoder encoder = RowEncoder.For(model.Predictor.Signature, model.Encoding, table, model.Encoding is null ? features : null);
            return new Side(
                model,
                new DecisionRule(
                    model.Predictor.Signature, model.Encoding, options.Performance.Positive ?? positive, options.Performance.Threshold),
                encoder);
        }

        /// <summary>Scores the rows, and adds the columns of what the model says.</summary>
        public PredictionColumns Add(List<Column> columns, Table table, string suffix, CancellationToken cancellationToken)
        {
            InputBatch batch = Encoder.Encode(table);
            Decisions said = Rule.Decide(Model.Predictor.Predict(batch, cancellationToken), table, batch);
            string prediction = Named(columns, $"(prediction {suffix})");
            columns.Add(said.Values is double[] values ? new NumberColumn(prediction, values) : TextColumn.Of(prediction, said.Predicted!));
            List<string> scores = [];
            if (IsBinary && said.Scores is double[] positive)
            {
                scores.Add(Named(columns, $"(score {suffix})"));
                columns.Add(new NumberColumn(scores[0], positive));
            }
            else if (!Rule.IsRegression && said.Probabilities is double[] all && Rule.Classes is { } classes)
            {
                for (int k = 0; k < classes.Count; k++)
                {
                    scores.Add(Named(columns, $"(score {suffix} {classes[k]})"));
                    columns.Add(new NumberColumn(scores[^1], [.. Enumerable.Range(0, table.Rows).Select(row => all[(row * classes.Count) + k])]));
                }
            }

            return new PredictionColumns(prediction, scores);
        }

        // The data may have a column of this very name.
        private static string Named(List<Column> columns, string name)
        {
            while (columns.Exists(column => column.Name == name))
            {
                name += "'";
            }

            return name;
        }
    }
}
