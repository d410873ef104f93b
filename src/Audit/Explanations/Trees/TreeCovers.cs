using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary>How much of a population comes to each node of some trees: from the file where it says so, else from the background.</summary>
/// <remarks>
/// ONNX keeps no covers; <c>nodes_hitrates</c> could, but converters fill it with ones. Else the background is run through
/// the trees, its rows counted by their weights, or, where the trees look like XGBoost's (BRANCH_LT before a sigmoid or
/// softmax), by weight × p(1 - p) at the tree's boosting round: XGBoost's covers are sums of that second derivative.
/// With the training rows as background both give back the library's own covers.
/// </remarks>
internal static class TreeCovers
{
    // The least second derivative of a row, as in XGBoost.
    private const double LeastCurvature = 1e-16;

    /// <summary>Covers from the file, or null where it has none that add up.</summary>
    /// <param name="forest">The trees.</param>
    public static IReadOnlyList<double[]>? OfFile(Forest forest)
    {
        List<double[]> covers = [];
        foreach (ForestTree tree in forest.Trees)
        {
            double[] own = [.. tree.Nodes.Select(node => node.Hits ?? double.NaN)];
            for (int node = 0; node < own.Length; node++)
            {
                TreeNode at = tree.Nodes[node];
                double parts = at.Mode == BranchMode.Leaf ? own[node] : own[at.TrueChild] + own[at.FalseChild];
                if (!(own[node] >= 0) || !(Math.Abs(parts - own[node]) <= 1e-3 * own[node]))
                {
                    return null;
                }
            }

            if (!(own[0] > 0))
            {
                return null;
            }

            covers.Add(own);
        }

        return covers;
    }

    /// <summary>Covers from rows.</summary>
    /// <param name="forest">The trees.</param>
    /// <param name="rows">The background.</param>
    /// <param name="weight">The weight of a row in a tree.</param>
    public static IReadOnlyList<double[]> OfRows(Forest forest, FeatureMatrix rows, Func<int, int, double> weight)
    {
        double[][] covers = new double[forest.Trees.Count][];
        for (int tree = 0; tree < covers.Length; tree++)
        {
            IReadOnlyList<TreeNode> nodes = forest.Trees[tree].Nodes;
            double[] own = covers[tree] = new double[nodes.Count];
            for (int row = 0; row < rows.Rows; row++)
            {
                double share = weight(tree, row);
                int node = 0;
                own[0] += share;
                while (nodes[node].Mode != BranchMode.Leaf)
                {
                    TreeNode at = nodes[node];
                    node = at.Passes(rows.Columns[at.Feature][row]) ? at.TrueChild : at.FalseChild;
                    own[node] += share;
                }
            }
        }

        return covers;
    }

    /// <summary>
    /// The classes' margins that trees were boosted on, where they look like XGBoost's: every test is x &lt; t and the only
    /// function of the ensemble is a sigmoid or softmax. Else null.
    /// </summary>
    /// <param name="unlinked">The output's columns before the link.</param>
    public static CurveAtom? Boosted(IReadOnlyList<AffineForm> unlinked)
    {
        IReadOnlyList<EnsembleUse> uses = FormReads.Of(unlinked).Ensembles;
        CurveAtom? curve = unlinked.SelectMany(form => form.Terms).Select(term => term.Atom).OfType<CurveAtom>()
            .FirstOrDefault(atom => atom.Kind is CurveKind.Sigmoid or CurveKind.Softmax);
        return curve is not null && uses.Count == 1
            && uses[0].Ensemble.Trees.SelectMany(tree => tree).All(node => node.Mode is BranchMode.Leaf or BranchMode.Less)
            && curve.Arguments.All(argument => argument.Terms.All(term => term is { Atom: TreeAtom, Factor: 1 or -1 }))
            ? curve
            : null;
    }

    /// <summary>Second derivatives of the logistic or softmax loss, tree by tree as boosting went.</summary>
    /// <param name="curve">By <see cref="Boosted"/>.</param>
    /// <param name="features">The background's features.</param>
    /// <param name="weights">One weight a background row.</param>
    /// <returns>For each tree of the ensemble one weight a background row.</returns>
    public static double[][] Curvatures(CurveAtom curve, FeatureTable features, ReadOnlySpan<double> weights)
    {
        EnsembleUse use = FormReads.Of(curve.Arguments).Ensembles[0];
        int classes = curve.Arguments.Count;
        int[] rounds = new int[classes];
        double[][] found = new double[use.Ensemble.Trees.Count][];
        double[] margins = new double[features.Rows * classes];
        double[] pending = new double[margins.Length];
        double[] chances = new double[margins.Length];
        for (int i = 0; i < margins.Length; i++)
        {
            margins[i] = curve.Arguments[i % classes].Constant;
        }

        double[] row = new double[use.Ensemble.Width];
        int round = -1;
        for (int tree = 0; tree < found.Length; tree++)
        {
            IReadOnlyList<TreeNode> nodes = use.Ensemble.Trees[tree];
            int target = nodes.SelectMany(node => node.Weights).Select(weight => weight.Target).FirstOrDefault();
            int own = Math.Max(0, curve.Arguments.ToList().FindIndex(argument => argument.Terms.Any(term => ((TreeAtom)term.Atom).Target == target)));
            if (rounds[own]++ > round)
            {
                round = rounds[own] - 1;
                for (int i = 0; i < margins.Length; i++)
                {
                    margins[i] += pending[i];
                    pending[i] = 0;
                }

                for (int i = 0; i < margins.Length; i++)
                {
                    ReadOnlySpan<double> all = margins.AsSpan(i / classes * classes, classes);
                    chances[i] = Curves.Evaluate(curve.Kind, all, i % classes, []);
                }
            }

            found[tree] = new double[features.Rows];
            for (int b = 0; b < features.Rows; b++)
            {
                double p = chances[(b * classes) + own];
                found[tree][b] = weights[b] * Math.Max(p * (1 - p), LeastCurvature);
                for (int column = 0; column < row.Length; column++)
                {
                    row[column] = features[b, use.Input.Name, column];
                }

                pending[(b * classes) + own] += Leaf(nodes, row, curve.Arguments[own]);
            }
        }

        return found;
    }

    private static double Leaf(IReadOnlyList<TreeNode> nodes, double[] row, AffineForm margin)
    {
        TreeNode node = nodes[0];
        while (node.Mode != BranchMode.Leaf)
        {
            node = nodes[node.Passes(row[node.Feature]) ? node.TrueChild : node.FalseChild];
        }

        double sum = 0;
        foreach (LeafWeight weight in node.Weights)
        {
            foreach (FormTerm term in margin.Terms)
            {
                sum += term.Atom is TreeAtom tree && tree.Target == weight.Target ? term.Factor * weight.Weight : 0;
            }
        }

        return sum;
    }
}
