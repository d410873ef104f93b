namespace Governance.Audit.Explanations;

/// <summary>The different masked rows among some coalitions × background rows, and where each pair finds its own.</summary>
internal sealed class MaskedBlock
{
    private readonly CoalitionSet coalitions;
    private readonly int[] codes;
    private readonly int players;
    private readonly bool[] settled;
    private readonly Dictionary<ulong, int> known = [];
    private readonly List<(int Row, int Coalition)> distinct = [];
    private int[] slots = [];

    /// <summary>Makes an empty block.</summary>
    /// <param name="coalitions">All coalitions.</param>
    /// <param name="codes">Shape [background rows, players]: 0 where row and background row agree.</param>
    /// <param name="players">The number of players.</param>
    public MaskedBlock(CoalitionSet coalitions, int[] codes, int players)
    {
        this.coalitions = coalitions;
        this.codes = codes;
        this.players = players;
        settled = new bool[coalitions.Count];
        for (int coalition = 0; coalition < settled.Length; coalition++)
        {
            int size = coalitions.Size(coalition);
            settled[coalition] = size == 0 || size == players;
        }
    }

    /// <summary>The number of different masked rows.</summary>
    public int Count => distinct.Count;

    /// <summary>The background row and the coalition behind a masked row; others may give the same row.</summary>
    public (int Row, int Coalition) this[int slot] => distinct[slot];

    /// <summary>The coalitions.</summary>
    public CoalitionSet Coalitions => coalitions;

    /// <summary>
    /// The slots of pairs, background row after background row; -1 for the empty and the full coalition, whose values
    /// are known.
    /// </summary>
    public ReadOnlySpan<int> Slots(int start, int count) => slots.AsSpan(start, count);

    /// <summary>Fills the block with some coalitions of some background rows, forgetting what was there.</summary>
    public void Gather(int first, int count, int from, int to)
    {
        known.Clear();
        distinct.Clear();
        if (slots.Length < (long)count * (to - from))
        {
            slots = new int[count * (to - from)];
        }

        int[] differing = new int[players];
        ulong[] marks = new ulong[players];
        int pair = 0;
        for (int row = from; row < to; row++)
        {
            int differ = 0;
            for (int player = 0; player < players; player++)
            {
                int code = codes[(row * players) + player];
                if (code != 0)
                {
                    differing[differ] = player;
                    marks[differ++] = SeededRandom.Mix(((ulong)(uint)player << 32) | (uint)code);
                }
            }

            for (int coalition = first; coalition < first + count; coalition++)
            {
                if (settled[coalition])
                {
                    slots[pair++] = -1;
                    continue;
                }

                ulong key = 0;
                for (int i = 0; i < differ; i++)
                {
                    key ^= coalitions.Contains(coalition, differing[i]) ? 0 : marks[i];
                }

                slots[pair++] = Slot(key, row, coalition);
            }
        }
    }

    // The key is a hash; a hit is compared in full, and a false one (never seen) gets a slot of its own.
    private int Slot(ulong key, int row, int coalition)
    {
        if (known.TryGetValue(key, out int slot))
        {
            if (Same(distinct[slot], row, coalition))
            {
                return slot;
            }

            distinct.Add((row, coalition));
            return distinct.Count - 1;
        }

        known.Add(key, distinct.Count);
        distinct.Add((row, coalition));
        return distinct.Count - 1;
    }

    private bool Same((int Row, int Coalition) other, int row, int coalition)
    {
        ReadOnlySpan<int> a = codes.AsSpan(row * players, players);
        ReadOnlySpan<int> b = codes.AsSpan(other.Row * players, players);
        for (int player = 0; player < players; player++)
        {
            int codeA = coalitions.Contains(coalition, player) ? 0 : a[player];
            int codeB = coalitions.Contains(other.Coalition, player) ? 0 : b[player];
            if (codeA != codeB)
            {
                return false;
            }
        }

        return true;
    }
}
