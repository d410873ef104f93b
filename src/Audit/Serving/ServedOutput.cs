using System.Globalization;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Serving;

/// <summary>What a served tensor holds of a row's released prediction.</summary>
public enum ServedContent
{
    /// <summary>The decision.</summary>
    Label,

    /// <summary>The probability of each class, as far as released.</summary>
    Probabilities,

    /// <summary>The value of a regression, or its rounding.</summary>
    Value,

    /// <summary>The band of the value where only that is released: low and high.</summary>
    Band,
}

/// <summary>One tensor that a version gives out: a reading of what is released, never the session's own memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Classes">Of decisions and probabilities: the classes by their readable names, in the order of the columns; null where nobody names them.</param>
/// <param name="Labels">Of a decision under the graph's own name: the graph's number for each class; null for the readable names.</param>
/// <param name="IsDouble">Whether its numbers are of double and not of single precision.</param>
/// <param name="IsFlat">Whether the graph gives it as [rows], without a dimension for the columns.</param>
/// <param name="IsNative">Whether it bears the name of an output of the graph.</param>
public sealed record ServedOutput(
    string Name, ServedContent Content, IReadOnlyList<string>? Classes, IReadOnlyList<long>? Labels, bool IsDouble, bool IsFlat, bool IsNative)
{
    /// <summary>The name of the tensor of decisions.</summary>
    public const string Label = "label";

    /// <summary>The name of the tensor of probabilities.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The name of the tensor of values.</summary>
    public const string Value = "value";

    /// <summary>The name of the tensor of bands.</summary>
    public const string Band = "band";

    /// <summary>Columns of a row; 0 for a flat tensor.</summary>
    public int Width => IsFlat ? 0 : Content switch
    {
        ServedContent.Probabilities => Classes!.Count,
        ServedContent.Band => 2,
        _ => 1,
    };

    /// <summary>
    /// The tensors of a model: those of readable names, and under the graph's own names those of its outputs that say no more than
    /// these (its label, its probabilities of all classes, its value; no logits, no hidden layers).
    /// </summary>
    public static IReadOnlyList<ServedOutput> Of(ModelSignature signature, DecisionRule rule)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(rule);
        IReadOnlyList<string>? classes = rule.Classes;
        List<ServedOutput> outputs = rule.IsRegression
            ? [new(Value, ServedContent.Value, null, null, true, true, false), new(Band, ServedContent.Band, null, null, true, false, false)]
            : [new(Label, ServedContent.Label, classes, null, false, true, false)];
        if (!rule.IsRegression && classes is not null && rule.ScoreOutput is not null)
        {
            outputs.Add(new(Probabilities, ServedContent.Probabilities, classes, null, true, false, false));
        }

        outputs.AddRange(signature.Outputs.Select(output => OfGraph(output, rule)).OfType<ServedOutput>()
            .Where(native => outputs.TrueForAll(output => output.Name != native.Name)).ToArray());
        return outputs;
    }

    private static ServedOutput? OfGraph(OutputSpec output, DecisionRule rule)
    {
        bool wide = output.Type.Contains("double", StringComparison.Ordinal);
        bool flat = output.Shape.Count == 1;
        bool score = output.Name == rule.ScoreOutput;
        return score && rule.IsRegression ? new(output.Name, ServedContent.Value, null, null, wide, flat, true)
            : score && output.Role == OutputRole.Probability && rule.Classes is { } classes && (output.Shape.Count == 0 || output.Shape[^1] == classes.Count)
                ? new(output.Name, ServedContent.Probabilities, classes, null, wide, false, true)
            : output.Role == OutputRole.Label && !rule.IsRegression
                ? new(output.Name, ServedContent.Label, rule.Classes, output.Type == "tensor(string)" ? null : Numbers(rule), false, flat, true)
            : null;
    }

    // The graph's own numbers where they are numbers, else the places.
    private static long[]? Numbers(DecisionRule rule) => rule.Classes is not { } classes ? null
        : rule.GraphClasses is { } names && names.Count == classes.Count && names.All(name => long.TryParse(name, CultureInfo.InvariantCulture, out _))
            ? [.. names.Select(name => long.Parse(name, CultureInfo.InvariantCulture))]
            : [.. Enumerable.Range(0, classes.Count).Select(place => (long)place)];
}
