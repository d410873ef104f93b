namespace Governance.Audit.Inference.Ensembles;

/// <summary>Decision trees over one row of features, as a TreeEnsemble operator of ONNX holds them.</summary>
/// <remarks>
/// Base values and post transforms are not part of it. Comparisons in <see langword="double"/> decide as the runtime
/// does in <see langword="float"/>: values and thresholds of a float ensemble are exact in double.
/// </remarks>
public sealed class TreeEnsemble
{
    /// <summary>Trees deeper than this are refused: they are hostile, not trained.</summary>
    public const int MaxDepth = 4096;

    /// <summary>Puts trees together.</summary>
    /// <param name="trees">One array of nodes a tree; node 0 is its root, children come after their parents.</param>
    /// <param name="targets">The number of targets or classes, at least 1.</param>
    /// <param name="aggregate">How trees are put together.</param>
    public TreeEnsemble(IReadOnlyList<IReadOnlyList<TreeNode>> trees, int targets, EnsembleAggregate aggregate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        Trees = trees;
        Targets = targets;
        Aggregate = aggregate;
        Width = trees.SelectMany(tree => tree).Where(node => node.Mode != BranchMode.Leaf).Select(node => node.Feature + 1).DefaultIfEmpty(0).Max();
    }

    /// <summary>The trees.</summary>
    public IReadOnlyList<IReadOnlyList<TreeNode>> Trees { get; }

    /// <summary>Targets or classes.</summary>
    public int Targets { get; }

    /// <summary>How trees are put together.</summary>
    public EnsembleAggregate Aggregate { get; }

    /// <summary>One more than the highest feature that a test reads; 0 where nothing is tested.</summary>
    public int Width { get; }

    /// <summary>The sum of the leaves that one row reaches, by walking each tree; averages are not divided.</summary>
    /// <param name="features">At least <see cref="Width"/> values; NaN is missing.</param>
    /// <returns>Shape [targets].</returns>
    public double[] Sums(ReadOnlySpan<double> features)
    {
        double[] sums = new double[Targets];
        foreach (IReadOnlyList<TreeNode> tree in Trees)
        {
            TreeNode node = tree[0];
            while (node.Mode != BranchMode.Leaf)
            {
                node = tree[node.Passes(features[node.Feature]) ? node.TrueChild : node.FalseChild];
            }

            foreach (LeafWeight leaf in node.Weights)
            {
                sums[leaf.Target] += leaf.Weight;
            }
        }

        return sums;
    }
}
