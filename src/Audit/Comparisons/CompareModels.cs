using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

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
        ComparedSide first = ComparedSide.Of(a, table, options, null);
        ComparedSide second = ComparedSide.Of(b, table, options, first.Rule.Positive);
        Check(first, second);
        List<Column> columns = [.. table.Columns];
        PredictionColumns ours = first.Add(columns, first.Decide(table, cancellationToken), "a");
        PredictionColumns theirs = second.Add(columns, second.Decide(table, cancellationToken), "b", first.Rule.Classes);
        bool scored = ours.Scores.Count == theirs.Scores.Count;
        return ComparePredictions.Run(
            new Table(columns), scored ? ours : ours with { Scores = [] }, scored ? theirs : theirs with { Scores = [] },
            options with { A = a.Name, B = b.Name, Favourable = options.Favourable ?? first.Rule.Favourable, Performance = first.Measured(options.Performance) },
            warn, cancellationToken);
    }

    private static void Check(ComparedSide first, ComparedSide second)
    {
        if (first.Rule.IsRegression != second.Rule.IsRegression)
        {
            throw new InputException("One of the models predicts a number and the other a class: they cannot be compared.");
        }

        if (first.Rule.Classes is { } ours && second.Rule.Classes is { } theirs && !ours.Order(StringComparer.Ordinal).SequenceEqual(theirs.Order(StringComparer.Ordinal)))
        {
            throw new InputException(
                $"The models have other classes: {string.Join(", ", ours)} and {string.Join(", ", theirs)}. Name them alike in the encodings.");
        }
    }
}
