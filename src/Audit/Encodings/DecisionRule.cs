using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>What a model decided for a number of rows.</summary>
/// <param name="Scores">Shape [rows]: the positive class's probability; null for regression, label-only models and more than two classes without a positive one.</param>
/// <param name="Predicted">Shape [rows]: the predicted class by its readable name; null for regression.</param>
/// <param name="Values">Shape [rows]: the predicted value; null for classification.</param>
/// <param name="Probabilities">Shape [rows, classes] row-major; null where the model gives none.</param>
public sealed record Decisions(double[]? Scores, string[]? Predicted, double[]? Values, double[]? Probabilities);

/// <summary>Turns a model's outputs into a score, a class or a value.</summary>
/// <remarks>
/// Two classes: the positive one is predicted from the threshold on (inclusive); without a threshold the model's own
/// label decides, and 0.5 where it gives none. Thresholds by group, where the encoding has them, take the place of both.
/// More classes: the largest probability, the first of equals.
/// </remarks>
public sealed class DecisionRule
{
    private readonly OutputSpec? scores;
    private readonly OutputSpec? labels;
    private readonly OutputRole role;

    /// <summary>Makes the rule of a model.</summary>
    /// <param name="signature">Its outputs.</param>
    /// <param name="encoding">What the outputs mean, or null to go by the graph.</param>
    /// <param name="positive">Overrides the encoding's positive class.</param>
    /// <param name="threshold">Overrides the encoding's threshold; thresholds by group cannot be overridden.</param>
    /// <exception cref="InputException">
    /// The positive class is none of the classes, no output gives a decision, or thresholds by group do not fit.
    /// </exception>
    public DecisionRule(ModelSignature signature, ModelEncoding? encoding, string? positive = null, double? threshold = null)
    {
        (OutputSpec Spec, OutputRole Role)[] outputs = [.. signature.Outputs.Select(output =>
            (output, encoding?.Outputs.FirstOrDefault(known => known.Name == output.Name)?.Role ?? output.Role))];
        OutputRole[] order = [OutputRole.Probability, OutputRole.Logits, OutputRole.Score, OutputRole.Value];
        (scores, role) = order.SelectMany(wanted => outputs.Where(output => output.Role == wanted)).FirstOrDefault();
        labels = outputs.FirstOrDefault(output => output.Role == OutputRole.Label).Spec;
        if (scores is null && labels is null)
        {
            throw new InputException("No output of the model is a label, a probability, a score or a value; say so in an encoding.");
        }

        EncodedOutput? described = encoding?.Outputs.FirstOrDefault(known => known.Name == scores?.Name);
        Classes = role == OutputRole.Value ? null : described?.Classes ?? scores?.Classes ?? Numbered();
        Threshold = threshold ?? encoding?.Threshold;
        Positive = positive ?? encoding?.Label?.Positive ?? (Classes is { Count: 2 } ? Classes[1] : null);
        Favourable = encoding?.Label?.Favourable ?? Positive;
        if (Positive is not null && Classes is not null && !Classes.Contains(Positive))
        {
            throw new InputException($"The positive class '{Positive}' is none of the model's classes {string.Join(", ", Classes)}.");
        }

        GroupThresholds = encoding?.GroupThresholds;
        if (GroupThresholds is not null)
        {
            CheckGroups(GroupThresholds, threshold);
        }
    }

    /// <summary>The readable names of the classes in column order; null for regression and where nobody names them.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>The class that scores refer to; null for regression and for more than two classes unless asked for.</summary>
    public string? Positive { get; }

    /// <summary>The outcome that a person wants.</summary>
    public string? Favourable { get; }

    /// <summary>The asked-for threshold, or null where model or 0.5 decide.</summary>
    public double? Threshold { get; }

    /// <summary>Thresholds by group, which decide in place of any other; null where all rows are decided alike.</summary>
    public GroupThresholds? GroupThresholds { get; }

    /// <summary>The classes as the graph itself names them, in the order of <see cref="Classes"/>; null where it does not.</summary>
    public IReadOnlyList<string>? GraphClasses => scores?.Classes;

    /// <summary>Whether the model predicts a value and no class.</summary>
    public bool IsRegression => role == OutputRole.Value && scores is not null;

    /// <summary>The name of the output that scores are read from, or null for a label-only model.</summary>
    public string? ScoreOutput => scores?.Name;

    /// <summary>Decides rows.</summary>
    /// <param name="prediction">What the model said of them.</param>
    /// <param name="rows">The rows as people read them: thresholds by group look up each row's group there.</param>
    /// <param name="batch">The rows as the model read them.</param>
    /// <exception cref="InputException">The outputs have another number of columns than classes, or a group's column is missing.</exception>
    public Decisions Decide(Prediction prediction, Table rows, InputBatch batch)
    {
        Decisions decisions = Alike(prediction);
        if (GroupThresholds is not { } groups)
        {
            return decisions;
        }

        IReadOnlyList<string> classes = Classes!;
        double[] scores = Column(decisions.Probabilities!, classes.Count, classes.ToList().IndexOf(groups.Positive));
        string other = classes.First(label => label != groups.Positive);
        return decisions with { Predicted = [.. groups.Decide(scores, rows, batch).Select(positive => positive ? groups.Positive : other)] };
    }

    /// <summary>Decides rows that are all decided alike.</summary>
    /// <param name="prediction">What the model said of them.</param>
    /// <exception cref="InputException">The outputs have another number of columns than classes.</exception>
    /// <exception cref="InvalidOperationException">There are thresholds by group, which need the rows themselves.</exception>
    public Decisions Decide(Prediction prediction) => GroupThresholds is null
        ? Alike(prediction)
        : throw new InvalidOperationException("Thresholds by group need the rows themselves.");

    private void CheckGroups(GroupThresholds groups, double? threshold)
    {
        string? fault = threshold is not null ? "This version decides by thresholds of each group, so no other threshold can be asked for."
            : scores is null || Classes is not { Count: 2 } ? "Thresholds by group need a model with scores of two classes."
            : !Classes.Contains(groups.Positive) ? $"The thresholds by group are about the class '{groups.Positive}', which is none of {string.Join(", ", Classes)}."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }

    private Decisions Alike(Prediction prediction)
    {
        if (IsRegression)
        {
            OutputValues values = prediction[scores!.Name];
            return values.Width == 1
                ? new Decisions(null, null, values.Numbers, null)
                : throw new InputException($"The output '{scores.Name}' gives {values.Width} values a row; one is needed.");
        }

        if (scores is null)
        {
            return new Decisions(null, Labels(prediction[labels!.Name], Classes), null, null);
        }

        OutputValues output = prediction[scores.Name];
        IReadOnlyList<string> classes = Classes ?? [.. Enumerable.Range(0, Math.Max(2, output.Width)).Select(i => i.ToString())];
        double[] probabilities = ClassProbabilities.Of(output, role, classes);
        string? positive = Positive ?? (classes.Count == 2 ? classes[1] : null);
        double[]? positiveScores = positive is null ? null : Column(probabilities, classes.Count, classes.ToList().IndexOf(positive));
        string[] predicted = classes.Count == 2 && positiveScores is not null && (Threshold is not null || labels is null)
            ? ByThreshold(positiveScores, Threshold ?? 0.5, positive!, classes.First(label => label != positive))
            : labels is not null ? Labels(prediction[labels.Name], classes)
            : ByLargest(probabilities, classes);
        return new Decisions(positiveScores, predicted, null, probabilities);
    }

    private IReadOnlyList<string>? Numbered() =>
        scores is { Shape.Count: > 1 } && scores.Shape[^1] is long width and <= 10_000
            ? [.. Enumerable.Range(0, (int)Math.Max(2, width)).Select(i => i.ToString())]
            : null;

    private string[] Labels(OutputValues output, IReadOnlyList<string>? classes)
    {
        IReadOnlyList<string>? raw = scores?.Classes;
        string[] texts = output.Texts ?? [.. output.Numbers!.Select(number => number.ToString("R"))];
        if (classes is null || texts.All(classes.Contains))
        {
            return texts;
        }

        // The graph's own label, such as 1, is turned into the readable name of the same place, such as yes.
        return [.. texts.Select(text =>
        {
            int place = raw?.ToList().IndexOf(text) ?? -1;
            place = place >= 0 ? place : int.TryParse(text, out int number) ? number : -1;
            return place >= 0 && place < classes.Count ? classes[place] : text;
        })];
    }

    private static string[] ByThreshold(double[] scores, double threshold, string positive, string other) =>
        [.. scores.Select(score => score >= threshold ? positive : other)];

    private static string[] ByLargest(double[] probabilities, IReadOnlyList<string> classes)
    {
        string[] predicted = new string[probabilities.Length / classes.Count];
        for (int row = 0; row < predicted.Length; row++)
        {
            int best = 0;
            for (int i = 1; i < classes.Count; i++)
            {
                best = probabilities[(row * classes.Count) + i] > probabilities[(row * classes.Count) + best] ? i : best;
            }

            predicted[row] = classes[best];
        }

        return predicted;
    }

    private static double[] Column(double[] probabilities, int classes, int index)
    {
        double[] column = new double[probabilities.Length / classes];
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = probabilities[(row * classes) + index];
        }

        return column;
    }
}
