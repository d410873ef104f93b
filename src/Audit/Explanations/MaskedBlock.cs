namespace Governance.Audit.Explanations;

/// <summary>The different masked rows among some coalitions × background rows, and where each pair finds its own.</summary>
internal sealed class MaskedBlock
{
    // Up to so many differing players, a background row's slots are looked up in a table of 2^12 (16 KiB: fits the cache).
    private const int MostTabled = 12;

    private readonly int[] tabled = new int[1 << MostTabled];
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

            Span<int> own = differ <= MostTabled ? tabled.AsSpan(0, 1 << differ) : [];
            own.Fill(-1);
            for (int coalition = first; coalition < first + count; coalition++)
            {
                slots[pair++] = settled[coalition] ? -1
                    : differ <= MostTabled ? Tabled(own, differing.AsSpan(0, differ), marks, row, coalition)
                    : Slot(Key(differing.AsSpan(0, differ), marks, coalition), row, coalition);
            }
        }
    }

    // Coalitions that agree on the players which differ here mask to one row: 2^6 look-ups for 2^12 coalitions on Adult.
    private int Tabled(Span<int> own, ReadOnlySpan<int> differing, ulong[] marks, int row, int coalition)
    {
        int at = 0;
        for (int i = 0; i < differing.Length; i++)
        {
            at |= coalitions.Contains(coalition, differing[i]) ? 1 << i : 0;
        }

        return own[at] >= 0 ? own[at] : own[at] = Slot(Key(differing, marks, coalition), row, coalition);
    }

    private ulong Key(ReadOnlySpan<int> differing, ulong[] marks, int coalition)
    {
        ulong key = 0;
        for (int i = 0; i < differing.Length; i++)
        {
            key ^= coalitions.Contains(coalition, differing[i]) ? 0 : marks[i];
        }

        return key;
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
