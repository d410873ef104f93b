namespace Governance.Audit.Explanations.Trees;

/// <summary>What one leaf of weight 1 gives to the players on its path, for a row that satisfies some of them.</summary>
internal abstract class LeafRule
{
    /// <summary>Whether the rule needs to know which players the background satisfies.</summary>
    public abstract bool UsesBackground { get; }

    /// <summary>Whether numbers are for pairs of players rather than for players.</summary>
    public abstract bool Pairs { get; }

    /// <summary>Numbers for d players: one each and one more for the leaf being reached, or one for each pair i &lt; j.</summary>
    public int Units(int players) => Pairs ? players * (players - 1) / 2 : players + 1;

    /// <summary>Fills the numbers.</summary>
    /// <param name="leaf">The leaf and what is known of the background there.</param>
    /// <param name="row">The players that the row satisfies, a bit each.</param>
    /// <param name="units">Overwritten.</param>
    public abstract void Fill(in LeafGame leaf, ulong row, Span<double> units);

    /// <summary>The value of the empty coalition.</summary>
    public abstract double Base(in LeafGame leaf);

    /// <summary>All players' bits.</summary>
    protected static ulong Full(int players) => players == 64 ? ulong.MaxValue : (1UL << players) - 1;
}

/// <summary>A leaf and what is known of the background there, in one of two forms.</summary>
internal readonly ref struct LeafGame
{
    /// <summary>The number of players on the path.</summary>
    public required int Players { get; init; }

    /// <summary>For each player the share of the cover.</summary>
    public required ReadOnlySpan<double> Shares { get; init; }

    /// <summary>For each set of players the weight of the background rows that satisfy just these; empty where listed.</summary>
    public ReadOnlySpan<double> Dense { get; init; }

    /// <summary>The sets of players that background rows satisfy, each once.</summary>
    public ReadOnlySpan<ulong> Patterns { get; init; }

    /// <summary>The weight of the rows behind each pattern.</summary>
    public ReadOnlySpan<double> Weights { get; init; }
}
