using System.Numerics;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Where the numbers of a row stand while they are summed: by output, then by player (and the leaf reached last) or by pair.</summary>
internal sealed class SumLayout
{
    private readonly int players;
    private readonly bool pairs;

    /// <summary>Lays out the sums of a forest under a rule.</summary>
    public SumLayout(Forest forest, LeafRule rule)
    {
        players = forest.Players;
        pairs = rule.Pairs;
        Outputs = forest.Outputs;
        Width = pairs ? players * (players - 1) / 2 : players + 1;
        Stride = Math.Max(((Outputs * Width) + Vector<double>.Count - 1) / Vector<double>.Count, 1) * Vector<double>.Count;
    }

    /// <summary>Players.</summary>
    public int Players => players;

    /// <summary>Outputs.</summary>
    public int Outputs { get; }

    /// <summary>Numbers an output.</summary>
    public int Width { get; }

    /// <summary>Numbers a row, in whole vectors.</summary>
    public int Stride { get; }

    /// <summary>The places of a leaf's units within an output.</summary>
    public int[] Places(int[] leafPlayers)
    {
        if (!pairs)
        {
            return [.. leafPlayers, players];
        }

        List<int> places = [];
        for (int i = 0; i < leafPlayers.Length; i++)
        {
            for (int j = i + 1; j < leafPlayers.Length; j++)
            {
                places.Add(PairIndex.Of(Math.Min(leafPlayers[i], leafPlayers[j]), Math.Max(leafPlayers[i], leafPlayers[j]), players));
            }
        }

        return [.. places];
    }
}
