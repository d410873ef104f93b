using System.Runtime.CompilerServices;
using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Turns features into small whole numbers that decide every test of some trees as the values do.</summary>
/// <remarks>
/// A feature's tests cut the numbers into cells (u[k-1], u[k]]; the code of a value is the number of its cell from 1, and
/// 0 for missing. A test x &lt; t is x ≤ the next double below t, so all tests are ranges of cells.
/// </remarks>
internal sealed class Codebook
{
    /// <summary>The most cuts of a feature, so that codes fit a short.</summary>
    public const int MostCuts = 32_000;

    private readonly double[][] cuts;

    private Codebook(double[][] cuts) => this.cuts = cuts;

    /// <summary>The number of features.</summary>
    public int Features => cuts.Length;

    /// <summary>
    /// Groups trees in their order so that no feature of a group has more cuts than fit, and makes the codebook of each.
    /// </summary>
    public static IReadOnlyList<(Codebook Book, int First, int Count)> Group(int features, IReadOnlyList<ForestTree> trees)
    {
        List<(Codebook, int, int)> groups = [];
        HashSet<double>[] open = Empty(features);
        int first = 0;
        for (int tree = 0; tree < trees.Count; tree++)
        {
            foreach (TreeNode node in trees[tree].Nodes)
            {
                if (node.Mode != BranchMode.Leaf)
                {
                    open[node.Feature].UnionWith(Cuts(node));
                }
            }

            bool full = Array.Exists(open, set => set.Count > MostCuts);
            if (full && tree > first)
            {
                // This tree goes to the next group.
                groups.Add((Of(features, trees, first, tree - first), first, tree - first));
                first = tree;
                open = Empty(features);
                tree--;
            }
        }

        groups.Add((Of(features, trees, first, trees.Count - first), first, trees.Count - first));
        return groups;
    }

    /// <summary>Whether no tree alone compares a feature with more values than fit.</summary>
    public static bool Fits(Forest forest) => forest.Trees.All(tree =>
        tree.Nodes.Count <= MostCuts / 2
        || tree.Nodes.Where(node => node.Mode != BranchMode.Leaf).GroupBy(node => node.Feature)
            .All(tests => tests.SelectMany(Cuts).Distinct().Count() <= MostCuts));

    /// <summary>The code of a value.</summary>
    public short Code(int feature, double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        // Halving without branches: which half is taken is as random as the data.
        double[] upper = cuts[feature];
        int low = 0;
        int length = upper.Length;
        while (length > 1)
        {
            int half = length >> 1;
            bool above = upper[low + half - 1] < value;
            low += Unsafe.BitCast<bool, byte>(above) * half;
            length -= half;
        }

        return (short)(low + (length == 1 && upper[low] < value ? 2 : 1));
    }

    /// <summary>A node's test on codes.</summary>
    public CodedTest Test(TreeNode node)
    {
        double t = node.Threshold;
        bool missing = node.Passes(double.NaN);
        bool[]? members = null;
        (int low, int high, bool negated) = node.Mode switch
        {
            BranchMode.Member => (0, 0, false),
            _ when double.IsNaN(t) => (0, 0, node.Mode == BranchMode.NotEqual),
            BranchMode.LessOrEqual => (0, Cell(node.Feature, t), false),
            BranchMode.Less => (0, Below(node.Feature, t), false),
            BranchMode.Greater => (0, Cell(node.Feature, t), true),
            BranchMode.GreaterOrEqual => (0, Below(node.Feature, t), true),
            BranchMode.Equal => (Below(node.Feature, t), Cell(node.Feature, t), false),
            BranchMode.NotEqual => (Below(node.Feature, t), Cell(node.Feature, t), true),
            _ => throw new ArgumentException("A leaf tests nothing.", nameof(node)),
        };
        if (node.Mode == BranchMode.Member)
        {
            members = new bool[cuts[node.Feature].Length + 2];
            foreach (double member in node.Members!.Where(member => !double.IsNaN(member)))
            {
                members[Cell(node.Feature, member)] = true;
            }
        }

        return new CodedTest(node.Feature, (short)low, (short)high, negated, missing, members);
    }

    private static HashSet<double>[] Empty(int features) => [.. Enumerable.Range(0, features).Select(_ => new HashSet<double>())];

    private static Codebook Of(int features, IReadOnlyList<ForestTree> trees, int first, int count)
    {
        HashSet<double>[] sets = Empty(features);
        foreach (TreeNode node in trees.Skip(first).Take(count).SelectMany(tree => tree.Nodes).Where(node => node.Mode != BranchMode.Leaf))
        {
            sets[node.Feature].UnionWith(Cuts(node));
        }

        return Array.TrueForAll(sets, set => set.Count <= MostCuts)
            ? new Codebook([.. sets.Select(set => set.Order().ToArray())])
            : throw new ArgumentException($"A tree tests a feature against more than {MostCuts} values.", nameof(trees));
    }

    // Zero has two signs that compare as equal; one of them is enough.
    private static IEnumerable<double> Cuts(TreeNode node)
    {
        foreach (double t in node.Mode == BranchMode.Member ? node.Members! : [node.Threshold])
        {
            if (double.IsNaN(t))
            {
                continue;
            }

            if (node.Mode is not (BranchMode.Less or BranchMode.GreaterOrEqual))
            {
                yield return t == 0 ? 0 : t;
            }

            if (node.Mode is not (BranchMode.LessOrEqual or BranchMode.Greater) && t != double.NegativeInfinity)
            {
                yield return Math.BitDecrement(t == 0 ? 0 : t);
            }
        }
    }

    private int Cell(int feature, double cut) => Array.BinarySearch(cuts[feature], cut == 0 ? 0 : cut) + 1;

    private int Below(int feature, double cut) =>
        double.IsNegativeInfinity(cut) ? 0 : Array.BinarySearch(cuts[feature], Math.BitDecrement(cut == 0 ? 0 : cut)) + 1;
}
