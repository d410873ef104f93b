using System.Globalization;
using System.Text;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Explanations.Owen;

/// <summary>Reads a hierarchy of features.</summary>
/// <remarks>
/// As JSON: nested arrays, or objects of name to members, whose innermost members are features, columns or players by
/// name, or features by position from 0; it may stand under "hierarchy" or "groups". Or a linkage as scipy writes it,
/// rows of two nodes, a distance and a count: as CSV without a head, or as an array of arrays of numbers, which may stand
/// under "linkage". A feature that is left out stands beside the topmost unions.
/// </remarks>
public static class HierarchyFile
{
    /// <summary>Reads a hierarchy.</summary>
    /// <param name="file">UTF-8.</param>
    /// <param name="players">The players, in order.</param>
    /// <param name="slots">The model's features, for names and positions.</param>
    /// <exception cref="InputException">It is none of the forms, names no feature, or one twice.</exception>
    public static HierarchyNode Read(ReadOnlyMemory<byte> file, IReadOnlyList<Player> players, IReadOnlyList<FeatureSlot> slots)
    {
        string[] names = [.. players.Select(player => player.Name)];
        string text = Encoding.UTF8.GetString(file.Span).TrimStart('\uFEFF').Trim();
        if (!text.StartsWith('{') && !text.StartsWith('['))
        {
            return LinkageTree.Make(CsvRows(text), names);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("linkage", out JsonElement linkage))
            {
                return LinkageTree.Make(JsonRows(linkage), names);
            }

            if (root.ValueKind == JsonValueKind.Object && (root.TryGetProperty("hierarchy", out JsonElement inner) || root.TryGetProperty("groups", out inner)))
            {
                root = inner;
            }

            if (LinkageTree.Looks(root, names.Length))
            {
                return LinkageTree.Make(JsonRows(root), names);
            }

            return HierarchyNode.Over(Children(root, new HierarchyNames(players, slots)), names);
        }
        catch (JsonException fault)
        {
            throw new InputException($"The hierarchy is not valid JSON (line {(fault.LineNumber ?? 0) + 1}).", fault);
        }
    }

    private static HierarchyNode Node(JsonElement json, string? name, HierarchyNames names) => json.ValueKind switch
    {
        JsonValueKind.String => HierarchyNode.Leaf(names.Find(json.GetString()!)),
        JsonValueKind.Number when json.TryGetInt32(out int position) => HierarchyNode.Leaf(names.At(position)),
        _ => HierarchyNode.Union(Children(json, names), name),
    };

    private static List<HierarchyNode> Children(JsonElement json, HierarchyNames names)
    {
        HierarchyNode[] children = json.ValueKind switch
        {
            JsonValueKind.Array => [.. json.EnumerateArray().Select(child => Node(child, null, names))],
            JsonValueKind.Object => [.. json.EnumerateObject().Select(child => Node(child.Value, child.Name, names))],
            _ => [],
        };
        return children.Length > 0
            ? Distinct(children)
            : throw new InputException($"The hierarchy holds {Short(json)}, which is neither a feature nor a list or object of them.");
    }

    // The one-hot features of a column are one player, named once for each of them.
    private static List<HierarchyNode> Distinct(HierarchyNode[] children)
    {
        HashSet<int> seen = [];
        return [.. children.Where(child => child.Player is not int player || seen.Add(player))];
    }

    private static List<double[]> CsvRows(string text)
    {
        List<double[]> rows = [];
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            double[] numbers = new double[cells.Length];
            for (int i = 0; i < cells.Length; i++)
            {
                if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                {
                    throw new InputException($"The hierarchy is neither JSON nor a linkage of numbers: '{cells[i]}' in line {rows.Count + 1}.");
                }
            }

            rows.Add(numbers);
        }

        return rows;
    }

    private static List<double[]> JsonRows(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(row =>
            row.ValueKind == JsonValueKind.Array && row.EnumerateArray().All(cell => cell.ValueKind == JsonValueKind.Number))
            ? [.. json.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray())]
            : throw new InputException("The linkage is not an array of arrays of numbers.");

    private static string Short(JsonElement json)
    {
        string raw = json.GetRawText();
        return raw.Length <= 40 ? raw : raw[..40] + "…";
    }
}
