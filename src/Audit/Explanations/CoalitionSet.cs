using System.Numerics;

namespace Governance.Audit.Explanations;

/// <summary>A list of coalitions of players, one bit a player, for any number of players.</summary>
public sealed class CoalitionSet
{
    private readonly ulong[] bits;

    /// <summary>Makes a list of empty coalitions.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="count">The number of coalitions, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than that.</exception>
    public CoalitionSet(int players, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Players = players;
        Count = count;
        Words = (players + 63) / 64;
        bits = new ulong[(long)count * Words];
    }

    /// <summary>The number of players.</summary>
    public int Players { get; }

    /// <summary>The number of coalitions.</summary>
    public int Count { get; }

    /// <summary>64-bit words a coalition.</summary>
    public int Words { get; }

    /// <summary>All 2^players coalitions; entry s holds exactly the players whose bits are set in s.</summary>
    /// <param name="players">1 … <see cref="ExactShapley.MaxPlayers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public static CoalitionSet All(int players)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(players, ExactShapley.MaxPlayers);
        CoalitionSet all = new(players, 1 << players);
        for (int s = 0; s < all.Count; s++)
        {
            all.bits[s] = (ulong)s;
        }

        return all;
    }

    /// <summary>Coalitions that each player belongs to with a chance of one half.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="count">The number of coalitions.</param>
    /// <param name="stream">Another number gives others.</param>
    public static CoalitionSet Random(int players, int count, int stream)
    {
        SeededRandom random = new(0, stream);
        CoalitionSet coalitions = new(players, count);
        for (int coalition = 0; coalition < count; coalition++)
        {
            for (int player = 0; player < players; player++)
            {
                if ((random.Next() & 1) != 0)
                {
                    coalitions.Add(coalition, player);
                }
            }
        }

        return coalitions;
    }

    /// <summary>The bits of one coalition: player p is bit p % 64 of word p / 64.</summary>
    public ReadOnlySpan<ulong> Bits(int coalition) => bits.AsSpan(coalition * Words, Words);

    /// <summary>Whether the player belongs to the coalition.</summary>
    public bool Contains(int coalition, int player) =>
        (bits[(coalition * Words) + (player >> 6)] >> (player & 63) & 1) != 0;

    /// <summary>Puts the player into the coalition.</summary>
    public void Add(int coalition, int player) => bits[(coalition * Words) + (player >> 6)] |= 1UL << (player & 63);

    /// <summary>Makes coalition <paramref name="target"/> the same as one of another set of as many players.</summary>
    public void Copy(CoalitionSet from, int source, int target) =>
        from.Bits(source).CopyTo(bits.AsSpan(target * Words, Words));

    /// <summary>Makes coalition <paramref name="target"/> the complement of <paramref name="source"/>.</summary>
    public void Complement(int source, int target)
    {
        for (int word = 0; word < Words; word++)
        {
            int left = Players - (word * 64);
            ulong valid = left >= 64 ? ulong.MaxValue : (1UL << left) - 1;
            bits[(target * Words) + word] = ~bits[(source * Words) + word] & valid;
        }
    }

    /// <summary>The number of players in the coalition.</summary>
    public int Size(int coalition)
    {
        int size = 0;
        foreach (ulong word in Bits(coalition))
        {
            size += BitOperations.PopCount(word);
        }

        return size;
    }
}
