using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>
/// Reads a model's manifest: its inputs, preprocessing, output_roles, class_labels and positive_class blocks as one encoding.
/// </summary>
/// <remarks>
/// Three sentences that manifests use in place of a list are understood: "gender: Male 1, Female 0" in the
/// description (a map), "missing strings sent as 'Unknown'" there, and in "derived" a column made of another by
/// "X = Y if A or B, 'M' if missing, else 'E'" (its one-hot features then read Y).
/// </remarks>
internal static partial class ManifestJson
{
    /// <summary>Reads an encoding out of a manifest.</summary>
    /// <exception cref="InputException">A part is missing or wrong.</exception>
    public static ModelEncoding Read(JsonElement root)
    {
        JsonElement preprocessing = root.Find("preprocessing") ?? default;
        string description = preprocessing.Text("description") ?? "";
        Dictionary<string, EncodedFeature> named = preprocessing.Items("features").Select(EncodingJson.Feature)
            .Select(feature => Underived(feature, preprocessing.Text("derived") ?? "")).DistinctBy(feature => feature.Name)
            .ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        foreach (EncodedFeature feature in DescribedMaps(description))
        {
            named.TryAdd(feature.Name, feature);
        }

        return new ModelEncoding
        {
            Inputs = [.. root.Items("inputs").Select(input => Input(input, named, preprocessing, description))],
            Outputs = Outputs(root),
            Label = Label(root, preprocessing),
            GroupThresholds = root.Find("groupThresholds") is JsonElement thresholds ? GroupThresholdsJson.Read(thresholds) : null,
        };
    }

    private static EncodedInput Input(
        JsonElement json, Dictionary<string, EncodedFeature> named, JsonElement preprocessing, string description)
    {
        string name = json.NeedText("name");
        IReadOnlyList<long?>? shape = json.Shape();
        IReadOnlyList<string> order = json.Texts("feature_order") ?? [name];
        string type = json.Text("dtype") ?? "float32";
        return new EncodedInput(name, shape, [.. order.Select(feature =>
            named.TryGetValue(feature, out EncodedFeature? known) ? known : AsItIs(feature, type, shape, preprocessing, description))])
        {
            Mask = EncodingJson.Mask(json, "mask_token"),
            Normalised = Normalisation.Read(json),
        };
    }

    private static EncodedFeature AsItIs(
        string name, string type, IReadOnlyList<long?>? shape, JsonElement preprocessing, string description)
    {
        bool text = type == "string";
        return new EncodedFeature
        {
            Name = name,
            Column = name,
            Kind = text ? FeatureKind.Text : shape is { Count: 4 } ? FeatureKind.Image : FeatureKind.Numeric,
            Levels = text ? preprocessing.Find("categorical_levels")?.Texts(name) : null,
            Missing = text ? CellRule.Of(MissingText().Match(description).Groups[1].Value)
                : type is "float32" or "float64" ? CellRule.NaN : CellRule.Error,
            Unseen = text ? CellRule.Ignore : CellRule.Error,
        };
    }

    private static List<EncodedOutput> Outputs(JsonElement root)
    {
        List<EncodedOutput> outputs = [];
        JsonElement roles = root.Find("output_roles") ?? default;
        if (roles.Text("label") is string label)
        {
            outputs.Add(new EncodedOutput(label, OutputRole.Label, null));
        }

        if (roles.Text("probabilities") is string scores)
        {
            outputs.Add(new EncodedOutput(scores, Role(roles.Text("probabilities_kind") ?? "probabilities"), Classes(root)));
        }

        return outputs;
    }

    private static OutputRole Role(string kind) =>
        kind.Contains("logit", StringComparison.OrdinalIgnoreCase) ? OutputRole.Logits
        : kind.Contains("regression", StringComparison.OrdinalIgnoreCase) || kind.StartsWith("value", StringComparison.OrdinalIgnoreCase) ? OutputRole.Value
        : kind.StartsWith("score", StringComparison.OrdinalIgnoreCase) ? OutputRole.Score
        : OutputRole.Probability;

    // The classes as the readable data names them: positive_class knows the words behind two numbers.
    private static IReadOnlyList<string>? Classes(JsonElement root)
    {
        IReadOnlyList<string>? labels = root.Texts("class_labels");
        if (labels is not { Count: 2 } || root.Find("positive_class") is not JsonElement positive
            || positive.Text("meaning") is not string meaning || positive.Text("other") is not string other)
        {
            return labels;
        }

        return positive.Number("id") == 0 ? [meaning, other] : [other, meaning];
    }

    private static LabelMeaning? Label(JsonElement root, JsonElement preprocessing)
    {
        string? column = preprocessing.Text("target");
        string? positive = root.Find("positive_class")?.Text("meaning");
        return column is null && positive is null ? null : new LabelMeaning(column, positive, null);
    }

    private static EncodedFeature Underived(EncodedFeature feature, string derived)
    {
        Match rule = Derived().Match(derived);
        return rule.Success && rule.Groups["made"].Value == feature.Column && feature.Kind == FeatureKind.Onehot
            ? feature with
            {
                Column = rule.Groups["from"].Value,
                Missing = CellRule.Of(rule.Groups["missing"].Value),
                Unseen = CellRule.Of(rule.Groups["other"].Value),
            }
            : feature;
    }

    private static IEnumerable<EncodedFeature> DescribedMaps(string description)
    {
        foreach (Match map in DescribedMap().Matches(description))
        {
            string name = map.Groups["name"].Value;
            yield return new EncodedFeature
            {
                Name = name,
                Column = name,
                Kind = FeatureKind.Map,
                Map = map.Groups["level"].Captures.Zip(map.Groups["value"].Captures).DistinctBy(pair => pair.First.Value).ToDictionary(
                    pair => pair.First.Value, pair => double.Parse(pair.Second.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal),
                Missing = CellRule.Error,
                Unseen = CellRule.Error,
            };
        }
    }

    [GeneratedRegex(@"missing strings (?:sent|go in) as '([^']*)'")]
    private static partial Regex MissingText();

    [GeneratedRegex(@"^(?<made>\w+) = (?<from>\w+) if [^,]+, '(?<missing>[^']*)' if missing, else '(?<other>[^']*)'$")]
    private static partial Regex Derived();

    [GeneratedRegex(@"\b(?<name>\w+): (?:(?<level>[\w-]+) (?<value>-?\d+(?:\.\d+)?)(?:, |(?=;|$)))+")]
    private static partial Regex DescribedMap();
}
