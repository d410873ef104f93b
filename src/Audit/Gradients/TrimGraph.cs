using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>Takes out of a graph what its outputs do not need.</summary>
internal static class TrimGraph
{
    /// <summary>Keeps the nodes, inputs and initializers that some values depend on, and makes these the outputs.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="outputs">The values wanted.</param>
    public static void To(GraphProto graph, IReadOnlyList<string> outputs)
    {
        HashSet<string> needed = [.. outputs];
        List<NodeProto> kept = [];
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            NodeProto node = graph.Node[i];
            if (node.Output.Any(needed.Contains))
            {
                kept.Add(node);
                needed.UnionWith(GradientPlan.Reads(node));
            }
        }

        kept.Reverse();
        Keep(graph.Node, kept);
        Keep(graph.Input, [.. graph.Input.Where(input => needed.Contains(input.Name))]);
        Keep(graph.Initializer, [.. graph.Initializer.Where(tensor => needed.Contains(tensor.Name))]);
        Keep(graph.SparseInitializer, [.. graph.SparseInitializer.Where(tensor => needed.Contains(tensor.Values.Name))]);
        graph.ValueInfo.Clear();
        Keep(graph.Output, [.. outputs.Select(name => new ValueInfoProto { Name = name })]);
    }

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> all, IReadOnlyList<T> kept)
    {
        all.Clear();
        all.AddRange(kept);
    }
}
