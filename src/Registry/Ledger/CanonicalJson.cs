using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Governance.Registry.Ledger;

/// <summary>JSON in the one form that is hashed: RFC 8785 (JSON Canonicalization Scheme).</summary>
/// <remarks>
/// No white space, members sorted by the UTF-16 code units of their names, numbers as ECMAScript prints an IEEE 754
/// double, the shortest escapes, UTF-8 without a byte order mark.
/// </remarks>
public static class CanonicalJson
{
    private const int MaxDepth = 64;

    /// <summary>Writes a node canonically.</summary>
    /// <param name="node">Null writes <c>null</c>.</param>
    /// <exception cref="FormatException">
    /// A number is not finite or is an integer that a double cannot hold, a name occurs twice, a text holds half a
    /// surrogate pair, or the nesting passes 64.
    /// </exception>
    public static byte[] Serialize(JsonNode? node)
    {
        // By way of its own text, so that a node made in C# and one that was read are written by the same rules.
        string text = node?.ToJsonString() ?? "null";
        return Canonicalize(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Rewrites JSON text canonically.</summary>
    /// <param name="json">UTF-8, without a byte order mark.</param>
    /// <exception cref="FormatException">As for <see cref="Serialize"/>, or the text is no JSON.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            while (reader.Read())
            {
                throw new FormatException("Text follows the JSON value.");
            }

            ArrayBufferWriter<byte> output = new(json.Length);
            Write(document.RootElement, output);
            return output.WrittenSpan.ToArray();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, which the parser finds only when the text is read.
            throw new FormatException($"Not JSON that has a canonical form: {fault.Message}", fault);
        }
    }

    /// <summary>Whether the text is what <see cref="Canonicalize"/> would make of it.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.SequenceEqual(Canonicalize(json));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                bool first = true;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    output.Write(first ? ""u8 : ","u8);
                    Write(item, output);
                    first = false;
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteText(element.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(EcmaScriptNumber.Format(ReadNumber(element))));
                break;
            default:
                output.Write(element.ValueKind switch
                {
                    JsonValueKind.True => "true"u8,
                    JsonValueKind.False => "false"u8,
                    _ => "null"u8,
                });
                break;
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        JsonProperty[] members = [.. element.EnumerateObject()];
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name)); // ordinal = UTF-16 code units
        output.Write("{"u8);
        for (int i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (members[i - 1].Name == members[i].Name)
                {
                    throw new FormatException($"The name '{members[i].Name}' occurs twice in one object.");
                }

                output.Write(","u8);
            }

            WriteText(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    // An integer beyond 2^53 that a double does not hold would change its value in silence.
    private static double ReadNumber(JsonElement element)
    {
        double value = element.GetDouble();
        if (!double.IsFinite(value))
        {
            throw new FormatException($"The number {element.GetRawText()} is beyond what a double holds.");
        }

        return element.TryGetInt64(out long whole) && (Int128)value != whole
            ? throw new FormatException($"The integer {whole} is beyond what a double holds exactly.")
            : value;
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        StringBuilder escaped = new(text.Length + 2);
        escaped.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append("\\u00").Append(((int)c).ToString("x2")),
                _ => escaped.Append(c),
            };
        }

        escaped.Append('"');
        output.Write(Utf8.GetBytes(escaped.ToString()));
    }

    // Throws on half a surrogate pair, where Encoding.UTF8 would write a replacement character.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
