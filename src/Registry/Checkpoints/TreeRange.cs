using System.Numerics;

namespace Governance.Registry.Checkpoints;

/// <summary>Leaves of the log from one index up to, not including, another: a subtree whose hash a proof holds.</summary>
/// <param name="Start">The first leaf, from 0.</param>
/// <param name="End">Behind the last.</param>
public readonly record struct TreeRange(long Start, long End)
{
    /// <summary>How many leaves.</summary>
    public long Size => End - Start;

    /// <summary>Where RFC 6962 cuts it: the largest power of two below its size goes left.</summary>
    public (TreeRange Left, TreeRange Right) Cut()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 2);
        long left = 1L << (63 - BitOperations.LeadingZeroCount((ulong)(Size - 1)));
        return (new TreeRange(Start, Start + left), new TreeRange(Start + left, End));
    }

    /// <summary>The subtrees of an inclusion proof, from the leaf's sibling to the root's child. Source: RFC 6962 §2.1.1.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="size">How many leaves the tree has; more than <paramref name="index"/>.</param>
    public static IReadOnlyList<TreeRange> ForInclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, index);
        List<TreeRange> path = [];
        TreeRange tree = new(0, size);
        while (tree.Size > 1)
        {
            (TreeRange left, TreeRange right) = tree.Cut();
            (tree, TreeRange sibling) = index < left.End ? (left, right) : (right, left);
            path.Add(sibling);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The subtrees of a consistency proof. Source: RFC 6962 §2.1.2.</summary>
    /// <param name="first">The smaller size, at least 0.</param>
    /// <param name="second">The larger size, or the same one.</param>
    /// <returns>None where the sizes are equal or the first is 0.</returns>
    public static IReadOnlyList<TreeRange> ForConsistency(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(second, first);
        if (first == 0)
        {
            return [];
        }

        List<TreeRange> path = [];
        TreeRange tree = new(0, second);
        bool known = true; // whether the verifier has the hash of what is left: the first root itself
        while (tree.End != first)
        {
            (TreeRange left, TreeRange right) = tree.Cut();
            if (first <= left.End)
            {
                path.Add(right);
                tree = left;
            }
            else
            {
                path.Add(left);
                tree = right;
                known = false;
            }
        }

        if (!known)
        {
            path.Add(tree);
        }

        path.Reverse();
        return path;
    }
}
