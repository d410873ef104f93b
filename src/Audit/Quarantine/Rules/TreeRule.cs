using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>A tree reads features that there are, and its lists belong together.</summary>
internal static class TreeRule
{
    private static readonly string[] NodeLists =
        ["nodes_featureids", "nodes_modes", "nodes_nodeids", "nodes_treeids", "nodes_truenodeids", "nodes_falsenodeids"];

    /// <summary>Checks an operator that holds trees; passes over others.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="shape">The dimensions of its input, where known.</param>
    /// <exception cref="InputException">A tree reads a feature that the input does not have, or lists differ in length.</exception>
    public static void Check(ScannedNode node, double[]? shape)
    {
        if (node.Domain != "ai.onnx.ml" || !node.Op.StartsWith("TreeEnsemble", StringComparison.Ordinal))
        {
            return;
        }

        if (node.Attribute("nodes_featureids")?.Integers is { Count: > 0 } features)
        {
            if (features.Min < 0)
            {
                throw new InputException($"A tree of the model reads the feature {features.Min:N0}; features are counted from 0.");
            }

            if (shape is { Length: > 0 } && features.Max >= shape[^1])
            {
                throw new InputException($"A tree of the model reads the feature {features.Max:N0} of an input that has {shape[^1]:N0}, counted from 0.");
            }
        }

        // The operator of version 5 keeps leaves apart and its modes in a tensor.
        if (node.Op != "TreeEnsemble")
        {
            SameLength(node, NodeLists);
            SameLength(node, ["class_ids", "class_nodeids", "class_treeids", "class_weights"]);
            SameLength(node, ["target_ids", "target_nodeids", "target_treeids", "target_weights"]);
        }
        else
        {
            SameLength(node, ["nodes_featureids", "nodes_truenodeids", "nodes_falsenodeids", "nodes_trueleafs", "nodes_falseleafs"]);
        }
    }

    private static void SameLength(ScannedNode node, string[] lists)
    {
        (string Name, long Count)[] counts =
            [.. lists.Select(name => (Name: name, Count: Length(node.Attribute(name)))).Where(list => list.Count > 0)];
        if (counts.Length > 0 && Array.FindIndex(counts, list => list.Count != counts[0].Count) is > 0 and int odd)
        {
            throw new InputException($"The lists of the model's trees differ in length: {counts[0].Name} has {counts[0].Count:N0} entries, {counts[odd].Name} has {counts[odd].Count:N0}.");
        }
    }

    private static long Length(ScannedAttribute? list) =>
        list is null ? 0 : list.Texts + (list.Integers?.Count ?? 0) + list.Floats.Count;
}
