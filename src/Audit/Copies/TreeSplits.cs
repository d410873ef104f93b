using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Copies;

/// <summary>One decision tree as its sequence of tests, the root first, then the side of small values, then the other.</summary>
/// <param name="Features">Shape [nodes]: the feature that is tested, -1 for a leaf.</param>
/// <param name="Thresholds">Shape [nodes]: the limit of the test; 0 for a leaf.</param>
internal sealed record TreeSplits(int[] Features, double[] Thresholds)
{
    /// <summary>How many tests the tree makes.</summary>
    public int Tests => Features.Count(feature => feature >= 0);

    /// <summary>The shape with the features of its tests, equal for trees that ask the same features in the same places.</summary>
    public string Shape => string.Join(',', Features);

    /// <summary>The shape without the features.</summary>
    public string Bare => string.Concat(Features.Select(feature => feature < 0 ? '.' : 'x'));
}

/// <summary>Reads the trees of a graph into one form, whatever the direction of their comparisons and the order of their nodes.</summary>
internal static class TreeReader
{
    private const int MostNodes = 4_000_000;

    /// <summary>Every tree of every ensemble of the graph, in the order of the file; empty where there is none.</summary>
    public static IReadOnlyList<TreeSplits> Read(GraphProto graph)
    {
        List<TreeSplits> trees = [];
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType is "TreeEnsembleClassifier" or "TreeEnsembleRegressor")
            {
                trees.AddRange(OfLists(node));
            }
            else if (node.OpType == "TreeEnsemble")
            {
                trees.AddRange(OfRoots(node));
            }
        }

        return trees;
    }

    private static IEnumerable<TreeSplits> OfLists(NodeProto node)
    {
        long[] tree = Whole(node, "nodes_treeids");
        long[] id = Whole(node, "nodes_nodeids");
        long[] yes = Whole(node, "nodes_truenodeids");
        long[] no = Whole(node, "nodes_falsenodeids");
        long[] feature = Whole(node, "nodes_featureids");
        double[] value = GraphIndex.Attribute(node, "nodes_values_as_tensor")?.T is TensorProto tensor
            ? GraphIndex.Numbers(tensor) ?? []
            : [.. GraphIndex.Attribute(node, "nodes_values")?.Floats.Select(v => (double)v) ?? []];
        string[] mode = [.. GraphIndex.Attribute(node, "nodes_modes")?.Strings.Select(text => text.ToStringUtf8()) ?? []];
        int count = mode.Length;
        if (count > MostNodes || new[] { tree, id, yes, no, feature }.Any(list => list.Length != count) || value.Length != count)
        {
            yield break;
        }

        Dictionary<(long, long), int> at = [];
        for (int i = 0; i < count; i++)
        {
            at.TryAdd((tree[i], id[i]), i);
        }

        HashSet<int> children = [];
        for (int i = 0; i < count; i++)
        {
            if (mode[i] != "LEAF")
            {
                Add(children, at, tree[i], yes[i]);
                Add(children, at, tree[i], no[i]);
            }
        }

        foreach (int root in Enumerable.Range(0, count).Where(i => !children.Contains(i)))
        {
            yield return Walk(root, count, i => mode[i] == "LEAF" ? null : new Test(
                (int)feature[i], value[i], mode[i].Replace("BRANCH_", "", StringComparison.Ordinal),
                at.GetValueOrDefault((tree[i], yes[i]), -1), at.GetValueOrDefault((tree[i], no[i]), -1)));
        }
    }

    // Opset 5 of ai.onnx.ml: inner nodes in lists of their own, children by index, leaves apart.
    private static IEnumerable<TreeSplits> OfRoots(NodeProto node)
    {
        string[] modes = ["LEQ", "LT", "GTE", "GT", "EQ", "NEQ", "MEMBER"];
        long[] feature = Whole(node, "nodes_featureids");
        long[] yes = Whole(node, "nodes_truenodeids");
        long[] no = Whole(node, "nodes_falsenodeids");
        long[] yesLeaf = Whole(node, "nodes_trueleafs");
        long[] noLeaf = Whole(node, "nodes_falseleafs");
        double[] value = GraphIndex.Attribute(node, "nodes_splits")?.T is TensorProto splits ? GraphIndex.Numbers(splits) ?? [] : [];
        byte[] mode = GraphIndex.Attribute(node, "nodes_modes")?.T is TensorProto kinds
            ? kinds.RawData.IsEmpty ? [.. kinds.Int32Data.Select(kind => (byte)kind)] : kinds.RawData.ToByteArray()
            : [];
        int count = feature.Length;
        if (count > MostNodes || value.Length != count || mode.Length != count || yes.Length != count || no.Length != count
            || yesLeaf.Length != count || noLeaf.Length != count)
        {
            yield break;
        }

        foreach (long root in Whole(node, "tree_roots").Where(root => root >= 0 && root < count))
        {
            yield return Walk((int)root, count, i => new Test(
                (int)feature[i], value[i], mode[i] < modes.Length ? modes[mode[i]] : "LEQ",
                yesLeaf[i] != 0 ? -1 : (int)yes[i], noLeaf[i] != 0 ? -1 : (int)no[i]));
        }
    }

    // An index of -1 is a leaf. A file may hold a cycle: no walk takes more steps than there are nodes.
    private static TreeSplits Walk(int root, int most, Func<int, Test?> read)
    {
        List<int> features = [];
        List<double> thresholds = [];
        Stack<int> open = new([root]);
        while (open.Count > 0 && features.Count <= 2 * most)
        {
            int at = open.Pop();
            Test? test = at >= 0 && at < most ? read(at) : null;
            features.Add(test?.Feature ?? -1);
            thresholds.Add(test?.Value ?? 0);
            if (test is null)
            {
                continue;
            }

            // The side of small values is walked first, so that "x > 3" with its sides exchanged is the same test as "x <= 3".
            bool turned = test.Mode is "GT" or "GTE" or "NEQ";
            open.Push(turned ? test.Yes : test.No);
            open.Push(turned ? test.No : test.Yes);
        }

        return new TreeSplits([.. features], [.. thresholds]);
    }

    private static void Add(HashSet<int> children, Dictionary<(long, long), int> at, long tree, long id)
    {
        if (at.TryGetValue((tree, id), out int child))
        {
            children.Add(child);
        }
    }

    private static long[] Whole(NodeProto node, string name) => [.. GraphIndex.Attribute(node, name)?.Ints ?? []];

    private sealed record Test(int Feature, double Value, string Mode, int Yes, int No);
}
