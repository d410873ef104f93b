using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Cuts a tree into blocks.</summary>
internal sealed class BlockBuilder
{
    /// <summary>Blocks grow up to this many bits: tables of 256 entries stay in the cache.</summary>
    public const int BlockBits = 8;

    private readonly ForestTree tree;
    private readonly IReadOnlyList<int> featurePlayers;
    private readonly int[] tests;
    private readonly List<TreeBlock> blocks = [];
    private readonly List<Step> path = [];

    private BlockBuilder(ForestTree tree, IReadOnlyList<int> featurePlayers)
    {
        this.tree = tree;
        this.featurePlayers = featurePlayers;
        tests = new int[tree.Nodes.Count];
        for (int node = tests.Length - 1; node >= 0; node--)
        {
            TreeNode at = tree.Nodes[node];
            tests[node] = at.Mode == BranchMode.Leaf ? 0 : (int)Math.Min(1L + tests[at.TrueChild] + tests[at.FalseChild], int.MaxValue);
        }
    }

    /// <summary>The blocks of a tree; their leaves are the tree's leaves, each once.</summary>
    /// <param name="tree">The tree; with covers, shares are filled in.</param>
    /// <param name="featurePlayers">For each feature its player.</param>
    public static IReadOnlyList<TreeBlock> Cut(ForestTree tree, IReadOnlyList<int> featurePlayers)
    {
        BlockBuilder builder = new(tree, featurePlayers);
        builder.Descend();
        return builder.blocks;
    }

    // The path is kept on the heap: trees may be deeper than a stack of calls.
    private void Descend()
    {
        Stack<(int Node, int Depth, Step? Step)> open = new([(0, 0, null)]);
        while (open.TryPop(out (int Node, int Depth, Step? Step) at))
        {
            path.RemoveRange(at.Depth == 0 ? 0 : at.Depth - 1, path.Count - (at.Depth == 0 ? 0 : at.Depth - 1));
            if (at.Step is Step step)
            {
                path.Add(step);
            }

            TreeNode node = tree.Nodes[at.Node];
            int upper = path.Select(part => part.Player).Distinct().Count();
            if (node.Mode == BranchMode.Leaf || upper + tests[at.Node] <= BlockBits)
            {
                blocks.Add(Block(at.Node));
                continue;
            }

            open.Push((node.FalseChild, at.Depth + 1, StepTo(at.Node, passes: false)));
            open.Push((node.TrueChild, at.Depth + 1, StepTo(at.Node, passes: true)));
        }
    }

    private Step StepTo(int node, bool passes)
    {
        TreeNode at = tree.Nodes[node];
        double share = 1;
        if (tree.Covers is IReadOnlyList<double> covers)
        {
            // Where nobody came, either way is as good; such a path has the share 0 further up anyway.
            double total = covers[at.TrueChild] + covers[at.FalseChild];
            share = total > 0 ? covers[passes ? at.TrueChild : at.FalseChild] / total : 0.5;
        }

        return new Step(new Condition(node, passes), featurePlayers[at.Feature], share);
    }

    private TreeBlock Block(int root)
    {
        int[] upper = [.. path.Select(step => step.Player).Distinct()];
        List<int> inner = [];
        List<BlockLeaf> leaves = [];
        Stack<(int Node, Step[] Inside)> open = new([(root, [])]);
        while (open.TryPop(out (int Node, Step[] Inside) at))
        {
            TreeNode node = tree.Nodes[at.Node];
            if (node.Mode == BranchMode.Leaf)
            {
                leaves.Add(Leaf(at.Node, upper, inner, at.Inside));
                continue;
            }

            inner.Add(at.Node);
            open.Push((node.FalseChild, [.. at.Inside, StepTo(at.Node, passes: false)]));
            open.Push((node.TrueChild, [.. at.Inside, StepTo(at.Node, passes: true)]));
        }

        return new TreeBlock
        {
            Upper = [.. upper.Select(player => path.Where(step => step.Player == player).Select(step => step.Condition).ToArray())],
            Inner = [.. inner],
            Leaves = [.. leaves],
            Players = [.. leaves.SelectMany(leaf => leaf.Players).Distinct().Order()],
        };
    }

    private BlockLeaf Leaf(int node, int[] upper, List<int> inner, Step[] inside)
    {
        int[] players = [.. upper.Concat(inside.Select(step => step.Player)).Distinct()];
        int[] masks = new int[players.Length];
        int[] wanted = new int[players.Length];
        double[] shares = [.. Enumerable.Repeat(1.0, players.Length)];
        bool narrow = upper.Length + inner.Count <= BlockBits || inner.Count == 0 && upper.Length < 31;
        for (int j = 0; narrow && j < upper.Length; j++)
        {
            masks[j] = wanted[j] = 1 << j;
        }

        foreach (Step step in path)
        {
            shares[Array.IndexOf(players, step.Player)] *= step.Share;
        }

        foreach (Step step in inside)
        {
            int j = Array.IndexOf(players, step.Player);
            int bit = 1 << (upper.Length + inner.IndexOf(step.Condition.Node));
            masks[j] |= bit;
            wanted[j] |= step.Condition.Passes ? bit : 0;
            shares[j] *= step.Share;
        }

        return new BlockLeaf { Players = players, Masks = masks, Wanted = wanted, Shares = shares, Values = tree.Values[node]! };
    }

    private sealed record Step(Condition Condition, int Player, double Share);
}
