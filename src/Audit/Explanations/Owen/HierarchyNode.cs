using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Owen;

/// <summary>A node of a hierarchy of players: a player, or a union of nodes that join a coalition one after another.</summary>
public sealed class HierarchyNode
{
    private HierarchyNode(int? player, string? name, IReadOnlyList<HierarchyNode> children)
    {
        Player = player;
        Name = name;
        Children = children;
        Leaves = player is int leaf ? [leaf] : [.. children.SelectMany(child => child.Leaves)];
    }

    /// <summary>The player's index of a leaf; null for a union.</summary>
    public int? Player { get; }

    /// <summary>The union's name, where it has one.</summary>
    public string? Name { get; }

    /// <summary>The nodes of a union, in no order that matters; empty for a leaf.</summary>
    public IReadOnlyList<HierarchyNode> Children { get; }

    /// <summary>All players below, or the leaf's own.</summary>
    public IReadOnlyList<int> Leaves { get; }

    /// <summary>A leaf.</summary>
    /// <param name="player">The player's index.</param>
    public static HierarchyNode Leaf(int player)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(player);
        return new HierarchyNode(player, null, []);
    }

    /// <summary>A union; one of a single node is that node.</summary>
    /// <param name="children">At least one node.</param>
    /// <param name="name">Its name, if it has one.</param>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public static HierarchyNode Union(IReadOnlyList<HierarchyNode> children, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(children.Count, nameof(children));
        return children.Count == 1 ? children[0] : new HierarchyNode(null, name, children);
    }

    /// <summary>The hierarchy over all players: those that it leaves out stand beside its topmost unions.</summary>
    /// <param name="top">The topmost nodes.</param>
    /// <param name="names">The players' names.</param>
    /// <exception cref="InputException">A player comes twice.</exception>
    public static HierarchyNode Over(IReadOnlyList<HierarchyNode> top, IReadOnlyList<string> names)
    {
        bool[] seen = new bool[names.Count];
        foreach (int player in top.SelectMany(node => node.Leaves))
        {
            if (seen[player])
            {
                throw new InputException($"The hierarchy names '{names[player]}' twice.");
            }

            seen[player] = true;
        }

        return Union([.. top, .. Enumerable.Range(0, seen.Length).Where(player => !seen[player]).Select(Leaf)]);
    }
}
