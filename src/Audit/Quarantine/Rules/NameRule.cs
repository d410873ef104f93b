using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>In a graph every value is made once and before it is read, and nothing is read that nobody makes.</summary>
internal static class NameRule
{
    /// <summary>Checks a graph and puts its operators into an order in which each finds its inputs made.</summary>
    /// <param name="nodes">The operators of one graph or function, without those of subgraphs.</param>
    /// <param name="given">Inputs and initializers: what is there from the start.</param>
    /// <param name="outputs">What the graph must make.</param>
    /// <param name="outer">Whether the graphs around it have made a value.</param>
    /// <returns>The operators, each after those whose outputs it or its subgraphs read.</returns>
    /// <exception cref="InputException">A value is made twice or never, or operators wait for each other.</exception>
    public static List<ScannedNode> Order(
        IReadOnlyList<ScannedNode> nodes, IEnumerable<string> given, IEnumerable<string> outputs, Predicate<string> outer)
    {
        HashSet<string> made = new(given, StringComparer.Ordinal);
        Dictionary<string, int> makers = new(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Outputs.Where(output => output.Length > 0))
            {
                if (made.Contains(output) || !makers.TryAdd(output, i))
                {
                    throw new InputException($"The value {Quoted.Of(output)} is made twice; each value of a graph has one origin.");
                }
            }
        }

        bool IsKnown(string name) => made.Contains(name) || makers.ContainsKey(name) || outer(name);
        string? missing = outputs.FirstOrDefault(output => !IsKnown(output));
        if (missing is not null)
        {
            throw new InputException($"Nothing makes the output {Quoted.Of(missing)}.");
        }

        return Sort(nodes, makers, IsKnown);
    }

    /// <summary>The names that a node reads: its inputs, and what its subgraphs take from around them.</summary>
    public static HashSet<string> Reads(ScannedNode node)
    {
        HashSet<string> reads = new(node.Inputs, StringComparer.Ordinal);
        reads.Remove("");
        foreach (ScannedGraph graph in node.Subgraphs)
        {
            HashSet<string> own = [.. graph.InitializerNames, .. graph.Inputs.Select(input => input.Name), .. graph.Nodes.SelectMany(inner => inner.Outputs)];
            reads.UnionWith(graph.Nodes.SelectMany(Reads).Concat(graph.Outputs.Select(output => output.Name)).Where(name => !own.Contains(name)));
        }

        return reads;
    }

    // Kahn, "Topological sorting of large networks", CACM 5 (1962): take what waits for nothing until nothing is left.
    private static List<ScannedNode> Sort(IReadOnlyList<ScannedNode> nodes, Dictionary<string, int> makers, Func<string, bool> isKnown)
    {
        List<int>[] readers = [.. nodes.Select(_ => new List<int>())];
        int[] waits = new int[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string name in Reads(nodes[i]))
            {
                if (makers.TryGetValue(name, out int maker))
                {
                    readers[maker].Add(i);
                    waits[i]++;
                }
                else if (!isKnown(name))
                {
                    throw new InputException($"The operator {nodes[i].Kind} reads the value {Quoted.Of(name)}, which nothing makes.");
                }
            }
        }

        Queue<int> ready = new(Enumerable.Range(0, nodes.Count).Where(i => waits[i] == 0));
        List<ScannedNode> order = new(nodes.Count);
        while (ready.TryDequeue(out int next))
        {
            order.Add(nodes[next]);
            foreach (int reader in readers[next])
            {
                if (--waits[reader] == 0)
                {
                    ready.Enqueue(reader);
                }
            }
        }

        int stuck = Array.FindIndex(waits, count => count > 0);
        return stuck < 0
            ? order
            : throw new InputException($"The graph has a cycle: the operator {nodes[stuck].Kind} waits for its own output {Quoted.Of(nodes[stuck].Outputs.FirstOrDefault() ?? "")}.");
    }
}
