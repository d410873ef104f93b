using Google.Protobuf.Collections;
using Governance.Audit.Gradients;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants;

/// <summary>Brings the nodes of a graph into the order in which they can run, without those that nothing needs.</summary>
internal static class OrderGraph
{
    /// <summary>Sorts and drops.</summary>
    /// <param name="graph">Changed in place; acyclic.</param>
    public static void Run(GraphProto graph)
    {
        Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(name => name.Length > 0))
            {
                producers[output] = node;
            }
        }

        HashSet<NodeProto> done = new(ReferenceEqualityComparer.Instance);
        List<NodeProto> order = [];
        foreach (ValueInfoProto output in graph.Output)
        {
            Visit(output.Name, producers, done, order);
        }

        HashSet<string> read = [.. order.SelectMany(GradientPlan.Reads), .. graph.Output.Select(output => output.Name)];
        Replace(graph.Node, order);
        Replace(graph.Initializer, [.. graph.Initializer.Where(tensor => read.Contains(tensor.Name))]);
    }

    // A stack of its own: graphs are deeper than threads.
    private static void Visit(string value, Dictionary<string, NodeProto> producers, HashSet<NodeProto> done, List<NodeProto> order)
    {
        Stack<(NodeProto Node, bool IsReady)> waiting = new();
        if (producers.TryGetValue(value, out NodeProto? last))
        {
            waiting.Push((last, false));
        }

        while (waiting.TryPop(out (NodeProto Node, bool IsReady) next))
        {
            if (next.IsReady)
            {
                order.Add(next.Node);
                continue;
            }

            if (!done.Add(next.Node))
            {
                continue;
            }

            waiting.Push((next.Node, true));
            foreach (string read in GradientPlan.Reads(next.Node).Reverse())
            {
                if (producers.TryGetValue(read, out NodeProto? before) && !done.Contains(before))
                {
                    waiting.Push((before, false));
                }
            }
        }
    }

    private static void Replace<T>(RepeatedField<T> all, IReadOnlyList<T> kept)
    {
        all.Clear();
        all.AddRange(kept);
    }
}
