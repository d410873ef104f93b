using System.Text.Json;
using Governance.Audit.Data;

namespace Governance.Audit.Traffic.Events;

/// <summary>A tensor of a call: rows of equally many cells.</summary>
/// <param name="Name">Its name; empty in the v1 protocol.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Width">Cells of a row.</param>
/// <param name="Cells">Shape [rows, width]: <see cref="double"/> or <see cref="string"/>; null where missing.</param>
internal sealed record EventTensor(string Name, int Rows, int Width, object?[] Cells)
{
    private const int MostCells = 4_000_000;

    /// <summary>A tensor of the v2 protocol.</summary>
    /// <exception cref="InputException">It is none, or its data do not fit its shape.</exception>
    public static EventTensor OfV2(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array)
        {
            throw new InputException("A tensor of the v2 protocol has a name and a shape.");
        }

        if (!json.TryGetProperty("data", out JsonElement data))
        {
            throw new InputException($"The tensor '{name.GetString()}' has no data in JSON: binary data are not logged in a form that can be read.");
        }

        List<object?> cells = [];
        Flatten(data, cells);
        long[] dimensions = [.. shape.EnumerateArray().Select(each => each.TryGetInt64(out long size) && size >= 0 ? size : throw new InputException("A shape is whole numbers."))];
        long rows = dimensions.Length == 0 ? 1 : dimensions[0];
        long width = dimensions.Skip(1).Aggregate(1L, (product, size) => size > 0 && product > MostCells / size ? throw TooMany() : product * size);
        return rows * width == cells.Count
            ? new EventTensor(name.GetString()!, (int)rows, (int)width, [.. cells])
            : throw new InputException($"The tensor '{name.GetString()}' has {cells.Count} values; its shape says {rows * width}.");
    }

    /// <summary>Instances or predictions of the v1 protocol that are no objects: numbers, texts or lists of them.</summary>
    /// <exception cref="InputException">They are of different length.</exception>
    public static EventTensor OfV1(IReadOnlyList<JsonElement> items)
    {
        List<object?> cells = [];
        int width = -1;
        foreach (JsonElement item in items)
        {
            int before = cells.Count;
            Flatten(item, cells);
            width = width < 0 || width == cells.Count - before ? cells.Count - before
                : throw new InputException("The rows of a call have equally many values.");
        }

        return new EventTensor("", items.Count, Math.Max(0, width), [.. cells]);
    }

    /// <summary>A value as a cell.</summary>
    public static object? CellOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => 1.0,
        JsonValueKind.False => 0.0,
        JsonValueKind.Null => null,
        _ => throw new InputException("A cell of a call is a number, a text, true, false or null."),
    };

    private static void Flatten(JsonElement value, List<object?> cells)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                Flatten(item, cells);
            }

            return;
        }

        cells.Add(cells.Count < MostCells ? CellOf(value) : throw TooMany());
    }

    private static InputException TooMany() => new($"A call of over {MostCells:N0} values is not taken.");
}
