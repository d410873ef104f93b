using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Ensembles;

/// <summary>Reads the trees of TreeEnsemble (ai.onnx.ml 5), where leaves have a list of their own.</summary>
internal sealed class ReadFlatEnsemble
{
    private static readonly BranchMode[] Modes =
    [
        BranchMode.LessOrEqual, BranchMode.Less, BranchMode.GreaterOrEqual, BranchMode.Greater,
        BranchMode.Equal, BranchMode.NotEqual, BranchMode.Member,
    ];

    private readonly IReadOnlyList<long> features;
    private readonly IReadOnlyList<long> trueIds;
    private readonly IReadOnlyList<long> falseIds;
    private readonly IReadOnlyList<long> trueLeaves;
    private readonly IReadOnlyList<long> falseLeaves;
    private readonly IReadOnlyList<long> missing;
    private readonly IReadOnlyList<long> targets;
    private readonly IReadOnlyList<double> splits;
    private readonly IReadOnlyList<double> modes;
    private readonly IReadOnlyList<double> hits;
    private readonly IReadOnlyList<double> weights;
    private readonly IReadOnlyList<double>?[] members;

    private ReadFlatEnsemble(NodeAttributes attributes)
    {
        features = attributes.Integers("nodes_featureids");
        trueIds = attributes.Integers("nodes_truenodeids");
        falseIds = attributes.Integers("nodes_falsenodeids");
        trueLeaves = attributes.Integers("nodes_trueleafs");
        falseLeaves = attributes.Integers("nodes_falseleafs");
        missing = attributes.Integers("nodes_missing_value_tracks_true");
        targets = attributes.Integers("leaf_targetids");
        splits = attributes.Tensor("nodes_splits");
        modes = attributes.Tensor("nodes_modes");
        hits = attributes.Tensor("nodes_hitrates");
        weights = attributes.Tensor("leaf_weights");
        int count = features.Count;
        if (new[] { trueIds.Count, falseIds.Count, trueLeaves.Count, falseLeaves.Count, splits.Count, modes.Count }.Any(other => other != count)
            || (missing.Count != 0 && missing.Count != count) || (hits.Count != 0 && hits.Count != count) || targets.Count != weights.Count)
        {
            throw new InputException("The nodes of the model's tree ensemble are lists of unequal length.");
        }

        members = Sets(attributes.Tensor("membership_values"));
    }

    /// <summary>Reads the trees.</summary>
    /// <param name="node">The operator.</param>
    /// <exception cref="InputException">Its lists do not fit each other or are no trees; the sentence says how.</exception>
    public static TreeEnsemble From(NodeProto node)
    {
        NodeAttributes attributes = new(node);
        ReadFlatEnsemble reader = new(attributes);
        int targets = (int)Math.Clamp(attributes.Integer("n_targets", 1), 1, 1_000_000);
        if (reader.targets.Any(target => target < 0 || target >= targets))
        {
            throw new InputException($"A leaf of the model's tree ensemble names a target that is none of its {targets}.");
        }

        EnsembleAggregate aggregate = attributes.Integer("aggregate_function", 1) switch
        {
            0 => EnsembleAggregate.Average,
            1 => EnsembleAggregate.Sum,
            2 => EnsembleAggregate.Min,
            3 => EnsembleAggregate.Max,
            long other => throw new InputException($"The model's tree ensemble has the unknown aggregate function {other}."),
        };
        int places = reader.features.Count + reader.targets.Count;
        return new TreeEnsemble(
            [.. attributes.Integers("tree_roots").Select(root => TreeShape.From(reader.Place(root, leaf: false), reader.Node, places, shared: true))],
            targets, aggregate);
    }

    // The sets of all member tests, one after another, each ended by NaN.
    private IReadOnlyList<double>?[] Sets(IReadOnlyList<double> values)
    {
        IReadOnlyList<double>?[] sets = new IReadOnlyList<double>?[modes.Count];
        int at = 0;
        for (int node = 0; node < sets.Length; node++)
        {
            if (modes[node] is < 0 or > 6)
            {
                throw new InputException($"The model's tree ensemble has the unknown node mode {modes[node]}.");
            }

            if (modes[node] == 6)
            {
                List<double> set = [];
                for (; at < values.Count && !double.IsNaN(values[at]); at++)
                {
                    set.Add(values[at]);
                }

                at++;
                sets[node] = set;
            }
        }

        return sets;
    }

    // Leaves are numbered behind the nodes.
    private int Place(long id, bool leaf)
    {
        int count = leaf ? targets.Count : features.Count;
        return id >= 0 && id < count
            ? (int)id + (leaf ? features.Count : 0)
            : throw new InputException($"The model's tree ensemble leads to the {(leaf ? "leaf" : "node")} {id}, which it does not have.");
    }

    private TreeNode Node(int place)
    {
        if (place >= features.Count)
        {
            int leaf = place - features.Count;
            return new TreeNode { Mode = BranchMode.Leaf, Weights = [new LeafWeight((int)targets[leaf], weights[leaf])] };
        }

        return new TreeNode
        {
            Mode = Modes[(int)modes[place]],
            Feature = features[place] is >= 0 and < 100_000_000
                ? (int)features[place]
                : throw new InputException($"A node of the model's tree ensemble tests the feature {features[place]}."),
            Threshold = splits[place],
            Members = members[place],
            MissingPasses = missing.Count != 0 && missing[place] == 1,
            TrueChild = Place(trueIds[place], trueLeaves[place] != 0),
            FalseChild = Place(falseIds[place], falseLeaves[place] != 0),
            Hits = hits.Count == 0 ? null : hits[place],
        };
    }
}
