using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Training.Export;

/// <summary>Trees as the attributes of a TreeEnsembleRegressor node.</summary>
internal sealed class TreeAttributes
{
    private readonly List<long> treeIds = [];
    private readonly List<long> nodeIds = [];
    private readonly List<long> features = [];
    private readonly List<float> thresholds = [];
    private readonly List<string> modes = [];
    private readonly List<long> left = [];
    private readonly List<long> right = [];
    private readonly List<long> missing = [];
    private readonly List<float> covers = [];
    private readonly List<long> leafTrees = [];
    private readonly List<long> leafNodes = [];
    private readonly List<long> leafTargets = [];
    private readonly List<float> leafValues = [];
    private readonly float[] baseValues;

    /// <summary>Lists the nodes of all trees. Two classes are two targets, the first of which stays 0.</summary>
    public TreeAttributes(TreesModel model)
    {
        bool binary = model.Task == TreesTask.Binary;
        baseValues = binary ? [0, model.Base[0]] : [.. model.Base];
        if (model.Trees.Count == 0)
        {
            // A node needs at least one tree; a lone leaf of 0 adds nothing.
            Add(0, binary ? 1 : 0, new TrainedTree(0, [-1], [0], [0], [0], [false], [0], [0]));
        }

        for (int tree = 0; tree < model.Trees.Count; tree++)
        {
            Add(tree, binary ? 1 : model.Trees[tree].Output, model.Trees[tree]);
        }
    }

    /// <summary>The node's attributes.</summary>
    public AttributeProto[] ToAttributes() =>
    [
        GraphBuilder.Attribute("nodes_treeids", treeIds),
        GraphBuilder.Attribute("nodes_nodeids", nodeIds),
        GraphBuilder.Attribute("nodes_featureids", features),
        GraphBuilder.Attribute("nodes_values", thresholds),
        GraphBuilder.Attribute("nodes_modes", modes),
        GraphBuilder.Attribute("nodes_truenodeids", left),
        GraphBuilder.Attribute("nodes_falsenodeids", right),
        GraphBuilder.Attribute("nodes_missing_value_tracks_true", missing),
        GraphBuilder.Attribute("nodes_hitrates", covers),
        GraphBuilder.Attribute("target_treeids", leafTrees),
        GraphBuilder.Attribute("target_nodeids", leafNodes),
        GraphBuilder.Attribute("target_ids", leafTargets),
        GraphBuilder.Attribute("target_weights", leafValues),
        GraphBuilder.Attribute("base_values", baseValues),
        GraphBuilder.Attribute("n_targets", baseValues.Length),
        GraphBuilder.Attribute("aggregate_function", "SUM"),
        GraphBuilder.Attribute("post_transform", "NONE"),
    ];

    private void Add(int id, int target, TrainedTree tree)
    {
        for (int node = 0; node < tree.Feature.Length; node++)
        {
            bool leaf = tree.Feature[node] < 0;
            treeIds.Add(id);
            nodeIds.Add(node);
            features.Add(leaf ? 0 : tree.Feature[node]);
            thresholds.Add(leaf ? 0 : tree.Threshold[node]);
            modes.Add(leaf ? "LEAF" : "BRANCH_LEQ");
            left.Add(leaf ? 0 : tree.Left[node]);
            right.Add(leaf ? 0 : tree.Right[node]);
            missing.Add(tree.MissingLeft[node] ? 1 : 0);
            covers.Add((float)tree.Cover[node]);
            if (leaf)
            {
                leafTrees.Add(id);
                leafNodes.Add(node);
                leafTargets.Add(target);
                leafValues.Add(tree.Value[node]);
            }
        }
    }
}
