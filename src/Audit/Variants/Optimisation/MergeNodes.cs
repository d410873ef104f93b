using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Optimisation;

/// <summary>Takes out nodes that change nothing, and all but one of nodes that compute the same.</summary>
internal static class MergeNodes
{
    private const long MostBytes = 1_024;

    private static readonly HashSet<string> Chance = ["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli", "Dropout"];

    /// <summary>Takes them out.</summary>
    public static void Run(GraphEdit edit)
    {
        HashSet<string> ends = [.. edit.Graph.Output.Select(output => output.Name)];
        Dictionary<string, string> same = Constants(edit.Graph);
        Dictionary<NodeProto, NodeProto> seen = [];
        foreach (NodeProto node in edit.Graph.Node.ToArray())
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = same.GetValueOrDefault(node.Input[i], node.Input[i]);
            }

            if (node.Output.Any(ends.Contains) || HasGraphs(node) || edit.IsExcluded(node))
            {
                continue;
            }

            if (PassesOn(edit, node))
            {
                same[node.Output[0]] = node.Input[0];
                edit.Graph.Node.Remove(node);
                edit.Touch(node, "taken out: it changes nothing");
            }
            else if (!Chance.Contains(node.OpType))
            {
                NodeProto key = Key(node);
                if (seen.TryGetValue(key, out NodeProto? twin) && twin.Output.Count == node.Output.Count)
                {
                    foreach ((string name, string kept) in node.Output.Zip(twin.Output).Where(pair => pair.First.Length > 0 && pair.Second.Length > 0))
                    {
                        same[name] = kept;
                    }

                    edit.Graph.Node.Remove(node);
                    edit.Touch(node, $"taken out: it computes the same as {GraphEdit.NameOf(twin)}");
                }
                else
                {
                    seen[key] = node;
                }
            }
        }

        Rename(edit.Graph, same);
    }

    // Small constants that are written several times count as one, so that what reads them can be seen to be the same.
    private static Dictionary<string, string> Constants(GraphProto graph)
    {
        Dictionary<TensorProto, string> seen = [];
        Dictionary<string, string> same = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer.Where(tensor => CountWeights.Bytes(tensor) <= MostBytes))
        {
            TensorProto key = tensor.Clone();
            key.Name = "";
            if (!seen.TryAdd(key, tensor.Name))
            {
                same.Add(tensor.Name, seen[key]);
            }
        }

        return same;
    }

    private static bool PassesOn(GraphEdit edit, NodeProto node) => node.Domain is "" or "ai.onnx" && node.OpType switch
    {
        "Identity" => true,
        "Dropout" => (node.Output.Count == 1 || node.Output.Skip(1).All(name => name.Length == 0 || edit.Readers(name) == 0)) && (node.Input.Count < 3 || node.Input[2].Length == 0),
        "Transpose" => GraphIndex.Attribute(node, "perm") is { } order && order.Ints.Count > 0 && order.Ints.Select((axis, i) => axis == i).All(stays => stays),
        _ => false,
    };

    private static NodeProto Key(NodeProto node)
    {
        NodeProto key = node.Clone();
        key.Name = "";
        key.DocString = "";
        key.Output.Clear();
        return key;
    }

    private static bool HasGraphs(NodeProto node) => node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0);

    // Subgraphs may read values of the main graph.
    private static void Rename(GraphProto graph, Dictionary<string, string> same)
    {
        foreach (NodeProto node in graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = same.GetValueOrDefault(node.Input[i], node.Input[i]);
            }

            foreach (GraphProto body in node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G)))
            {
                Rename(body, same);
                foreach (ValueInfoProto output in body.Output)
                {
                    output.Name = same.GetValueOrDefault(output.Name, output.Name);
                }
            }
        }
    }
}
