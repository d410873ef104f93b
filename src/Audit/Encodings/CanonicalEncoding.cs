using System.Text.Json.Nodes;
using Governance.Registry.Ledger;

namespace Governance.Audit.Encodings;

/// <summary>Writes an encoding in the form of the contract, canonically.</summary>
internal static class CanonicalEncoding
{
    /// <summary>The canonical bytes (RFC 8785), UTF-8. Parts that the encoding does not have are left out.</summary>
    public static byte[] Write(ModelEncoding encoding) => CanonicalJson.Serialize(Object(
    [
        ("groupThresholds", encoding.GroupThresholds is null ? null : GroupThresholdsJson.Write(encoding.GroupThresholds)),
        ("groups", Object(encoding.Groups.Select(group => (group.Key, (JsonNode?)Texts(group.Value))))),
        ("inputs", Array(encoding.Inputs.Select(Input))),
        ("label", encoding.Label is not LabelMeaning label ? null
            : Object([("column", label.Column), ("favourable", label.Favourable), ("positive", label.Positive)])),
        ("outputs", Array(encoding.Outputs.Select(Output))),
        ("threshold", encoding.Threshold),
    ]));

    private static JsonObject Input(EncodedInput input) => Object(
    [
        ("features", Array(input.Features.Select(Feature))),
        ("mask", input.Mask is CellRule mask ? Rule(mask) : null),
        ("name", input.Name),
        ("normalised", input.Normalised?.Write()),
        ("shape", input.Shape is null ? null : Array(input.Shape.Select(size => (JsonNode?)size))),
    ]);

    private static JsonObject Output(EncodedOutput output) => Object(
    [
        ("classes", output.Classes is null ? null : Texts(output.Classes)),
        ("name", output.Name),
        ("role", output.Role.ToString().ToLowerInvariant()),
    ]);

    private static JsonObject Feature(EncodedFeature feature) => Object(
    [
        ("column", feature.Column),
        ("kind", feature.Kind.ToString().ToLowerInvariant()),
        ("level", feature.Level),
        ("levels", feature.Levels is null ? null : Texts(feature.Levels)),
        ("map", feature.Map is null ? null : Object(feature.Map.Select(level => (level.Key, (JsonNode?)level.Value)))),
        ("missing", Rule(feature.Missing)),
        ("name", feature.Name),
        ("unseen", Rule(feature.Unseen)),
    ]);

    private static JsonNode Rule(CellRule rule) => rule.Action switch
    {
        CellAction.Number => rule.Number,
        CellAction.Text => rule.Text!,
        _ => rule.Action.ToString().ToLowerInvariant(),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => Array(texts.Select(text => (JsonNode?)text));

    private static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    private static JsonObject Object(IEnumerable<(string Key, JsonNode? Value)> entries) =>
        new(entries.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
}
