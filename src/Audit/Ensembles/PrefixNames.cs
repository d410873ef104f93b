using Google.Protobuf.Collections;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Ensembles;

/// <summary>Gives all values and nodes of a graph names that begin alike, so that graphs can stand side by side.</summary>
/// <remarks>One rule for every name keeps apart what was apart and together what was together, in loops and branches as well.</remarks>
internal static class PrefixNames
{
    /// <summary>Renames.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="prefix">What every name begins with.</param>
    public static void Run(GraphProto graph, string prefix)
    {
        foreach (NodeProto node in graph.Node)
        {
            node.Name = node.Name.Length == 0 ? "" : prefix + node.Name;
            Rename(node.Input, prefix);
            Rename(node.Output, prefix);
            foreach (GraphProto body in OperatorSets.Subgraphs(node))
            {
                Run(body, prefix);
            }
        }

        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
        {
            value.Name = prefix + value.Name;
        }

        foreach (TensorProto tensor in graph.Initializer.Concat(graph.SparseInitializer.Select(sparse => sparse.Values)))
        {
            tensor.Name = prefix + tensor.Name;
        }
    }

    // An empty name is an input that is left out.
    private static void Rename(RepeatedField<string> names, string prefix)
    {
        for (int i = 0; i < names.Count; i++)
        {
            names[i] = names[i].Length == 0 ? "" : prefix + names[i];
        }
    }
}
