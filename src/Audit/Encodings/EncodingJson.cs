using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Reads the JSON of the contract.</summary>
internal static class EncodingJson
{
    /// <summary>Reads an encoding; keys that it does not know are left alone.</summary>
    /// <exception cref="InputException">A part is missing or wrong.</exception>
    public static ModelEncoding Read(JsonElement root)
    {
        IReadOnlyList<EncodedInput> inputs = [.. root.Items("inputs").Select(Input)];
        if (inputs.Count == 0)
        {
            throw new InputException("The encoding names no inputs.");
        }

        return new ModelEncoding
        {
            Inputs = inputs,
            Outputs = [.. root.Items("outputs").Select(Output)],
            Label = root.Find("label") is JsonElement label
                ? new LabelMeaning(label.Text("column"), label.Text("positive"), label.Text("favourable"))
                : null,
            Threshold = root.Number("threshold"),
            GroupThresholds = root.Find("groupThresholds") is JsonElement groupThresholds ? GroupThresholdsJson.Read(groupThresholds) : null,
            Groups = root.Find("groups") is { ValueKind: JsonValueKind.Object } groups
                ? groups.EnumerateObject().ToDictionary(
                    group => group.Name, group => groups.Texts(group.Name) ?? [], StringComparer.Ordinal)
                : new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal),
        };
    }

    /// <summary>Reads the features of a list, as contract and manifests write them.</summary>
    public static EncodedFeature Feature(JsonElement json)
    {
        string name = json.NeedText("name");
        FeatureKind kind = Kind(json.Text("kind") ?? "numeric", name);
        Dictionary<string, double>? map = kind == FeatureKind.Map ? Map(json, name) : null;
        string? level = kind == FeatureKind.Onehot ? json.NeedText("level") : null;
        return new EncodedFeature
        {
            Name = name,
            Column = json.Text("column") ?? name,
            Kind = kind,
            Map = map,
            Level = level,
            Levels = kind == FeatureKind.Text ? json.Texts("levels") : null,
            Missing = json.Text("missing_as") is string level2 ? CellRule.Of(level2) : Rule(json, "missing") ?? DefaultMissing(kind),
            Unseen = Rule(json, "unseen") ?? (kind is FeatureKind.Onehot or FeatureKind.Text ? CellRule.Ignore : CellRule.Error),
        };
    }

    /// <summary>The token that stands for "not known": a number or a text; null where the input names none.</summary>
    public static CellRule? Mask(JsonElement input, string name) => input.Find(name) is not JsonElement mask ? null
        : mask.ValueKind == JsonValueKind.String ? CellRule.Of(mask.GetString()!)
        : CellRule.Of(mask.Finite(name));

    /// <summary>The role of this name in the contract.</summary>
    public static OutputRole Role(string role) => role switch
    {
        "label" => OutputRole.Label,
        "probability" or "probabilities" => OutputRole.Probability,
        "score" or "scores" => OutputRole.Score,
        "logits" or "logit" => OutputRole.Logits,
        "value" => OutputRole.Value,
        "other" => OutputRole.Other,
        _ => throw new InputException($"The encoding's role '{role}' is none of label, probability, score, logits and value."),
    };

    private static EncodedInput Input(JsonElement json) =>
        new(json.NeedText("name"), json.Shape(), [.. json.Items("features").Select(Feature)]) { Mask = Mask(json, "mask"), Normalised = Normalisation.Read(json) };

    private static EncodedOutput Output(JsonElement json) =>
        new(json.NeedText("name"), Role(json.NeedText("role")), json.Texts("classes"));

    private static FeatureKind Kind(string kind, string feature) => kind switch
    {
        "numeric" => FeatureKind.Numeric,
        "map" => FeatureKind.Map,
        "onehot" => FeatureKind.Onehot,
        "text" => FeatureKind.Text,
        "image" => FeatureKind.Image,
        _ => throw new InputException($"The encoding's feature '{feature}' has the kind '{kind}', which is none of numeric, map, onehot, text and image."),
    };

    private static Dictionary<string, double> Map(JsonElement json, string feature)
    {
        if (json.Find("map") is not { ValueKind: JsonValueKind.Object } map)
        {
            throw new InputException($"The encoding's feature '{feature}' is of kind map but has no map.");
        }

        return map.EnumerateObject().ToDictionary(
            level => level.Name,
            level => level.Value.Finite($"map of '{feature}' for {level.Name}"),
            StringComparer.Ordinal);
    }

    private static CellRule? Rule(JsonElement json, string name) => json.Find(name) is not JsonElement rule ? null : rule.ValueKind switch
    {
        JsonValueKind.Number => CellRule.Of(rule.Finite(name)),
        JsonValueKind.String => rule.GetString() switch
        {
            "error" => CellRule.Error,
            "nan" => CellRule.NaN,
            "ignore" => CellRule.Ignore,
            string text => CellRule.Of(text),
            _ => null,
        },
        _ => throw new InputException($"The encoding's '{name}' is neither a rule nor a value."),
    };

    // As for a table without an encoding: an empty number is NaN where the input can hold it (the encoder refuses it
    // elsewhere), an empty text is "". An empty cell where a level is looked up has no honest default.
    private static CellRule DefaultMissing(FeatureKind kind) => kind switch
    {
        FeatureKind.Numeric or FeatureKind.Image => CellRule.NaN,
        FeatureKind.Text => CellRule.Of(""),
        _ => CellRule.Error,
    };
}
