using System.Numerics;

namespace Governance.Audit.Slices;

/// <summary>A set of row positions, one bit each.</summary>
internal sealed class RowBits
{
    private readonly ulong[] words;

    /// <summary>Makes an empty set of positions below a number.</summary>
    public RowBits(int rows) => words = new ulong[(rows + 63) / 64];

    private RowBits(ulong[] words) => this.words = words;

    /// <summary>How many positions belong to it.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Adds a position.</summary>
    public void Add(int position) => words[position >> 6] |= 1UL << (position & 63);

    /// <summary>Positions of both.</summary>
    public RowBits And(RowBits other)
    {
        ulong[] both = new ulong[words.Length];
        for (int i = 0; i < both.Length; i++)
        {
            both[i] = words[i] & other.words[i];
        }

        return new RowBits(both);
    }

    /// <summary>Its positions that do not belong to another.</summary>
    public RowBits Without(RowBits other)
    {
        ulong[] left = new ulong[words.Length];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = words[i] & ~other.words[i];
        }

        return new RowBits(left);
    }

    /// <summary>Jaccard's index: positions of both over positions of either, in [0, 1]; 1 of two empty sets.</summary>
    public double Overlap(RowBits other)
    {
        int both = 0;
        int either = 0;
        for (int i = 0; i < words.Length; i++)
        {
            both += BitOperations.PopCount(words[i] & other.words[i]);
            either += BitOperations.PopCount(words[i] | other.words[i]);
        }

        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>Bit i of word w is set where position 64 w + i belongs to it.</summary>
    public ReadOnlySpan<ulong> Words => words;
}
