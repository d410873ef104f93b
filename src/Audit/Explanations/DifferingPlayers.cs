using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>In which players background rows differ from a row.</summary>
internal sealed class DifferingPlayers
{
    /// <summary>Compares.</summary>
    /// <param name="background">The reference rows and the players.</param>
    /// <param name="row">Exactly one row of the same inputs.</param>
    public DifferingPlayers(MaskedBackground background, InputBatch row)
    {
        int players = background.Players.Count;
        int words = (players + 63) / 64;
        int[] own = background.Agreement(row);
        Bits = new ulong[background.Rows.Rows * words];
        for (int other = 0; other < background.Rows.Rows; other++)
        {
            for (int player = 0; player < players; player++)
            {
                Bits[(other * words) + (player >> 6)] |= background.Code(other, player) == own[player] ? 0UL : 1UL << (player & 63);
            }
        }
    }

    /// <summary>Shape [background rows, words]: a bit for each player in which they differ.</summary>
    public ulong[] Bits { get; }

    /// <summary>
    /// The coalitions with all players in which no background row differs: these make no difference, and coalitions of the
    /// same masked rows become equal.
    /// </summary>
    public CoalitionSet WithIdle(CoalitionSet coalitions)
    {
        ulong[] matter = new ulong[coalitions.Words];
        for (int i = 0; i < Bits.Length; i++)
        {
            matter[i % matter.Length] |= Bits[i];
        }

        CoalitionSet told = new(coalitions.Players, coalitions.Count);
        for (int coalition = 0; coalition < coalitions.Count; coalition++)
        {
            told.Copy(coalitions, coalition, coalition);
            for (int player = 0; player < coalitions.Players; player++)
            {
                if ((matter[player >> 6] >> (player & 63) & 1) == 0)
                {
                    told.Add(coalition, player);
                }
            }
        }

        return told;
    }
}
