using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>One model of a comparison with the rule that turns its outputs into decisions.</summary>
internal sealed record ComparedSide(ComparedModel Model, DecisionRule Rule, RowEncoder Encoder)
{
    /// <summary>Whether it decides between two classes.</summary>
    public bool IsBinary => !Rule.IsRegression && Rule.Positive is not null && Rule.Classes is null or { Count: 2 };

    /// <summary>Fits a model to the rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">Readable rows.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="positive">The positive class where the options name none.</param>
    /// <exception cref="InputException">Data, encoding and model do not fit each other.</exception>
    public static ComparedSide Of(ComparedModel model, Table table, ComparisonOptions options, string? positive)
    {
        string[] left = [.. options.Labelled ? (string[])[options.Performance.Label] : [], .. options.Protected, .. options.Performance.Weight is string weight ? (string[])[weight] : []];
        string[] features = [.. table.Columns.Select(column => column.Name).Where(name => !left.Contains(name))];
        RowEncoder encoder = RowEncoder.For(model.Predictor.Signature, model.Encoding, table, model.Encoding is null ? features : null);
        return new ComparedSide(
            model,
            new DecisionRule(model.Predictor.Signature, model.Encoding, options.Performance.Positive ?? positive, options.Performance.Threshold),
            encoder);
    }

    /// <summary>How the model's decisions are measured: the task and the classes that it has.</summary>
    /// <param name="asked">What else was asked for.</param>
    public PerformanceOptions Measured(PerformanceOptions asked) => asked with
    {
        Positive = IsBinary ? Rule.Positive : null,
        Task = Rule.IsRegression ? PerformanceTask.Regression : IsBinary ? PerformanceTask.Binary : PerformanceTask.Multiclass,
        Classes = Rule.IsRegression || IsBinary ? [] : Rule.Classes ?? [],
    };

    /// <summary>Scores the rows.</summary>
    public Decisions Decide(Table table, CancellationToken cancellationToken)
    {
        InputBatch batch = Encoder.Encode(table);
        return Rule.Decide(Model.Predictor.Predict(batch, cancellationToken), table, batch);
    }

    /// <summary>Adds the columns of what the model said.</summary>
    /// <param name="columns">Added to.</param>
    /// <param name="said">Of each row.</param>
    /// <param name="suffix">Told from other models by it.</param>
    /// <param name="order">The order of the classes' columns: the other side's; null takes this model's own.</param>
    public PredictionColumns Add(List<Column> columns, Decisions said, string suffix, IReadOnlyList<string>? order = null)
    {
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
            int rows = all.Length / classes.Count;
            int[] places = order is null ? [.. Enumerable.Range(0, classes.Count)] : ClassOrder.Between(classes, order) ?? [.. Enumerable.Range(0, classes.Count)];
            foreach (int k in places)
            {
                int column = k;
                scores.Add(Named(columns, $"(score {suffix} {classes[k]})"));
                columns.Add(new NumberColumn(scores[^1], [.. Enumerable.Range(0, rows).Select(row => all[(row * classes.Count) + column])]));
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
