using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Trees;
using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>Random forests, and what they are worth by the definitions.</summary>
internal sealed record GivenForest
{
    public static readonly BranchMode[] AllModes =
    [
        BranchMode.LessOrEqual, BranchMode.Less, BranchMode.GreaterOrEqual, BranchMode.Greater, BranchMode.Equal, BranchMode.NotEqual, BranchMode.Member,
    ];

    public int Trees { get; init; } = 5;

    public int Depth { get; init; } = 4;

    public int[] FeaturePlayers { get; init; } = [0, 1, 2, 3, 4];

    public int Outputs { get; init; } = 1;

    public BranchMode[] Modes { get; init; } = [BranchMode.LessOrEqual];

    public double EarlyLeaf { get; init; } = 0.15;

    public bool Covers { get; init; }

    public int Seed { get; init; } = 1;

    public int Players => FeaturePlayers.Max() + 1;

    public Forest Make()
    {
        SeededRandom random = new(Seed, 31);
        List<ForestTree> trees = [];
        for (int tree = 0; tree < Trees; tree++)
        {
            List<TreeNode> nodes = [];
            List<double[]?> values = [];
            List<double> covers = [];
            Grow(ref random, nodes, values, covers, 0, 64);
            trees.Add(new ForestTree(nodes, values, Covers ? covers : null));
        }

        return new Forest(Players, FeaturePlayers, Outputs, trees);
    }

    /// <summary>Rows on a coarse grid, so that thresholds are met exactly; some values missing.</summary>
    public FeatureMatrix Rows(int count, int seed)
    {
        SeededRandom random = new(seed, 32);
        double[][] columns = [.. FeaturePlayers.Select(_ => new double[count])];
        foreach (double[] column in columns)
        {
            for (int row = 0; row < count; row++)
            {
                column[row] = random.NextBelow(8) == 0 ? double.NaN : (random.NextBelow(13) - 6) / 2.0;
            }
        }

        return new FeatureMatrix(count, columns);
    }

    /// <summary>Unequal weights that add up to 1.</summary>
    public static double[] Weights(int count)
    {
        double[] weights = [.. Enumerable.Range(0, count).Select(i => 1.0 + (i % 3))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Shape [2^players, outputs]: the marginal game of a row, coalition by coalition.</summary>
    public static double[] MarginalGame(Forest forest, FeatureMatrix rows, int row, FeatureMatrix background, double[] weights)
    {
        double[] values = new double[forest.Outputs << forest.Players];
        double[] mixed = new double[forest.FeaturePlayers.Count];
        for (int coalition = 0; coalition < 1 << forest.Players; coalition++)
        {
            for (int b = 0; b < background.Rows; b++)
            {
                for (int feature = 0; feature < mixed.Length; feature++)
                {
                    bool own = (coalition >> forest.FeaturePlayers[feature] & 1) != 0;
                    mixed[feature] = own ? rows.Columns[feature][row] : background.Columns[feature][b];
                }

                foreach (ForestTree tree in forest.Trees)
                {
                    int node = 0;
                    while (tree.Values[node] is null)
                    {
                        TreeNode at = tree.Nodes[node];
                        node = at.Passes(mixed[at.Feature]) ? at.TrueChild : at.FalseChild;
                    }

                    for (int output = 0; output < forest.Outputs; output++)
                    {
                        values[(coalition * forest.Outputs) + output] += weights[b] * tree.Values[node]![output];
                    }
                }
            }
        }

        return values;
    }

    /// <summary>Shape [2^players, outputs]: the path-dependent game of a row, coalition by coalition.</summary>
    public static double[] CoverGame(Forest forest, FeatureMatrix rows, int row)
    {
        double[] values = new double[forest.Outputs << forest.Players];
        for (int coalition = 0; coalition < 1 << forest.Players; coalition++)
        {
            foreach (ForestTree tree in forest.Trees)
            {
                Descend(tree, 0, 1, coalition);
            }
        }

        return values;

        void Descend(ForestTree tree, int node, double share, int coalition)
        {
            if (tree.Values[node] is double[] leaf)
            {
                for (int output = 0; output < leaf.Length; output++)
                {
                    values[(coalition * forest.Outputs) + output] += share * leaf[output];
                }

                return;
            }

            TreeNode at = tree.Nodes[node];
            if ((coalition >> forest.FeaturePlayers[at.Feature] & 1) != 0)
            {
                Descend(tree, at.Passes(rows.Columns[at.Feature][row]) ? at.TrueChild : at.FalseChild, share, coalition);
                return;
            }

            double total = tree.Covers![at.TrueChild] + tree.Covers[at.FalseChild];
            foreach (int child in (int[])[at.TrueChild, at.FalseChild])
            {
                Descend(tree, child, total > 0 ? share * tree.Covers[child] / total : share / 2, coalition);
            }
        }
    }

    /// <summary>The Shapley interaction index of a game with one output, by its definition.</summary>
    public static double Interaction(double[] values, int players, int i, int j)
    {
        double sum = 0;
        for (int coalition = 0; coalition < values.Length; coalition++)
        {
            int bits = (1 << i) | (1 << j);
            if ((coalition & bits) == 0)
            {
                int size = System.Numerics.BitOperations.PopCount((uint)coalition);
                double weight = Factorial(size) * Factorial(players - size - 2) / Factorial(players - 1);
                sum += weight * (values[coalition | bits] - values[coalition | (1 << i)] - values[coalition | (1 << j)] + values[coalition]);
            }
        }

        return sum;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private void Grow(ref SeededRandom random, List<TreeNode> nodes, List<double[]?> values, List<double> covers, int depth, double cover)
    {
        int node = nodes.Count;
        covers.Add(cover);
        if (depth == Depth || (depth > 0 && random.NextDouble() < EarlyLeaf))
        {
            nodes.Add(new TreeNode { Mode = BranchMode.Leaf });
            double[] leaf = new double[Outputs];
            for (int output = 0; output < leaf.Length; output++)
            {
                leaf[output] = random.NextDouble() - 0.4;
            }

            values.Add(leaf);
            return;
        }

        values.Add(null);
        nodes.Add(new TreeNode
        {
            Mode = Modes[random.NextBelow(Modes.Length)],
            Feature = random.NextBelow(FeaturePlayers.Length),
            Threshold = (random.NextBelow(9) - 4) / 2.0,
            Members = [(random.NextBelow(9) - 4) / 2.0, (random.NextBelow(9) - 4) / 2.0],
            MissingPasses = random.NextBelow(3) == 0,
        });

        // Some branches see nobody at all.
        double share = random.NextBelow(10) == 0 ? 0 : random.NextDouble();
        int first = nodes.Count;
        Grow(ref random, nodes, values, covers, depth + 1, cover * share);
        int second = nodes.Count;
        Grow(ref random, nodes, values, covers, depth + 1, cover * (1 - share));
        nodes[node] = nodes[node] with { TrueChild = first, FalseChild = second };
    }
}
