namespace Governance.Audit.Explanations;

/// <summary>The different masked rows of a block of an enumeration. Reused from block to block.</summary>
internal sealed class DistinctRows : IMaskedSlots
{
    private readonly MaskedBackground background;
    private readonly ContentTable table;
    private int[] rows = [];
    private uint[] taken = [];

    /// <summary>Makes an empty list.</summary>
    public DistinctRows(MaskedBackground background)
    {
        this.background = background;
        table = new ContentTable(background.Marks.Exact, Same);
    }

    /// <summary>The number of different rows.</summary>
    public int Count => table.Count;

    /// <summary>Bytes of bookkeeping for so many masked rows, at worst.</summary>
    public static long Bytes(int most) => ContentTable.Bytes(most) + (8L * most);

    /// <summary>Forgets all rows and makes room.</summary>
    /// <param name="most">The most rows that will be asked for.</param>
    public void Clear(int most)
    {
        table.Clear(most);
        if (rows.Length <= most)
        {
            rows = new int[most + 1];
            taken = new uint[most + 1];
        }
    }

    /// <summary>The slot of the row that takes these players from that background row.</summary>
    /// <param name="key">The XOR of the marks of the players taken; at least one is.</param>
    /// <param name="row">The background row.</param>
    /// <param name="players">The players taken, a bit each.</param>
    public int Slot(ulong key, int row, uint players)
    {
        int next = table.Count;
        rows[next] = row;
        taken[next] = players;
        return table.Slot(key, next);
    }

    public int Row(int slot) => rows[slot];

    void IMaskedSlots.Taken(int slot, Span<ulong> taken) => taken[0] = this.taken[slot];

    private bool Same(int slot, int other) =>
        taken[slot] == taken[other] && background.SameContent(rows[slot], rows[other], [taken[slot]]);
}
