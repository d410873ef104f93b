using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Monitoring;

/// <summary>The model of a deployment: scores rows, and attributes scores to columns.</summary>
public sealed class WatchedModel : IDisposable
{
    private const int BlockRows = 65_536;

    private readonly byte[] bytes;
    private readonly OnnxPredictor predictor;
    private readonly RowEncoder encoder;
    private readonly DecisionRule rule;
    private readonly PredictorOptions options;

    private WatchedModel(byte[] bytes, OnnxPredictor predictor, RowEncoder encoder, DecisionRule rule, PredictorOptions options) =>
        (this.bytes, this.predictor, this.encoder, this.rule, this.options) = (bytes, predictor, encoder, rule, options);

    /// <summary>The columns that the model reads.</summary>
    public IReadOnlyList<string> Columns => encoder.Columns;

    /// <summary>The class that scores refer to; null for regression and several classes.</summary>
    public string? Positive => rule.Classes is { Count: > 2 } ? null : rule.Positive;

    /// <summary>The model's classes; null for regression and where nobody names them.</summary>
    public IReadOnlyList<string>? Classes => rule.Classes;

    /// <summary>The outcome that a person wants; null where nobody said.</summary>
    public string? Favourable => rule.Favourable;

    /// <summary>Whether the model predicts a number.</summary>
    public bool IsRegression => rule.IsRegression;

    /// <summary>The label's column by the encoding; null where it does not say.</summary>
    public string? Label => encoder.Encoding.Label?.Column;

    /// <summary>Loads a model.</summary>
    /// <param name="model">ONNX.</param>
    /// <param name="encoding">The encoding or manifest; null takes the columns as they are.</param>
    /// <param name="sample">Any rows of the data, of which the column names matter.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Model, encoding and columns do not fit each other.</exception>
    public static WatchedModel Load(byte[] model, byte[]? encoding, Table sample, int threads, CancellationToken cancellationToken)
    {
        PredictorOptions options = new() { Provider = "cpu", Threads = threads };
        OnnxPredictor predictor = OnnxPredictor.Load(model, options, cancellationToken);
        ModelEncoding? read = encoding is null ? null : ModelEncoding.Read(encoding);
        return new WatchedModel(model, predictor, RowEncoder.For(predictor.Signature, read, sample), new DecisionRule(predictor.Signature, read), options);
    }

    /// <summary>Scores rows.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The rows cannot be encoded.</exception>
    public Decisions Score(Table rows, CancellationToken cancellationToken)
    {
        List<Decisions> parts = [];
        for (int start = 0; start < rows.Rows; start += BlockRows)
        {
            Table part = rows.Rows <= BlockRows ? rows : rows.Take([.. Enumerable.Range(start, Math.Min(BlockRows, rows.Rows - start))]);
            InputBatch batch = encoder.Encode(part);
            parts.Add(rule.Decide(predictor.Predict(batch, cancellationToken), part, batch));
        }

        return parts.Count == 1 ? parts[0] : new Decisions(
            Join(parts, part => part.Scores), Join(parts, part => part.Predicted), Join(parts, part => part.Values), Join(parts, part => part.Probabilities));
    }

    /// <summary>Absolute attributions of rows, by the method that suits the model.</summary>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="background">The rows that stand for "not known".</param>
    /// <param name="seed">The seed of sampled methods.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The players, and shape [rows][players].</returns>
    public (IReadOnlyList<string> Players, double[][] Values) Attribute(Table rows, Table background, int seed, CancellationToken cancellationToken)
    {
        int? position = Positive is string positive && rule.Classes is { } classes ? classes.ToList().IndexOf(positive) : null;
        using ModelScorer scorer = ModelScorer.Load(
            predictor, bytes, options,
            new ScorerOptions
            {
                ClassIndex = position,
                AllClasses = position is null && !IsRegression,
                Classes = encoder.Encoding.OrderedClasses,
                Roles = encoder.Encoding.Outputs.ToDictionary(output => output.Name, output => output.Role),
            },
            cancellationToken);
        InputBatch encoded = encoder.Encode(rows);
        scorer.Score(encoded.Slice(0, 1), cancellationToken);
        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = scorer.Score,
                Graph = new ModelGraph(bytes),
                Deterministic = true,
                Outputs = scorer.ClassCount,
                Output = scorer.Output,
                ClassIndex = scorer.ClassIndex,
                GraphColumns = scorer.GraphColumns,
                PredictedClassOnly = scorer.ClassCount > 1,
                Rows = encoded,
                Background = encoder.Encode(background),
                Players = encoder.Players(),
                Seed = seed,
                Samples = 512,
            },
            null, TimeProvider.System, cancellationToken);
        return (report.Features, [.. report.Rows.Select(row => row.Values[0].Select(Math.Abs).ToArray())]);
    }

    /// <inheritdoc/>
    public void Dispose() => predictor.Dispose();

    private static T[]? Join<T>(List<Decisions> parts, Func<Decisions, T[]?> of) =>
        of(parts[0]) is null ? null : [.. parts.SelectMany(part => of(part)!)];
}
