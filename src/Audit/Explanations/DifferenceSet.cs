using System.Numerics;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>The background rows that differ from a row in exactly the same players.</summary>
internal sealed class DifferenceSet
{
    // Up to so many players the spread bits are kept in a table.
    private const int MostTabled = 12;

    private DifferenceSet(uint mask)
    {
        Players = new int[BitOperations.PopCount(mask)];
        int at = 0;
        for (uint left = mask; left != 0; left &= left - 1)
        {
            Players[at++] = BitOperations.TrailingZeroCount(left);
        }

        Taken = Players.Length > MostTabled ? [] : new uint[1 << Players.Length];
        for (uint local = 1; local < Taken.Length; local++)
        {
            Taken[local] = Taken[local & (local - 1)] | (1u << Players[BitOperations.TrailingZeroCount(local)]);
        }
    }

    /// <summary>The players that differ, ascending.</summary>
    public int[] Players { get; }

    /// <summary>The background rows, ascending; at least one.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>Bits over <see cref="Players"/> as bits over all players; empty where there are too many for a table.</summary>
    public uint[] Taken { get; }

    /// <summary>Bits over some players as bits over all players.</summary>
    public static uint Spread(ReadOnlySpan<int> players, uint local)
    {
        uint spread = 0;
        for (uint left = local; left != 0; left &= left - 1)
        {
            spread |= 1u << players[BitOperations.TrailingZeroCount(left)];
        }

        return spread;
    }

    /// <summary>The sets of a row, in the order of their first background row.</summary>
    /// <param name="background">The reference rows and at most 32 players.</param>
    /// <param name="row">Exactly one row of the same inputs.</param>
    public static List<DifferenceSet> Of(MaskedBackground background, InputBatch row)
    {
        List<DifferenceSet> sets = [];
        Dictionary<uint, DifferenceSet> known = [];
        int[] codes = background.Agreement(row);
        int players = background.Players.Count;
        for (int other = 0; other < background.Rows.Rows; other++)
        {
            uint mask = 0;
            for (int player = 0; player < players; player++)
            {
                mask |= codes[player] == background.Code(other, player) ? 0u : 1u << player;
            }

            if (!known.TryGetValue(mask, out DifferenceSet? set))
            {
                known.Add(mask, set = new DifferenceSet(mask));
                sets.Add(set);
            }

            set.Rows.Add(other);
        }

        return sets;
    }
}
