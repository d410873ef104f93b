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
    /// <param name="table">Readable rows; with a label where the options say so.</param>
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
        CheckFit(first.Rule.IsRegression ? null : first.Rule.Classes ?? [], second.Rule.IsRegression ? null : second.Rule.Classes ?? []);
        List<Column> columns = [.. table.Columns];
        PredictionColumns ours = first.Add(columns, first.Decide(table, cancellationToken), "a");
        PredictionColumns theirs = second.Add(columns, second.Decide(table, cancellationToken), "b", first.Rule.Classes);
        bool scored = ours.Scores.Count == theirs.Scores.Count;
        return ComparePredictions.Run(
            new Table(columns), scored ? ours : ours with { Scores = [] }, scored ? theirs : theirs with { Scores = [] },
            options with { A = a.Name, B = b.Name, Favourable = options.Favourable ?? first.Rule.Favourable, Performance = first.Measured(options.Performance) },
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
}
