using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The model under attack, answering in full. Safe to call from several threads.</summary>
public sealed class Victim
{
    private readonly IPredictor predictor;
    private readonly RowEncoder encoder;
    private readonly DecisionRule rule;

    private Victim(IPredictor predictor, RowEncoder encoder, DecisionRule rule, Table published, IReadOnlyList<string> classes)
    {
        this.predictor = predictor;
        this.encoder = encoder;
        this.rule = rule;
        Classes = classes;
        Published = published;
        Space = QuerySpace.Of(ReadableColumn.All(encoder, published, encoder.Encode(published.Head(1))));
    }

    /// <summary>The classes in the order of the scores; empty where the model gives a value.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of classes; 1 where the model gives a value.</summary>
    public int ClassCount => Math.Max(1, Classes.Count);

    /// <summary>The rows that the owner keeps for reference, whose profile is published.</summary>
    public Table Published { get; }

    /// <summary>What may be asked.</summary>
    public QuerySpace Space { get; }

    /// <summary>Whether it gives scores, so that an answer can show more than a label.</summary>
    public bool HasScores { get; private init; }

    /// <summary>Looks at a model.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="encoder">How readable rows become its inputs.</param>
    /// <param name="rule">How its outputs become decisions.</param>
    /// <param name="published">At least 40 rows of the kind that it was made for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It cannot be attacked in this way; the sentence says why.</exception>
    public static Victim Of(IPredictor predictor, RowEncoder encoder, DecisionRule rule, Table published, CancellationToken cancellationToken)
    {
        if (predictor.Signature.Inputs.Any(input => input.RowShape.Count > 1))
        {
            throw new InputException("The red team attacks models of rows of cells; this one takes pictures, sequences or other arrays.");
        }

        if (encoder.Columns.Count > MostColumns)
        {
            throw new InputException($"The red team attacks models of up to {MostColumns:N0} columns; this one takes {encoder.Columns.Count:N0}.");
        }

        if (published.Rows < LeastRows)
        {
            throw new InputException($"A red team needs at least {LeastRows} rows to draw questions from; there are {published.Rows}.");
        }

        Decisions seen = Decide(predictor, encoder, rule, published, cancellationToken);
        IReadOnlyList<string> classes = rule.IsRegression ? []
            : rule.Classes ?? [.. seen.Predicted!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return classes.Count == 1
            ? throw new InputException($"The model says '{classes[0]}' of every row, so that there is nothing to copy.")
            : new Victim(predictor, encoder, rule, published, classes) { HasScores = rule.IsRegression || seen.Probabilities is not null };
    }

    /// <summary>The fewest rows that questions can be drawn from.</summary>
    public const int LeastRows = 40;

    /// <summary>The most columns that are attacked.</summary>
    public const int MostColumns = 500;

    /// <summary>Answers rows as the thief writes them.</summary>
    /// <param name="rows">Shape [rows][width of the space].</param>
    /// <param name="cancellationToken">Ends it.</param>
    public VictimAnswers Answer(IReadOnlyList<float[]> rows, CancellationToken cancellationToken) =>
        rows.Count == 0 ? new VictimAnswers([], []) : Answer(Space.Read(rows), cancellationToken);

    /// <summary>Answers rows of data.</summary>
    public VictimAnswers Answer(Table table, CancellationToken cancellationToken)
    {
        Decisions decisions = Decide(predictor, encoder, rule, table, cancellationToken);
        if (decisions.Values is double[] values)
        {
            return new VictimAnswers([.. values.Select(value => (double[])[value])], [.. values.Select(_ => -1)]);
        }

        Dictionary<string, int> places = Enumerable.Range(0, Classes.Count).ToDictionary(k => Classes[k], k => k, StringComparer.Ordinal);
        int[] labels = [.. decisions.Predicted!.Select(label => places.GetValueOrDefault(label, 0))];
        double[]? all = decisions.Probabilities;
        int width = Classes.Count;
        return new VictimAnswers(
            [.. labels.Select((label, row) => all is null || all.Length != labels.Length * width ? OneHot(label, width) : all[(row * width)..((row + 1) * width)])], labels);
    }

    /// <summary>Encodes rows as the model reads them.</summary>
    internal InputBatch Encode(Table table) => encoder.Encode(table);

    private static Decisions Decide(IPredictor predictor, RowEncoder encoder, DecisionRule rule, Table table, CancellationToken cancellationToken)
    {
        InputBatch batch = encoder.Encode(table);
        return rule.Decide(predictor.Predict(batch, cancellationToken), table, batch);
    }

    private static double[] OneHot(int label, int width)
    {
        double[] scores = new double[width];
        scores[label] = 1;
        return scores;
    }
}

/// <summary>A model's full answers.</summary>
/// <param name="Scores">Shape [rows][classes], or [rows][1] for a value.</param>
/// <param name="Labels">Shape [rows]: the predicted class, from 0; -1 for a value.</param>
public sealed record VictimAnswers(double[][] Scores, int[] Labels);
