using System.Text.Json;
using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Owen;

/// <summary>The binary tree of a linkage as scipy writes it: row k joins two nodes to node leaves + k.</summary>
internal static class LinkageTree
{
    /// <summary>Whether an array can only be a linkage: three or four numbers a row, one row fewer than leaves, not all whole.</summary>
    public static bool Looks(JsonElement json, int leaves) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == leaves - 1
        && json.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Array && row.GetArrayLength() is 3 or 4
            && row.EnumerateArray().All(cell => cell.ValueKind == JsonValueKind.Number))
        && json.EnumerateArray().Any(row => !row[2].TryGetInt32(out _) || row[0].GetDouble() >= leaves || row[1].GetDouble() >= leaves);

    /// <summary>Makes the tree.</summary>
    /// <param name="rows">The two nodes joined, and what else stands in a row.</param>
    /// <param name="names">The players, the tree's leaves in order.</param>
    /// <exception cref="InputException">The rows are no tree over so many leaves.</exception>
    public static HierarchyNode Make(List<double[]> rows, IReadOnlyList<string> names)
    {
        if (rows.Count != names.Count - 1)
        {
            throw new InputException($"A linkage of {names.Count} features has {names.Count - 1} rows, this one {rows.Count}.");
        }

        List<HierarchyNode?> nodes = [.. Enumerable.Range(0, names.Count).Select(HierarchyNode.Leaf)];
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length < 2)
            {
                throw new InputException($"Row {row + 1} of the linkage does not name two nodes.");
            }

            nodes.Add(HierarchyNode.Union([Take(nodes, rows[row][0], row), Take(nodes, rows[row][1], row)]));
        }

        return nodes[^1]!;
    }

    private static HierarchyNode Take(List<HierarchyNode?> nodes, double number, int row)
    {
        int at = number >= 0 && number < nodes.Count && double.IsInteger(number) ? (int)number : -1;
        HierarchyNode node = at >= 0 && nodes[at] is HierarchyNode free
            ? free
            : throw new InputException($"Row {row + 1} of the linkage joins node {number}, which does not exist yet or is joined already.");
        nodes[at] = null;
        return node;
    }
}
