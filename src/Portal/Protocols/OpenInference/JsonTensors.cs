using System.Text.Json;
using Governance.Audit.Data;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>The elements of a tensor that stands in the JSON, flat or nested.</summary>
internal static class JsonTensors
{
    /// <summary>Reads them.</summary>
    /// <param name="data">The array; for a tensor of one element also the element alone.</param>
    /// <param name="name">Of the tensor, for sentences.</param>
    /// <param name="type">Of the elements.</param>
    /// <param name="count">How many the shape says.</param>
    /// <returns>bool[], long[], float[], double[] or string[].</returns>
    /// <exception cref="InputException">There are more or fewer, or one is of another type.</exception>
    public static Array Read(JsonElement data, string name, string type, int count)
    {
        List<JsonElement> found = new(Math.Min(count, 1 << 16));
        Flatten(data, found, count, name);
        if (found.Count != count)
        {
            throw new InputException($"The input '{name}' has {found.Count} elements; its shape says {count}.");
        }

        return type switch
        {
            "BOOL" => Array(found, element => element.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long bit) && bit is 0 or 1 ? element.GetInt64() == 1 : throw Fault(name, type, element),
            }),
            TensorType.Bytes => Array(found, element => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Fault(name, type, element)),
            "FP32" or "FP16" or "BF16" => Array(found, element => element.ValueKind == JsonValueKind.Null ? float.NaN
                : element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float number) && float.IsFinite(number) ? number : throw Fault(name, type, element)),
            "FP64" => Array(found, element => element.ValueKind == JsonValueKind.Null ? double.NaN
                : element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Fault(name, type, element)),
            _ => Array(found, element => Whole(element, name, type)),
        };
    }

    private static long Whole(JsonElement element, string name, string type)
    {
        (Int128 least, Int128 most) = TensorType.RangeOf(type)!.Value;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw Fault(name, type, element);
    }

    private static void Flatten(JsonElement data, List<JsonElement> found, int count, string name)
    {
        if (data.ValueKind != JsonValueKind.Array)
        {
            found.Add(data);
            return;
        }

        foreach (JsonElement element in data.EnumerateArray())
        {
            if (found.Count > count)
            {
                throw new InputException($"The input '{name}' has more elements than its shape says.");
            }

            Flatten(element, found, count, name);
        }
    }

    private static T[] Array<T>(List<JsonElement> found, Func<JsonElement, T> read)
    {
        T[] values = new T[found.Count];
        for (int at = 0; at < values.Length; at++)
        {
            values[at] = read(found[at]);
        }

        return values;
    }

    private static InputException Fault(string name, string type, JsonElement element)
    {
        string text = element.GetRawText();
        return new InputException($"The input '{name}' holds {(text.Length > 40 ? text[..40] + "…" : text)}, which is no {type}.");
    }
}
