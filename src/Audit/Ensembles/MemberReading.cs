using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Ensembles;

/// <summary>What a member gives, and where it stands in its graph.</summary>
internal sealed class MemberReading
{
    private readonly DecisionRule rule;
    private readonly OutputSpec? scores;
    private readonly OutputSpec? label;

    private MemberReading(EnsembleMember member, ModelProto model, DecisionRule rule, IReadOnlyDictionary<string, string> tensors)
    {
        Member = member;
        Model = model;
        this.rule = rule;
        IReadOnlyList<OutputSpec> outputs = member.Predictor.Signature.Outputs;
        scores = outputs.FirstOrDefault(output => output.Name == rule.ScoreOutput);
        label = outputs.FirstOrDefault(output => RoleOf(output) == OutputRole.Label);
        Role = scores is null ? OutputRole.Label : RoleOf(scores);
        Classes = rule.Classes;
        ScoreValue = scores is null ? null : tensors.GetValueOrDefault(scores.Name, scores.Name);
    }

    /// <summary>The member.</summary>
    public EnsembleMember Member { get; }

    /// <summary>Its file, outputs of ZipMap replaced by the tensors behind them; not shared, but not to be changed.</summary>
    public ModelProto Model { get; }

    /// <summary>What the numbers are that it gives; Label where it gives nothing but classes.</summary>
    public OutputRole Role { get; }

    /// <summary>Its classes by their readable names, in its own order; null for a regression and where nobody names them.</summary>
    public IReadOnlyList<string>? Classes { get; private set; }

    /// <summary>The value of its graph that holds scores, probabilities or predicted numbers; null where it gives labels alone.</summary>
    public string? ScoreValue { get; }

    /// <summary>The number of columns of <see cref="ScoreValue"/>.</summary>
    public int ScoreWidth { get; private set; }

    /// <summary>Whether it predicts a number.</summary>
    public bool IsRegression => rule.IsRegression;

    /// <summary>Whether its numbers are class probabilities or become them by a softmax or logistic function.</summary>
    public bool HasProbabilities => Role is OutputRole.Probability or OutputRole.Logits;

    /// <summary>The class that scores refer to, among two.</summary>
    public string? Positive => rule.Positive;

    /// <summary>The rule by which it decides by itself.</summary>
    public DecisionRule Rule => rule;

    /// <summary>The value of its graph that holds its own labels, where they decide; null where its scores do.</summary>
    public string? LabelValue => label is not null && (scores is null || !(Classes is { Count: 2 } && rule.Threshold is not null)) ? label.Name : null;

    /// <summary>Whether its labels are text.</summary>
    public bool HasTextLabels => label?.Type == "tensor(string)";

    /// <summary>Reads a member.</summary>
    /// <param name="member">Loaded.</param>
    /// <param name="cancellationToken">Ends the run that counts its columns.</param>
    /// <exception cref="InputException">It gives neither classes nor numbers, or cannot be merged; the sentence names it.</exception>
    public static MemberReading Of(EnsembleMember member, CancellationToken cancellationToken)
    {
        try
        {
            ModelProto model = ModelFile.Parse(member.File);
            if (model.Functions.Count > 0)
            {
                throw new InputException($"its graph calls a function of its own, '{model.Functions[0].Name}'; export it with its functions written out.");
            }

            ZipMapBypass? bypass = ZipMapBypass.Find(model);
            Dictionary<string, string> tensors = bypass?.Outputs.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal) ?? [];
            MemberReading reading = new(
                member, bypass is null ? model : ModelFile.Parse(bypass.Model), new DecisionRule(member.Predictor.Signature, member.Encoding), tensors);
            if (reading.scores is { } output)
            {
                reading.ScoreWidth = Width(member, output, cancellationToken);
                reading.Classes ??= reading.IsRegression ? null : [.. Enumerable.Range(0, Math.Max(2, reading.ScoreWidth)).Select(i => i.ToString())];
                reading.CheckWidth(output);
            }

            return reading;
        }
        catch (InputException refusal)
        {
            throw new InputException($"The member '{member.Name}' cannot take part: {refusal.Message}", refusal);
        }
    }

    /// <summary>For each class of the ensemble the place of its column in <see cref="ScoreValue"/>; null where they stand in that order.</summary>
    /// <param name="classes">The ensemble's classes: a permutation of <see cref="Classes"/>.</param>
    public int[]? Columns(IReadOnlyList<string> classes)
    {
        // The graph may list its classes in another order than the encoding; they are matched by name where the names agree.
        IReadOnlyList<string> columns = scores?.Classes is { } named && ClassOrder.Between(named, Classes!) is not null ? named : Classes!;
        int[] order = ClassOrder.Between(columns, classes)!;
        return order.Select((column, place) => column == place).All(same => same) ? null : order;
    }

    /// <summary>What the graph's own label output says for each class.</summary>
    /// <param name="classes">The ensemble's classes.</param>
    public string[] Labels(IReadOnlyList<string> classes)
    {
        IReadOnlyList<string> readable = Classes ?? classes;
        IReadOnlyList<string>? raw = scores?.Classes;
        bool sameNames = raw is not null && ClassOrder.Between(raw, readable) is not null;
        bool numbers = !HasTextLabels && !readable.All(name => long.TryParse(name, out _));
        return [.. classes.Select(name =>
        {
            int place = readable.ToList().IndexOf(name);
            return raw is not null && !sameNames ? raw[place] : numbers ? place.ToString() : name;
        })];
    }

    private OutputRole RoleOf(OutputSpec output) =>
        Member.Encoding?.Outputs.FirstOrDefault(known => known.Name == output.Name)?.Role ?? output.Role;

    private void CheckWidth(OutputSpec output)
    {
        int expected = IsRegression ? 1 : Classes?.Count ?? ScoreWidth;
        if (ScoreWidth != expected && !(ScoreWidth == 1 && expected == 2))
        {
            throw new InputException(IsRegression
                ? $"its output '{output.Name}' gives {ScoreWidth} values a row; one is needed."
                : $"its output '{output.Name}' has {ScoreWidth} columns for {expected} classes.");
        }
    }

    // Many graphs leave the width open, so it is seen on one row.
    private static int Width(EnsembleMember member, OutputSpec output, CancellationToken cancellationToken)
    {
        if (output.Shape.Count == 2 && output.Shape[1] is long declared)
        {
            return (int)declared;
        }

        return ProofRows.First(member, cancellationToken)?.Outputs.FirstOrDefault(values => values.Name == output.Name)?.Width
            ?? throw new InputException($"the width of its output '{output.Name}' is not known, and it does not run on made-up rows.");
    }
}
