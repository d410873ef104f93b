using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Writes an encoding as canonical JSON: no blanks, keys in ordinal order, shortest numbers (RFC 8785).</summary>
internal static class CanonicalEncoding
{
    /// <summary>The canonical bytes, UTF-8.</summary>
    public static byte[] Write(ModelEncoding encoding)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, Shape(encoding));
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static SortedDictionary<string, object?> Shape(ModelEncoding encoding) => new(StringComparer.Ordinal)
    {
        ["groups"] = Sorted(encoding.Groups.Select(group => (group.Key, (object?)group.Value))),
        ["inputs"] = encoding.Inputs.Select(Shape).ToArray(),
        ["label"] = encoding.Label is not LabelMeaning label ? null
            : Sorted([("column", label.Column), ("favourable", label.Favourable), ("positive", label.Positive)]),
        ["outputs"] = encoding.Outputs.Select(Shape).ToArray(),
        ["threshold"] = encoding.Threshold,
    };

    private static object Shape(EncodedInput input) => Sorted(
    [
        ("features", input.Features.Select(Shape).ToArray()),
        ("name", input.Name),
        ("shape", input.Shape?.Select(size => (object?)(double?)size).ToArray()),
    ]);

    private static object Shape(EncodedOutput output) =>
        Sorted([("classes", output.Classes), ("name", output.Name), ("role", Role(output.Role))]);

    private static object Shape(EncodedFeature feature) => Sorted(
    [
        ("column", feature.Column),
        ("kind", feature.Kind.ToString().ToLowerInvariant()),
        ("level", feature.Level),
        ("levels", feature.Levels),
        ("map", feature.Map is null ? null : Sorted(feature.Map.Select(level => (level.Key, (object?)level.Value)))),
        ("missing", Shape(feature.Missing)),
        ("name", feature.Name),
        ("unseen", Shape(feature.Unseen)),
    ]);

    private static object Shape(CellRule rule) => rule.Action switch
    {
        CellAction.Number => rule.Number,
        CellAction.Text => rule.Text!,
        _ => rule.Action.ToString().ToLowerInvariant(),
    };

    private static string Role(OutputRole role) => role.ToString().ToLowerInvariant();

    private static SortedDictionary<string, object?> Sorted(IEnumerable<(string Key, object? Value)> entries) =>
        new(entries.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value), StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case double number:
                writer.WriteRawValue(Number(number));
                break;
            case SortedDictionary<string, object?> entries:
                writer.WriteStartObject();
                foreach ((string key, object? entry) in entries.Where(entry => entry.Value is not null))
                {
                    writer.WritePropertyName(key);
                    Write(writer, entry);
                }

                writer.WriteEndObject();
                break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // Whole numbers without an exponent up to 2^53, as RFC 8785 has them; the rest in the shortest form that reads back.
    private static string Number(double number) =>
        number == Math.Floor(number) && Math.Abs(number) <= 1L << 53
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
