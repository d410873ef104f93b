using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Ensembles;

/// <summary>Reads the trees of TreeEnsembleClassifier and TreeEnsembleRegressor (ai.onnx.ml 1 to 4).</summary>
internal static class ReadEnsemble
{
    /// <summary>Reads the trees.</summary>
    /// <param name="node">The operator.</param>
    /// <exception cref="InputException">Its lists do not fit each other or are no trees; the sentence says how.</exception>
    public static TreeEnsemble From(NodeProto node)
    {
        NodeAttributes attributes = new(node);
        bool classifier = node.OpType == "TreeEnsembleClassifier";
        Dictionary<(long Tree, long Node), List<LeafWeight>> weights = Weights(attributes, classifier ? "class" : "target");
        int targets = classifier
            ? Math.Max(attributes.Texts("classlabels_strings").Count, attributes.Integers("classlabels_int64s").Count)
            : (int)Math.Clamp(attributes.Integer("n_targets", 1), 1, 1_000_000);
        int named = weights.Values.SelectMany(list => list).Select(weight => weight.Target + 1).DefaultIfEmpty(1).Max();
        NodeList nodes = new(attributes, weights);
        EnsembleAggregate aggregate = attributes.Text("aggregate_function", "SUM") switch
        {
            "SUM" => EnsembleAggregate.Sum,
            "AVERAGE" => EnsembleAggregate.Average,
            "MIN" => EnsembleAggregate.Min,
            "MAX" => EnsembleAggregate.Max,
            string other => throw new InputException($"The model's tree ensemble has the unknown aggregate function '{other}'."),
        };
        return new TreeEnsemble(nodes.Trees(), Math.Max(Math.Max(targets, named), 1), aggregate);
    }

    private static Dictionary<(long Tree, long Node), List<LeafWeight>> Weights(NodeAttributes attributes, string kind)
    {
        IReadOnlyList<long> trees = attributes.Integers(kind + "_treeids");
        IReadOnlyList<long> nodes = attributes.Integers(kind + "_nodeids");
        IReadOnlyList<long> targets = attributes.Integers(kind + "_ids");
        IReadOnlyList<double> values = attributes.Numbers(kind + "_weights");
        if (trees.Count != nodes.Count || trees.Count != targets.Count || trees.Count != values.Count)
        {
            throw new InputException("The leaf weights of the model's tree ensemble are lists of unequal length.");
        }

        Dictionary<(long, long), List<LeafWeight>> weights = [];
        for (int i = 0; i < trees.Count; i++)
        {
            if (targets[i] is < 0 or > 1_000_000)
            {
                throw new InputException($"A leaf of the model's tree ensemble names the target {targets[i]}.");
            }

            if (!weights.TryGetValue((trees[i], nodes[i]), out List<LeafWeight>? list))
            {
                weights.Add((trees[i], nodes[i]), list = []);
            }

            list.Add(new LeafWeight((int)targets[i], values[i]));
        }

        return weights;
    }

    /// <summary>The parallel lists of the nodes of all trees.</summary>
    private sealed class NodeList
    {
        private readonly Dictionary<(long Tree, long Node), List<LeafWeight>> weights;
        private readonly Dictionary<(long Tree, long Node), int> places = [];
        private readonly IReadOnlyList<long> trees;
        private readonly IReadOnlyList<long> ids;
        private readonly IReadOnlyList<long> features;
        private readonly IReadOnlyList<long> trueIds;
        private readonly IReadOnlyList<long> falseIds;
        private readonly IReadOnlyList<long> missing;
        private readonly IReadOnlyList<double> thresholds;
        private readonly IReadOnlyList<double> hits;
        private readonly IReadOnlyList<string> modes;

        public NodeList(NodeAttributes attributes, Dictionary<(long Tree, long Node), List<LeafWeight>> weights)
        {
            this.weights = weights;
            trees = attributes.Integers("nodes_treeids");
            ids = attributes.Integers("nodes_nodeids");
            features = attributes.Integers("nodes_featureids");
            trueIds = attributes.Integers("nodes_truenodeids");
            falseIds = attributes.Integers("nodes_falsenodeids");
            missing = attributes.Integers("nodes_missing_value_tracks_true");
            thresholds = attributes.Numbers("nodes_values");
            hits = attributes.Numbers("nodes_hitrates");
            modes = attributes.Texts("nodes_modes");
            int count = trees.Count;
            if (new[] { ids.Count, features.Count, trueIds.Count, falseIds.Count, thresholds.Count, modes.Count }.Any(other => other != count)
                || (missing.Count != 0 && missing.Count != count) || (hits.Count != 0 && hits.Count != count))
            {
                throw new InputException("The nodes of the model's tree ensemble are lists of unequal length.");
            }

            for (int i = 0; i < count; i++)
            {
                if (!places.TryAdd((trees[i], ids[i]), i))
                {
                    throw new InputException($"Tree {trees[i]} of the model's ensemble has the node {ids[i]} twice.");
                }
            }
        }

        // The runtime takes the first node of each run of equal tree ids as a root.
        public List<IReadOnlyList<TreeNode>> Trees()
        {
            List<IReadOnlyList<TreeNode>> read = [];
            for (int i = 0; i < trees.Count; i++)
            {
                if (i == 0 || trees[i] != trees[i - 1])
                {
                    read.Add(TreeShape.From(i, Node, trees.Count, shared: false));
                }
            }

            return read;
        }

        private TreeNode Node(int place)
        {
            BranchMode mode = modes[place] switch
            {
                "LEAF" => BranchMode.Leaf,
                "BRANCH_LEQ" => BranchMode.LessOrEqual,
                "BRANCH_LT" => BranchMode.Less,
                "BRANCH_GTE" => BranchMode.GreaterOrEqual,
                "BRANCH_GT" => BranchMode.Greater,
                "BRANCH_EQ" => BranchMode.Equal,
                "BRANCH_NEQ" => BranchMode.NotEqual,
                string other => throw new InputException($"The model's tree ensemble has the unknown node mode '{other}'."),
            };
            double? hit = hits.Count == 0 ? null : hits[place];
            if (mode == BranchMode.Leaf)
            {
                IReadOnlyList<LeafWeight> leaf = weights.TryGetValue((trees[place], ids[place]), out List<LeafWeight>? list) ? list : [];
                return new TreeNode { Mode = mode, Hits = hit, Weights = leaf };
            }

            return new TreeNode
            {
                Mode = mode,
                Feature = features[place] is >= 0 and < 100_000_000
                    ? (int)features[place]
                    : throw new InputException($"A node of the model's tree ensemble tests the feature {features[place]}."),
                Threshold = thresholds[place],
                MissingPasses = missing.Count != 0 && missing[place] == 1,
                TrueChild = Child(place, trueIds[place]),
                FalseChild = Child(place, falseIds[place]),
                Hits = hit,
            };
        }

        private int Child(int place, long id) => places.TryGetValue((trees[place], id), out int child)
            ? child
            : throw new InputException($"Tree {trees[place]} of the model's ensemble has no node {id}, which its node {ids[place]} leads to.");
    }
}
