namespace Governance.Audit.Explanations.Trees;

/// <summary>A subtree whose outcome for a row is decided by few yes-or-no answers: one bit each.</summary>
/// <remarks>
/// The first bits answer for the players on the way down to the subtree: does the row pass all their tests there? The
/// others answer for the tests inside. Rows with the same bits have the same attributions from these leaves.
/// </remarks>
internal sealed class TreeBlock
{
    /// <summary>For each player on the way, its tests and how each must end.</summary>
    public required Condition[][] Upper { get; init; }

    /// <summary>The tests inside, by node.</summary>
    public required int[] Inner { get; init; }

    /// <summary>The leaves.</summary>
    public required BlockLeaf[] Leaves { get; init; }

    /// <summary>All players of the block, ascending.</summary>
    public required int[] Players { get; init; }

    /// <summary>Bits of a pattern.</summary>
    public int Bits => Upper.Length + Inner.Length;
}

/// <summary>A test on the way to a leaf.</summary>
/// <param name="Node">The node.</param>
/// <param name="Passes">Whether the way goes on where the test holds.</param>
internal readonly record struct Condition(int Node, bool Passes);

/// <summary>A leaf as the players on its path see it. Player j is satisfied where (pattern &amp; Masks[j]) = Wanted[j].</summary>
internal sealed class BlockLeaf
{
    /// <summary>The players on the path from the root.</summary>
    public required int[] Players { get; init; }

    /// <summary>For each of them the bits of the block's pattern that it depends on; empty in blocks of more bits than an int has.</summary>
    public required int[] Masks { get; init; }

    /// <summary>For each of them how these bits must be.</summary>
    public required int[] Wanted { get; init; }

    /// <summary>For each of them the share of the cover that goes this way at its tests; 1 without covers.</summary>
    public required double[] Shares { get; init; }

    /// <summary>The leaf's outputs.</summary>
    public required double[] Values { get; init; }

    /// <summary>Which players are satisfied, a bit each, from the block's pattern.</summary>
    public int Pattern(int block)
    {
        int pattern = 0;
        for (int j = 0; j < Masks.Length; j++)
        {
            pattern |= (block & Masks[j]) == Wanted[j] ? 1 << j : 0;
        }

        return pattern;
    }
}
