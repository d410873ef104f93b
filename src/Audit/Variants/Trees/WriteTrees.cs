using Google.Protobuf;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;
using Kind = Governance.Audit.Inference.Graphs.AttributeProto.Types.AttributeType;

namespace Governance.Audit.Variants.Trees;

/// <summary>Writes trees into the lists of a TreeEnsemble operator, in the form and the precision in which it had them.</summary>
internal static class WriteTrees
{
    private static readonly BranchMode[] FlatModes =
    [
        BranchMode.LessOrEqual, BranchMode.Less, BranchMode.GreaterOrEqual, BranchMode.Greater, BranchMode.Equal, BranchMode.NotEqual, BranchMode.Member,
    ];

    /// <summary>Writes them. What is no list of nodes or leaves (base values, transforms, classes) stays.</summary>
    /// <param name="node">The operator, changed in place.</param>
    /// <param name="ensemble">Its trees from now on, at least one.</param>
    public static void Into(NodeProto node, TreeEnsemble ensemble)
    {
        if (node.OpType == "TreeEnsemble")
        {
            Flat(node, ensemble);
        }
        else
        {
            Lists(node, ensemble, node.OpType == "TreeEnsembleClassifier" ? "class" : "target");
        }
    }

    private static void Lists(NodeProto node, TreeEnsemble ensemble, string kind)
    {
        (int Tree, int Place, TreeNode Node)[] nodes = [.. ensemble.Trees.SelectMany((tree, t) => tree.Select((own, place) => (t, place, own)))];
        (int Tree, int Place, LeafWeight Leaf)[] leaves = [.. nodes.SelectMany(own => own.Node.Weights.Select(weight => (own.Tree, own.Place, weight)))];
        Whole(node, "nodes_treeids", nodes.Select(own => (long)own.Tree));
        Whole(node, "nodes_nodeids", nodes.Select(own => (long)own.Place));
        Whole(node, "nodes_featureids", nodes.Select(own => (long)own.Node.Feature));
        Whole(node, "nodes_truenodeids", nodes.Select(own => (long)own.Node.TrueChild));
        Whole(node, "nodes_falsenodeids", nodes.Select(own => (long)own.Node.FalseChild));
        Texts(node, "nodes_modes", nodes.Select(own => Mode(own.Node.Mode)));
        Numbers(node, "nodes_values", nodes.Select(own => own.Node.Threshold));
        Tracks(node, nodes.Select(own => own.Node));
        Hits(node, nodes.Select(own => own.Node), flat: false);
        Whole(node, kind + "_treeids", leaves.Select(own => (long)own.Tree));
        Whole(node, kind + "_nodeids", leaves.Select(own => (long)own.Place));
        Whole(node, kind + "_ids", leaves.Select(own => (long)own.Leaf.Target));
        Numbers(node, kind + "_weights", leaves.Select(own => own.Leaf.Weight));
    }

    // Nodes and leaves have lists of their own, and a tree of one leaf is a test whose two sides say the same. Two leaves, because
    // the runtime (1.2x) takes one that both sides share by the place of the test and not by its own.
    private static void Flat(NodeProto node, TreeEnsemble ensemble)
    {
        List<TreeNode> tests = [];
        List<LeafWeight> leaves = [];
        List<(long True, long False)> children = [];
        List<(bool True, bool False)> ends = [];
        List<long> roots = [];
        foreach (IReadOnlyList<TreeNode> tree in ensemble.Trees)
        {
            int[] places = new int[tree.Count];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = tree[i].Mode == BranchMode.Leaf ? leaves.Count : tests.Count;
                if (tree[i].Mode == BranchMode.Leaf)
                {
                    leaves.Add(tree[i].Weights[0]);
                }
                else
                {
                    tests.Add(tree[i]);
                }
            }

            roots.Add(tree[0].Mode == BranchMode.Leaf ? tests.Count : places[0]);
            if (tree[0].Mode == BranchMode.Leaf)
            {
                tests.Add(new TreeNode { Mode = BranchMode.LessOrEqual });
                leaves.Add(leaves[places[0]]);
                children.Add((places[0], places[0] + 1));
                ends.Add((true, true));
            }

            foreach (TreeNode own in tree.Where(own => own.Mode != BranchMode.Leaf))
            {
                children.Add((places[own.TrueChild], places[own.FalseChild]));
                ends.Add((tree[own.TrueChild].Mode == BranchMode.Leaf, tree[own.FalseChild].Mode == BranchMode.Leaf));
            }
        }

        Whole(node, "tree_roots", roots);
        Whole(node, "nodes_featureids", tests.Select(own => (long)own.Feature));
        Whole(node, "nodes_truenodeids", children.Select(own => own.True));
        Whole(node, "nodes_falsenodeids", children.Select(own => own.False));
        Whole(node, "nodes_trueleafs", ends.Select(own => own.True ? 1L : 0));
        Whole(node, "nodes_falseleafs", ends.Select(own => own.False ? 1L : 0));
        Tracks(node, tests);
        Hits(node, tests, flat: true);
        Tensor(node, "nodes_splits", tests.Select(own => own.Threshold));
        byte[] modes = [.. tests.Select(own => (byte)Array.IndexOf(FlatModes, own.Mode))];
        Attribute(node, "nodes_modes", Kind.Tensor).T = new TensorProto { DataType = (int)DataType.Uint8, Dims = { modes.Length }, RawData = ByteString.CopyFrom(modes) };
        if (GraphIndex.Attribute(node, "membership_values") is not null)
        {
            Tensor(node, "membership_values", tests.Where(own => own.Mode == BranchMode.Member).SelectMany(own => own.Members!.Append(double.NaN)));
        }

        Whole(node, "leaf_targetids", leaves.Select(leaf => (long)leaf.Target));
        Tensor(node, "leaf_weights", leaves.Select(leaf => leaf.Weight));
    }

    private static string Mode(BranchMode mode) => mode switch
    {
        BranchMode.Leaf => "LEAF",
        BranchMode.LessOrEqual => "BRANCH_LEQ",
        BranchMode.Less => "BRANCH_LT",
        BranchMode.GreaterOrEqual => "BRANCH_GTE",
        BranchMode.Greater => "BRANCH_GT",
        BranchMode.Equal => "BRANCH_EQ",
        BranchMode.NotEqual => "BRANCH_NEQ",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    private static void Tracks(NodeProto node, IEnumerable<TreeNode> nodes)
    {
        if (GraphIndex.Attribute(node, "nodes_missing_value_tracks_true") is { Ints.Count: > 0 })
        {
            Whole(node, "nodes_missing_value_tracks_true", nodes.Select(own => own.MissingPasses ? 1L : 0));
        }
    }

    private static void Hits(NodeProto node, IEnumerable<TreeNode> nodes, bool flat)
    {
        IEnumerable<double> hits = nodes.Select(own => own.Hits ?? 0);
        if (flat && GraphIndex.Attribute(node, "nodes_hitrates") is not null)
        {
            Tensor(node, "nodes_hitrates", hits);
        }
        else if (!flat && (GraphIndex.Attribute(node, "nodes_hitrates") is { Floats.Count: > 0 } || GraphIndex.Attribute(node, "nodes_hitrates_as_tensor") is not null))
        {
            Numbers(node, "nodes_hitrates", hits);
        }
    }

    private static void Whole(NodeProto node, string name, IEnumerable<long> values)
    {
        AttributeProto attribute = Attribute(node, name, Kind.Ints);
        attribute.Ints.Clear();
        attribute.Ints.AddRange(values);
    }

    private static void Texts(NodeProto node, string name, IEnumerable<string> values)
    {
        AttributeProto attribute = Attribute(node, name, Kind.Strings);
        attribute.Strings.Clear();
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
    }

    // A list of floats, or a tensor of doubles where the operator has one.
    private static void Numbers(NodeProto node, string name, IEnumerable<double> values)
    {
        if (GraphIndex.Attribute(node, name + "_as_tensor") is not null)
        {
            Tensor(node, name + "_as_tensor", values);
            return;
        }

        AttributeProto attribute = Attribute(node, name, Kind.Floats);
        attribute.Floats.Clear();
        attribute.Floats.AddRange(values.Select(value => (float)value));
    }

    private static void Tensor(NodeProto node, string name, IEnumerable<double> values)
    {
        AttributeProto attribute = Attribute(node, name, Kind.Tensor);
        double[] all = [.. values];
        bool isDouble = attribute.T?.DataType == (int)DataType.Double;
        TensorProto tensor = new() { DataType = (int)(isDouble ? DataType.Double : DataType.Float), Dims = { all.Length } };
        if (isDouble)
        {
            tensor.DoubleData.AddRange(all);
        }
        else
        {
            tensor.FloatData.AddRange(all.Select(value => (float)value));
        }

        attribute.T = tensor;
    }

    private static AttributeProto Attribute(NodeProto node, string name, Kind kind)
    {
        AttributeProto? found = GraphIndex.Attribute(node, name);
        if (found is null)
        {
            node.Attribute.Add(found = new AttributeProto { Name = name, Type = kind });
        }

        return found;
    }
}
