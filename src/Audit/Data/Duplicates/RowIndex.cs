namespace Governance.Audit.Data.Duplicates;

/// <summary>Finds rows by their fingerprint: a hash table of the first row of each.</summary>
public sealed class RowIndex
{
    private readonly RowHashes rows;
    private readonly int[] slots; // row + 1, or 0

    /// <summary>Indexes the rows of a table; time and memory O(rows).</summary>
    public RowIndex(RowHashes rows)
    {
        this.rows = rows;
        slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2L * rows.Count))];
        FirstOf = new int[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            int slot = Slot(rows[row]);
            if (slots[slot] == 0)
            {
                slots[slot] = row + 1;
            }

            FirstOf[row] = slots[slot] - 1;
        }
    }

    /// <summary>For each row the first that equals it; itself where it is the first.</summary>
    public int[] FirstOf { get; }

    /// <summary>The first row of a fingerprint, or -1.</summary>
    public int Find((ulong Low, ulong High) fingerprint) => slots[Slot(fingerprint)] - 1;

    private int Slot((ulong Low, ulong High) fingerprint)
    {
        int mask = slots.Length - 1;
        int slot = (int)fingerprint.Low & mask;
        while (slots[slot] != 0 && rows[slots[slot] - 1] != fingerprint)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
