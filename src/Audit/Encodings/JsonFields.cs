using System.Text.Json;
using Governance.Audit.Data;

namespace Governance.Audit.Encodings;

/// <summary>Reads the fields of an encoding, with refusals that name the field.</summary>
internal static class JsonFields
{
    /// <summary>The field's value, or null where it is absent or null.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field)
        && field.ValueKind != JsonValueKind.Null ? field : null;

    /// <summary>The items of an array field; empty where it is absent.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) =>
        element.Find(name) is not JsonElement field ? []
        : field.ValueKind == JsonValueKind.Array ? [.. field.EnumerateArray()]
        : throw new InputException($"The encoding's '{name}' is not a list.");

    /// <summary>A text, or a number or truth value as the text it is written with; null where absent.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Find(name) is JsonElement field ? AsText(field, name) : null;

    /// <summary>A text that must be there.</summary>
    public static string NeedText(this JsonElement element, string name) =>
        element.Text(name) ?? throw new InputException($"The encoding lacks '{name}' in {Shorten(element)}.");

    /// <summary>A number, or null where absent.</summary>
    public static double? Number(this JsonElement element, string name) =>
        element.Find(name) is not JsonElement field ? null
        : field.Finite(name);

    /// <summary>The element as a number that a double holds.</summary>
    public static double Finite(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.GetDouble() is double number && double.IsFinite(number) ? number
        : throw new InputException($"The encoding's '{name}' is not a number.");

    /// <summary>The items of an array of texts; null where absent.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement element, string name) =>
        element.Find(name) is null ? null : [.. element.Items(name).Select(item => AsText(item, name))];

    /// <summary>A shape: numbers, and names or null for free dimensions; null where absent.</summary>
    public static IReadOnlyList<long?>? Shape(this JsonElement element) =>
        element.Find("shape") is null ? null
        : [.. element.Items("shape").Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out long known) && known > 0 ? known : (long?)null)];

    private static string AsText(JsonElement field, string name) => field.ValueKind switch
    {
        JsonValueKind.String => field.GetString()!,
        JsonValueKind.Number => field.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new InputException($"The encoding's '{name}' is not a text."),
    };

    private static string Shorten(JsonElement element)
    {
        string text = element.GetRawText().ReplaceLineEndings(" ");
        return text.Length > 60 ? text[..60] + "…" : text;
    }
}
