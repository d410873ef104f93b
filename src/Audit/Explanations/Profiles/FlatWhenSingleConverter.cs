using System.Text.Json;
using System.Text.Json.Serialization;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>Writes the figures of one axis as a list and those of two as a list of lists.</summary>
internal sealed class FlatWhenSingleConverter : FlatConverter<double>;

/// <summary>Writes the intervals of one axis as a list and those of two as a list of lists.</summary>
internal sealed class FlatIntervalsConverter : FlatConverter<IReadOnlyList<double>>;

/// <summary>Writes a table whose rows all hold one item as the list of these items.</summary>
internal abstract class FlatConverter<T> : JsonConverter<IReadOnlyList<IReadOnlyList<T>>>
{
    /// <summary>Reads either form.</summary>
    public override IReadOnlyList<IReadOnlyList<T>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return
        [
            .. document.RootElement.EnumerateArray().Select(item => (IReadOnlyList<T>)(IsTable(document.RootElement)
                ? [.. item.EnumerateArray().Select(cell => cell.Deserialize<T>(options)!)]
                : [item.Deserialize<T>(options)!])),
        ];
    }

    /// <summary>Writes the shorter form where it holds all.</summary>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<T>> value, JsonSerializerOptions options)
    {
        bool single = value.All(row => row.Count == 1);
        writer.WriteStartArray();
        foreach (IReadOnlyList<T> row in value)
        {
            if (single)
            {
                JsonSerializer.Serialize(writer, row[0], options);
            }
            else
            {
                JsonSerializer.Serialize(writer, row, options);
            }
        }

        writer.WriteEndArray();
    }

    // A table is nested one deeper than the item itself.
    private static bool IsTable(JsonElement root)
    {
        int depth = typeof(T) == typeof(double) ? 0 : 1;
        JsonElement at = root;
        for (int level = 0; level <= depth; level++)
        {
            if (at.ValueKind != JsonValueKind.Array || at.GetArrayLength() == 0)
            {
                return false;
            }

            at = at[0];
        }

        return at.ValueKind == JsonValueKind.Array;
    }
}
