using Governance.Audit.Data;

namespace Governance.Audit.Inference.Ensembles;

/// <summary>Puts the nodes of a file, which may come in any order, into trees whose root comes first.</summary>
internal static class TreeShape
{
    /// <summary>The tree under a root.</summary>
    /// <param name="root">The place of the root.</param>
    /// <param name="read">
    /// The node at a place, with its children's places as <see cref="TreeNode.TrueChild"/> and <see cref="TreeNode.FalseChild"/>.
    /// </param>
    /// <param name="places">How many places there are; a tree has no more nodes.</param>
    /// <param name="shared">Whether two branches may lead to one place, as the leaves of operator set 5 may.</param>
    /// <exception cref="InputException">Branches meet or go round, or the tree is deeper than is allowed.</exception>
    public static IReadOnlyList<TreeNode> From(int root, Func<int, TreeNode> read, int places, bool shared)
    {
        List<TreeNode> nodes = [];
        HashSet<int> seen = [];
        Stack<(int Place, int Parent, bool Branch, int Depth)> open = new([(root, -1, false, 0)]);
        while (open.TryPop(out (int Place, int Parent, bool Branch, int Depth) next))
        {
            TreeNode node = read(next.Place);
            bool leaf = node.Mode == BranchMode.Leaf;
            if ((!seen.Add(next.Place) && !(shared && leaf)) || nodes.Count > 2L * places)
            {
                throw new InputException("A tree of the model's ensemble reaches a node by two ways, so it is no tree.");
            }

            if (next.Depth > TreeEnsemble.MaxDepth)
            {
                throw new InputException($"A tree of the model's ensemble is deeper than {TreeEnsemble.MaxDepth} nodes.");
            }

            int index = nodes.Count;
            nodes.Add(node);
            if (next.Parent >= 0)
            {
                TreeNode parent = nodes[next.Parent];
                nodes[next.Parent] = next.Branch ? parent with { TrueChild = index } : parent with { FalseChild = index };
            }

            if (!leaf)
            {
                open.Push((node.FalseChild, index, false, next.Depth + 1));
                open.Push((node.TrueChild, index, true, next.Depth + 1));
            }
        }

        return nodes;
    }
}
