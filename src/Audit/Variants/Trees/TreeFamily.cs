using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Trees;

/// <summary>How the trees of an ensemble belong together.</summary>
public enum TreeFamily
{
    /// <summary>Each tree corrects those before it: scores are sums.</summary>
    Boosting,

    /// <summary>Each tree is a model by itself: scores are means.</summary>
    Bagging,
}

/// <summary>Tells from the trees alone how they belong together.</summary>
internal static class TellFamily
{
    /// <summary>Tells it.</summary>
    /// <param name="reach">The trees, with rows that were followed.</param>
    /// <remarks>
    /// A mean is bagging. Converters also write forests as sums whose leaves were divided by the number of trees: then each tree
    /// of a classifier has a leaf near 1/trees and none above, and each tree of a regressor without a base value has about the
    /// same mean. Boosted trees are neither: later ones are corrections around 0.
    /// </remarks>
    public static TreeFamily Of(TreeReach reach)
    {
        TreeEnsemble ensemble = reach.Ensemble;
        int trees = ensemble.Trees.Count;
        NodeAttributes attributes = new(reach.Node);
        bool plain = reach.Node.OpType == "TreeEnsemble" ? attributes.Integer("post_transform", 0) == 0 : attributes.Text("post_transform", "NONE") == "NONE";
        if (ensemble.Aggregate == EnsembleAggregate.Average)
        {
            return TreeFamily.Bagging;
        }

        if (trees < 2 || !plain || attributes.Numbers("base_values").Any(value => value != 0))
        {
            return TreeFamily.Boosting;
        }

        bool forest = reach.Node.OpType == "TreeEnsembleClassifier" ? SharesOut(ensemble) : reach.Rows > 0 && AllAlike(reach);
        return forest ? TreeFamily.Bagging : TreeFamily.Boosting;
    }

    private static bool SharesOut(TreeEnsemble ensemble)
    {
        double share = 1.0 / ensemble.Trees.Count;
        double[] most = [.. ensemble.Trees.Select(tree => tree.Where(node => node.Weights.Count > 0).Select(node => node.Weights.Sum(weight => weight.Weight)).DefaultIfEmpty(0).Max())];
        return ensemble.Trees.SelectMany(tree => tree).SelectMany(node => node.Weights).All(weight => weight.Weight >= 0)
            && most.All(sum => sum <= 1.001 * share) && most.Average() >= 0.5 * share;
    }

    private static bool AllAlike(TreeReach reach)
    {
        double[] means = [.. Enumerable.Range(0, reach.Ensemble.Trees.Count).Select(tree => reach.Added(tree).Average())];
        double mean = means.Average();
        return mean != 0 && means.All(own => own / mean is > 0.5 and < 2);
    }
}
