namespace Governance.Audit.Explanations;

/// <summary>Numbers contents by their keys: a hash table whose memory is used again from block to block.</summary>
internal sealed class ContentTable
{
    private readonly bool exact;
    private readonly Func<int, int, bool> same;
    private ulong[] keys = [];
    private int[] places = [];
    private int shift;
    private int nothing;

    /// <summary>Makes an empty table.</summary>
    /// <param name="exact">Whether equal keys are equal contents.</param>
    /// <param name="same">Otherwise compares an old slot with a candidate.</param>
    public ContentTable(bool exact, Func<int, int, bool> same)
    {
        this.exact = exact;
        this.same = same;
    }

    /// <summary>The number of different contents.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes for so many contents, at worst: twice the places, to the next power of two.</summary>
    public static long Bytes(int most) => 12L << Log2Places(most);

    /// <summary>Forgets all contents and makes room.</summary>
    /// <param name="most">The most contents that will be asked for.</param>
    public void Clear(int most)
    {
        int bits = Log2Places(most);
        if (places.Length == 1 << bits)
        {
            Array.Clear(keys);
        }
        else
        {
            keys = new ulong[1 << bits];
            places = new int[1 << bits];
        }

        shift = 64 - bits;
        nothing = -1;
        Count = 0;
    }

    /// <summary>The slot of a content; a new one gets the next slot.</summary>
    /// <param name="key">The XOR of its marks.</param>
    /// <param name="candidate">What the comparison is told of the content; <see cref="Count"/> where slots are kept in order.</param>
    public int Slot(ulong key, int candidate)
    {
        if (key == 0)
        {
            // 0 marks a free place. It is the key of the row itself, of which nothing is taken, or a hash of chance.
            return nothing < 0 ? nothing = Count++ : exact || same(nothing, candidate) ? nothing : Count++;
        }

        ulong[] all = keys;
        int at = (int)((key * 0x9E3779B97F4A7C15) >> shift);
        while (true)
        {
            ulong found = all[at];
            if (found == 0)
            {
                all[at] = key;
                places[at] = Count;
                return Count++;
            }

            if (found == key && (exact || same(places[at], candidate)))
            {
                return places[at];
            }

            at = (at + 1) & (all.Length - 1);
        }
    }

    private static int Log2Places(int most) => Math.Max(4, System.Numerics.BitOperations.Log2((uint)Math.Max(1, most)) + 2);
}
