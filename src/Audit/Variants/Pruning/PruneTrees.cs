using System.Globalization;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Variants.Trees;

namespace Governance.Audit.Variants.Pruning;

/// <summary>Takes trees out of the ensembles of a graph, or merges their leaves, by what rows show to matter least.</summary>
internal static class PruneTrees
{
    // The means of products of each two trees are kept.
    private const int MostTrees = 2_000;

    // What matters least is settled by so many rows.
    private const int MostRows = 2_000;

    /// <summary>Prunes every ensemble.</summary>
    /// <param name="given">The parent.</param>
    /// <param name="edit">Its copy, changed in place.</param>
    /// <param name="rows">Rows to follow through the trees; the first 2,000 count.</param>
    /// <param name="recipe">Which share of what.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void Run(ModelProto given, GraphEdit edit, InputBatch rows, VariantRecipe recipe, CancellationToken cancellationToken)
    {
        InputBatch followed = rows.Slice(0, Math.Min(rows.Rows, MostRows));
        foreach (NodeProto node in TreeReach.Nodes(edit.Graph))
        {
            if (edit.IsExcluded(node))
            {
                continue;
            }

            TreeReach reach = TreeReach.Of(given, node, followed, cancellationToken);
            int leaves = Leaves(reach.Ensemble);
            int goes = (int)Math.Round(recipe.Share * (recipe.Part == TreePart.Trees ? reach.Ensemble.Trees.Count : leaves), MidpointRounding.AwayFromZero);
            string? why = !reach.Adds ? "it takes the smallest or the largest of its trees, which is no sum"
                : recipe.Part == TreePart.Trees && reach.Ensemble.Trees.Count < 2 ? "it has one tree"
                : recipe.Part == TreePart.Trees && reach.Ensemble.Trees.Count > MostTrees ? $"it has more than {MostTrees:N0} trees"
                : null;
            if (why is not null)
            {
                edit.Leave(node, why);
                continue;
            }

            TreeEnsemble less = recipe.Part == TreePart.Trees
                ? DropTrees.Run(reach, Math.Min(goes, reach.Ensemble.Trees.Count - 1), cancellationToken)
                : MergeLeaves.Run(reach, Math.Min(goes, leaves - reach.Ensemble.Trees.Count), node.OpType == "TreeEnsemble", cancellationToken);
            if (SignTurns(node, reach.Ensemble, less))
            {
                edit.Leave(node, "with what is left the runtime would read its two classes otherwise; take out another share");
            }
            else if (Leaves(less) < leaves || less.Trees.Count < reach.Ensemble.Trees.Count)
            {
                WriteTrees.Into(node, less);
                edit.Touch(node, Words(reach, less, leaves));
            }
        }
    }

    // Where the leaves of a classifier name one of two classes, the runtime reads the other one by whether all are positive.
    private static bool SignTurns(NodeProto node, TreeEnsemble before, TreeEnsemble after) =>
        node.OpType == "TreeEnsembleClassifier" && before.Targets <= 2 && AllPositive(before) != AllPositive(after);

    private static bool AllPositive(TreeEnsemble ensemble) => ensemble.Trees.SelectMany(tree => tree).SelectMany(node => node.Weights).All(weight => weight.Weight >= 0);

    private static int Leaves(TreeEnsemble ensemble) => ensemble.Trees.Sum(tree => tree.Count(node => node.Mode == BranchMode.Leaf));

    private static string Words(TreeReach reach, TreeEnsemble less, int leaves) => string.Create(
        CultureInfo.InvariantCulture,
        $"{less.Trees.Count:N0} of {reach.Ensemble.Trees.Count:N0} trees and {Leaves(less):N0} of {leaves:N0} leaves are left");
}
