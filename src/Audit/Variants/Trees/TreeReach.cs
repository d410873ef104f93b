using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Forms;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Trees;

/// <summary>An ensemble of trees in a graph, with what rows reach in it.</summary>
/// <param name="Node">The operator.</param>
/// <param name="Ensemble">Its trees.</param>
/// <param name="Leaves">Shape [trees][rows]: the node of each tree at which each row ends.</param>
internal sealed record TreeReach(NodeProto Node, TreeEnsemble Ensemble, int[][] Leaves)
{
    /// <summary>Rows that were followed.</summary>
    public int Rows => Leaves.Length == 0 ? 0 : Leaves[0].Length;

    /// <summary>Whether trees are put together by a sum or a mean, so that each has a share of its own.</summary>
    public bool Adds => Ensemble.Aggregate is EnsembleAggregate.Sum or EnsembleAggregate.Average || Ensemble.Trees.Count == 1;

    /// <summary>The ensembles of a graph.</summary>
    public static IReadOnlyList<NodeProto> Nodes(GraphProto graph) => [.. graph.Node.Where(EnsembleOperators.Handles)];

    /// <summary>Reads the trees of an operator.</summary>
    /// <exception cref="Data.InputException">Its lists are no trees.</exception>
    public static TreeEnsemble Read(NodeProto node) => node.OpType == "TreeEnsemble" ? ReadFlatEnsemble.From(node) : ReadEnsemble.From(node);

    /// <summary>Follows rows through an ensemble.</summary>
    /// <param name="model">The model.</param>
    /// <param name="node">The operator, of the model or of a copy with the same names.</param>
    /// <param name="rows">Rows in the form of the model's inputs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TreeReach Of(ModelProto model, NodeProto node, InputBatch rows, CancellationToken cancellationToken)
    {
        TreeEnsemble ensemble = Read(node);
        double[] features = Features(model, node.Input[0], rows, cancellationToken);
        int width = features.Length / rows.Rows;
        if (ensemble.Width > width)
        {
            throw new Data.InputException($"The trees of '{GraphEdit.NameOf(node)}' read {ensemble.Width} columns, and their input has {width}.");
        }

        return new TreeReach(node, ensemble, [.. ensemble.Trees.Select(tree => End(tree, features, width, rows.Rows))]);
    }

    /// <summary>What one tree adds for each row.</summary>
    /// <param name="tree">Its place.</param>
    /// <returns>Shape [rows, targets], row-major, in the ensemble's raw units; averages are not divided.</returns>
    public double[] Added(int tree)
    {
        double[] added = new double[Rows * Ensemble.Targets];
        for (int row = 0; row < Rows; row++)
        {
            foreach (LeafWeight leaf in Ensemble.Trees[tree][Leaves[tree][row]].Weights)
            {
                added[(row * Ensemble.Targets) + leaf.Target] += leaf.Weight;
            }
        }

        return added;
    }

    private static double[] Features(ModelProto model, string value, InputBatch rows, CancellationToken cancellationToken)
    {
        if (rows.Tensors.FirstOrDefault(tensor => tensor.Name == value) is InputTensor own)
        {
            return [.. own.Values.Cast<object>().Select(number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture))];
        }

        List<double> seen = [];
        using ObserveValues observe = new(model, [value], rows, cancellationToken);
        observe.Run((_, numbers, dims) => seen.AddRange(numbers), cancellationToken);
        int width = seen.Count / rows.Rows;
        return [.. seen.Take(width * rows.Rows)];
    }

    private static int[] End(IReadOnlyList<TreeNode> tree, double[] features, int width, int rows)
    {
        int[] ends = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            int at = 0;
            while (tree[at].Mode != BranchMode.Leaf)
            {
                at = tree[at].Passes(features[(row * width) + tree[at].Feature]) ? tree[at].TrueChild : tree[at].FalseChild;
            }

            ends[row] = at;
        }

        return ends;
    }
}
