using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Variants.Trees;

/// <summary>Merges the two leaves of a branch, again and again, where the scores of rows change least.</summary>
/// <remarks>
/// Cost-complexity pruning (Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984, chapter 3) with
/// the tree's own answers in place of the outcomes, so that no labels are needed: the cost of a merger is by how much the squared
/// distance of the rows' old answers from their new ones grows, over all trees of the ensemble the cheapest first. A merged
/// leaf says what its rows were told on the average, so that every tree keeps its mean over the rows.
/// </remarks>
internal static class MergeLeaves
{
    /// <summary>An ensemble with fewer leaves.</summary>
    /// <param name="reach">The ensemble with rows that were followed.</param>
    /// <param name="goes">How many leaves go.</param>
    /// <param name="oneTarget">Whether a leaf can name one target only, as in operator set 5.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TreeEnsemble Run(TreeReach reach, int goes, bool oneTarget, CancellationToken cancellationToken)
    {
        Growth[] trees = [.. reach.Ensemble.Trees.Select((tree, place) => new Growth(tree, reach.Leaves[place], reach.Ensemble.Targets, oneTarget))];
        PriorityQueue<(int Tree, int Node), (double Cost, int Tree, int Node)> open = new();
        for (int tree = 0; tree < trees.Length; tree++)
        {
            foreach (int node in trees[tree].Ready())
            {
                open.Enqueue((tree, node), (trees[tree].Cost(node), tree, node));
            }
        }

        for (int merged = 0; merged < goes && open.TryDequeue(out (int Tree, int Node) next, out _); merged++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int parent = trees[next.Tree].Merge(next.Node);
            if (parent >= 0 && trees[next.Tree].IsReady(parent))
            {
                open.Enqueue((next.Tree, parent), (trees[next.Tree].Cost(parent), next.Tree, parent));
            }
        }

        return new TreeEnsemble([.. trees.Select(tree => tree.Compact())], reach.Ensemble.Targets, reach.Ensemble.Aggregate);
    }

    // One tree while its leaves are merged. A leaf's value is the mean of what its rows were told; without rows, of its leaves by hits.
    private sealed class Growth
    {
        private readonly IReadOnlyList<TreeNode> nodes;
        private readonly int targets;
        private readonly bool oneTarget;
        private readonly bool[] leaf;
        private readonly int[] parents;
        private readonly double[] rows;
        private readonly double[] hits;
        private readonly double[][] values;
        private readonly HashSet<int>[] named;

        public Growth(IReadOnlyList<TreeNode> nodes, int[] ends, int targets, bool oneTarget)
        {
            (this.nodes, this.targets, this.oneTarget) = (nodes, targets, oneTarget);
            leaf = [.. nodes.Select(node => node.Mode == BranchMode.Leaf)];
            parents = [.. Enumerable.Repeat(-1, nodes.Count)];
            rows = new double[nodes.Count];
            hits = [.. nodes.Select(node => node.Hits is > 0 and double own ? own : 1)];
            values = [.. nodes.Select(_ => new double[targets])];
            named = [.. nodes.Select(node => node.Weights.Select(weight => weight.Target).ToHashSet())];
            foreach (int end in ends)
            {
                rows[end]++;
            }

            for (int node = 0; node < nodes.Count; node++)
            {
                foreach (LeafWeight weight in nodes[node].Weights)
                {
                    values[node][weight.Target] += weight.Weight;
                }

                if (!leaf[node])
                {
                    parents[nodes[node].TrueChild] = parents[nodes[node].FalseChild] = node;
                }
            }
        }

        public IEnumerable<int> Ready() => Enumerable.Range(0, nodes.Count).Where(IsReady);

        public bool IsReady(int node) => !leaf[node] && leaf[nodes[node].TrueChild] && leaf[nodes[node].FalseChild]
            && !(oneTarget && !named[nodes[node].TrueChild].SetEquals(named[nodes[node].FalseChild]));

        // Ward's: what the squared distances grow by when two means become one.
        public double Cost(int node)
        {
            (int a, int b) = (nodes[node].TrueChild, nodes[node].FalseChild);
            double together = rows[a] + rows[b];
            double apart = 0;
            for (int k = 0; k < targets; k++)
            {
                apart += (values[a][k] - values[b][k]) * (values[a][k] - values[b][k]);
            }

            return together == 0 ? 0 : rows[a] * rows[b] / together * apart;
        }

        public int Merge(int node)
        {
            (int a, int b) = (nodes[node].TrueChild, nodes[node].FalseChild);
            (double first, double second) = rows[a] + rows[b] > 0 ? (rows[a], rows[b]) : (hits[a], hits[b]);
            for (int k = 0; k < targets; k++)
            {
                values[node][k] = ((first * values[a][k]) + (second * values[b][k])) / (first + second);
            }

            (rows[node], hits[node], leaf[node]) = (rows[a] + rows[b], hits[a] + hits[b], true);
            named[node] = [.. named[a].Union(named[b])];
            return parents[node];
        }

        // Children behind their parents, without what lies below a merged leaf.
        public IReadOnlyList<TreeNode> Compact()
        {
            List<TreeNode> kept = [];
            Stack<(int Node, int Parent, bool Branch)> open = new([(0, -1, false)]);
            while (open.TryPop(out (int Node, int Parent, bool Branch) next))
            {
                TreeNode node = nodes[next.Node];
                bool made = leaf[next.Node] && node.Mode != BranchMode.Leaf;
                kept.Add(!made ? node : new TreeNode
                {
                    Mode = BranchMode.Leaf, Hits = node.Hits, Weights = [.. named[next.Node].Order().Select(target => new LeafWeight(target, values[next.Node][target]))],
                });
                int place = kept.Count - 1;
                if (next.Parent >= 0)
                {
                    kept[next.Parent] = next.Branch ? kept[next.Parent] with { TrueChild = place } : kept[next.Parent] with { FalseChild = place };
                }

                if (!leaf[next.Node])
                {
                    open.Push((node.FalseChild, place, false));
                    open.Push((node.TrueChild, place, true));
                }
            }

            return kept;
        }
    }
}
