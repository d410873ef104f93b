using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Variants.Trees;

/// <summary>Takes trees out of an ensemble and corrects what is left, so that scores keep their level.</summary>
internal static class DropTrees
{
    /// <summary>An ensemble of the trees that matter most.</summary>
    /// <param name="reach">The ensemble with rows that were followed.</param>
    /// <param name="goes">How many trees go, less than there are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TreeEnsemble Run(TreeReach reach, int goes, CancellationToken cancellationToken)
    {
        TreeEnsemble ensemble = reach.Ensemble;
        bool bagged = TellFamily.Of(reach) == TreeFamily.Bagging;
        double[][] added = [.. Enumerable.Range(0, ensemble.Trees.Count).Select(reach.Added)];
        double[][] moves = bagged ? AgainstAll(added) : AgainstOwnMean(added, ensemble.Targets);
        int[][] targets = [.. ensemble.Trees.Select(tree => tree.SelectMany(node => node.Weights).Select(weight => weight.Target).Distinct().ToArray())];
        int[] naming = new int[ensemble.Targets];
        foreach (int target in targets.SelectMany(list => list))
        {
            naming[target]++;
        }

        // The last tree that names a target stays: the runtime reads a class that no leaf names otherwise.
        int[] gone = ChooseTrees.Run(
            moves, goes, (tree, without) => targets[tree].Any(target => naming[target] - without.Count(other => targets[other].Contains(target)) <= 1), cancellationToken);
        int[] kept = [.. Enumerable.Range(0, ensemble.Trees.Count).Except(gone)];
        return bagged
            ? Keep(ensemble, kept, ensemble.Aggregate == EnsembleAggregate.Average ? 1 : (double)ensemble.Trees.Count / kept.Length)
            : WithMeans(Keep(ensemble, kept, 1), Means(added, gone, ensemble.Targets));
    }

    /// <summary>Some trees of an ensemble, their leaves multiplied by a number.</summary>
    /// <param name="ensemble">All.</param>
    /// <param name="kept">Which, in order.</param>
    /// <param name="scale">The number.</param>
    public static TreeEnsemble Keep(TreeEnsemble ensemble, IReadOnlyList<int> kept, double scale) => new(
        [.. kept.Select(tree => scale == 1 ? ensemble.Trees[tree] : [.. ensemble.Trees[tree].Select(node => node with
        {
            Weights = [.. node.Weights.Select(weight => weight with { Weight = scale * weight.Weight })],
        })])],
        ensemble.Targets, ensemble.Aggregate);

    // What went on the average goes into every leaf of a tree that names this target alone, or into a tree of one leaf: base
    // values mean other things in other graphs, and a leaf means the same in all.
    private static TreeEnsemble WithMeans(TreeEnsemble ensemble, double[] means)
    {
        List<IReadOnlyList<TreeNode>> trees = [.. ensemble.Trees];
        for (int target = 0; target < means.Length; target++)
        {
            double mean = means[target];
            int place = trees.FindIndex(tree => tree.Where(node => node.Mode == BranchMode.Leaf).All(node => node.Weights.Count == 1 && node.Weights[0].Target == target));
            if (mean != 0 && place >= 0)
            {
                trees[place] = [.. trees[place].Select(node => node.Mode == BranchMode.Leaf ? node with { Weights = [new LeafWeight(target, node.Weights[0].Weight + mean)] } : node)];
            }
            else if (mean != 0)
            {
                trees.Add([new TreeNode { Mode = BranchMode.Leaf, Weights = [new LeafWeight(target, mean)] }]);
            }
        }

        return new TreeEnsemble(trees, ensemble.Targets, ensemble.Aggregate);
    }

    private static double[] Means(double[][] added, int[] gone, int targets)
    {
        double[] means = new double[targets];
        foreach (int tree in gone)
        {
            for (int i = 0; i < added[tree].Length; i++)
            {
                means[i % targets] += added[tree][i] / (added[tree].Length / targets);
            }
        }

        return means;
    }

    private static double[][] AgainstOwnMean(double[][] added, int targets) => [.. added.Select(own =>
    {
        double[] means = Means([own], [0], targets);
        return own.Select((value, i) => value - means[i % targets]).ToArray();
    })];

    private static double[][] AgainstAll(double[][] added)
    {
        double[] mean = new double[added[0].Length];
        foreach (double[] own in added)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += own[i] / added.Length;
            }
        }

        return [.. added.Select(own => own.Select((value, i) => value - mean[i]).ToArray())];
    }
}
