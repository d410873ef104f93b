using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Explanations.Trees;

/// <summary>A sum of trees over features that belong to players: what Tree SHAP explains.</summary>
public sealed class Forest
{
    /// <summary>The most different players on one path from a root to a leaf.</summary>
    public const int MostPathPlayers = 64;

    /// <summary>Puts trees together.</summary>
    /// <param name="players">The number of players, at least 1.</param>
    /// <param name="featurePlayers">For each feature its player, from 0.</param>
    /// <param name="outputs">Outputs a leaf has, at least 1.</param>
    /// <param name="trees">The trees.</param>
    /// <exception cref="ArgumentException">A tree tests a feature, or has a leaf, that does not fit.</exception>
    public Forest(int players, IReadOnlyList<int> featurePlayers, int outputs, IReadOnlyList<ForestTree> trees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (featurePlayers.Any(player => player < 0 || player >= players))
        {
            throw new ArgumentException("A feature belongs to a player that does not exist.", nameof(featurePlayers));
        }

        foreach (ForestTree tree in trees)
        {
            for (int node = 0; node < tree.Nodes.Count; node++)
            {
                bool fits = tree.Nodes[node].Mode == BranchMode.Leaf
                    ? tree.Values[node]?.Length == outputs
                    : tree.Nodes[node].Feature < featurePlayers.Count && tree.Nodes[node].TrueChild > node && tree.Nodes[node].FalseChild > node;
                if (!fits)
                {
                    throw new ArgumentException($"Node {node} of a tree does not fit the forest.", nameof(trees));
                }
            }
        }

        Players = players;
        FeaturePlayers = [.. featurePlayers];
        Outputs = outputs;
        Trees = trees;
    }

    /// <summary>The number of players.</summary>
    public int Players { get; }

    /// <summary>For each feature its player.</summary>
    public IReadOnlyList<int> FeaturePlayers { get; }

    /// <summary>Outputs a leaf has.</summary>
    public int Outputs { get; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<ForestTree> Trees { get; }

    /// <summary>The most different players on one path of any tree.</summary>
    public int PathPlayers() => Trees.Count == 0 ? 0 : Trees.Max(PathPlayers);

    private int PathPlayers(ForestTree tree)
    {
        int most = 0;
        Stack<(int Node, int[] Seen)> open = new([(0, [])]);
        while (open.TryPop(out (int Node, int[] Seen) at))
        {
            TreeNode node = tree.Nodes[at.Node];
            if (node.Mode == BranchMode.Leaf)
            {
                most = Math.Max(most, at.Seen.Length);
                continue;
            }

            int player = FeaturePlayers[node.Feature];
            int[] seen = Array.IndexOf(at.Seen, player) >= 0 ? at.Seen : [.. at.Seen, player];
            open.Push((node.TrueChild, seen));
            open.Push((node.FalseChild, seen));
        }

        return most;
    }
}

/// <summary>One tree of a forest.</summary>
/// <param name="Nodes">Node 0 is the root, children come after their parents; features are those of the forest.</param>
/// <param name="Values">For each node the outputs of a leaf; null for tests.</param>
/// <param name="Covers">For each node how much of a population comes there, in any unit; null where nobody asked.</param>
public sealed record ForestTree(IReadOnlyList<TreeNode> Nodes, IReadOnlyList<double[]?> Values, IReadOnlyList<double>? Covers = null);
