namespace Governance.Audit.Explanations;

/// <summary>The different masked rows among some coalitions × background rows, and where each pair finds its own.</summary>
internal sealed class MaskedBlock : IMaskedSlots
{
    private readonly MaskedBackground background;
    private readonly ulong[] lookup;
    private readonly ContentTable table;
    private CoalitionSet coalitions;
    private ulong[] differing = [];
    private (int Row, int Coalition)[] distinct = [];
    private int[] slots = [];
    private double[] scores = [];

    /// <summary>Makes an empty block.</summary>
    /// <param name="background">The reference rows.</param>
    public MaskedBlock(MaskedBackground background)
    {
        this.background = background;
        coalitions = new CoalitionSet(background.Players.Count, 0);
        lookup = new ulong[(background.Players.Count + 7) / 8 * 256];
        table = new ContentTable(background.Marks.Exact, Same);
    }

    /// <summary>The number of different masked rows.</summary>
    public int Count => table.Count;

    /// <summary>Bytes of bookkeeping for so many pairs, at worst.</summary>
    public static long Bytes(int pairs) => ContentTable.Bytes(pairs) + (12L * pairs);

    /// <summary>
    /// The slots of pairs, background row after background row; -1 for the empty and the full coalition, whose values
    /// are known.
    /// </summary>
    public ReadOnlySpan<int> Slots(int start, int count) => slots.AsSpan(start, count);

    /// <summary>Memory for the outputs of all masked rows, used again; at least so many numbers.</summary>
    public double[] Scores(int length) => scores.Length >= length ? scores : scores = new double[length];

    public int Row(int slot) => distinct[slot].Row;

    public void Taken(int slot, Span<ulong> taken)
    {
        (int row, int coalition) = distinct[slot];
        ReadOnlySpan<ulong> known = coalitions.Bits(coalition);
        for (int word = 0; word < taken.Length; word++)
        {
            taken[word] = differing[(row * taken.Length) + word] & ~known[word];
        }
    }

    /// <summary>Turns to the coalitions of another row.</summary>
    /// <param name="all">All coalitions.</param>
    /// <param name="differs">Shape [background rows, words]: the players in which a background row differs from the row.</param>
    public void Turn(CoalitionSet all, ulong[] differs)
    {
        coalitions = all;
        differing = differs;
    }

    /// <summary>Fills the block with some coalitions of some background rows, forgetting what was there.</summary>
    public void Gather(int first, int count, int from, int to)
    {
        int pairs = count * (to - from);
        table.Clear(pairs);
        if (slots.Length < pairs)
        {
            slots = new int[pairs];
            distinct = new (int, int)[pairs + 1];
        }

        bool[] settled = new bool[count];
        for (int coalition = 0; coalition < count; coalition++)
        {
            int size = coalitions.Size(first + coalition);
            settled[coalition] = size == 0 || size == coalitions.Players;
        }

        int pair = 0;
        for (int row = from; row < to; row++)
        {
            FillLookup(row);
            for (int coalition = first; coalition < first + count; coalition++)
            {
                slots[pair++] = settled[coalition - first] ? -1 : Slot(Key(coalition), row, coalition);
            }
        }
    }

    private int Slot(ulong key, int row, int coalition)
    {
        distinct[table.Count] = (row, coalition);
        return table.Slot(key, table.Count);
    }

    // For each 8 players, the XOR of the marks of those that a coalition's byte leaves unknown and that differ.
    private void FillLookup(int row)
    {
        ReadOnlySpan<ulong> marks = background.Marks.Of(row);
        int words = coalitions.Words;
        for (int start = 0, at = 0; start < coalitions.Players; start += 8, at += 256)
        {
            lookup[at + 255] = 0;
            for (int known = 254; known >= 0; known--)
            {
                int unknown = ~known & 255;
                int player = start + System.Numerics.BitOperations.TrailingZeroCount(unknown);
                bool differs = player < coalitions.Players
                    && (differing[(row * words) + (player >> 6)] >> (player & 63) & 1) != 0;
                lookup[at + known] = lookup[at + (known | (unknown & -unknown))] ^ (differs ? marks[player] : 0);
            }
        }
    }

    private ulong Key(int coalition)
    {
        ulong key = 0;
        int at = 0;
        foreach (ulong word in coalitions.Bits(coalition))
        {
            for (int shift = 0; shift < 64 && at < lookup.Length; shift += 8, at += 256)
            {
                key ^= lookup[at + (int)(word >> shift & 255)];
            }
        }

        return key;
    }

    private bool Same(int slot, int other)
    {
        int words = coalitions.Words;
        Span<ulong> a = stackalloc ulong[words];
        Span<ulong> b = stackalloc ulong[words];
        Taken(slot, a);
        Taken(other, b);
        return a.SequenceEqual(b) && background.SameContent(Row(slot), Row(other), a);
    }
}
