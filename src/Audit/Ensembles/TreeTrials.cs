using Google.Protobuf;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Trees;

namespace Governance.Audit.Ensembles;

/// <summary>Runs a model with some of its trees alone: the same graph, so that whatever stands behind the trees counts as ever.</summary>
internal sealed class TreeTrials(ModelProto model, TreeReach reach, TreeFamily family, VariantRows rows)
{
    private readonly int place = TreeReach.Nodes(model.Graph).ToList().FindIndex(node => GraphEdit.NameOf(node) == GraphEdit.NameOf(reach.Node));

    /// <summary>What the model decides with these trees alone.</summary>
    /// <param name="trees">Places, in order, at least one; of a forest their mean counts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Decisions Decide(IReadOnlyList<int> trees, CancellationToken cancellationToken)
    {
        ModelProto copy = model.Clone();
        double scale = family == TreeFamily.Bagging && reach.Ensemble.Aggregate != EnsembleAggregate.Average ? (double)reach.Ensemble.Trees.Count / trees.Count : 1;
        WriteTrees.Into(TreeReach.Nodes(copy.Graph)[place], DropTrees.Keep(reach.Ensemble, trees, scale));
        using OnnxPredictor predictor = OnnxPredictor.Load(copy.ToByteArray(), new PredictorOptions { Provider = "cpu" }, cancellationToken);
        return new DecisionRule(predictor.Signature, rows.Encoding).Decide(predictor.Predict(rows.Batch, cancellationToken), rows.Table!, rows.Batch);
    }

    /// <summary>Numbers of the first trees to try: all where there are few, else steps that grow, in whole rounds of a tree a target.</summary>
    public IReadOnlyList<int> Steps()
    {
        int trees = reach.Ensemble.Trees.Count;
        int targets = reach.Ensemble.Targets;
        bool rounds = family == TreeFamily.Boosting && targets > 1 && trees % targets == 0
            && reach.Ensemble.Trees.Take(targets).SelectMany(tree => tree.SelectMany(node => node.Weights).Select(weight => weight.Target).Distinct()).Order().SequenceEqual(Enumerable.Range(0, targets));
        int one = rounds ? targets : 1;
        SortedSet<int> steps = [trees];
        for (double step = 1; step * one < trees; step = Math.Max(step + 1, step * 1.35))
        {
            steps.Add((int)step * one);
        }

        return [.. steps];
    }
}
