using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Ingestion;

/// <summary>The ids of all rows of a deployment by their digests, with what each row says: 24 bytes a row at the most.</summary>
/// <remarks>A hash table with open places. Not safe to use from several threads at once.</remarks>
internal sealed class RowIndex
{
    private ulong[] ids = new ulong[1 << 10]; // 0 is an open place; no digest is 0
    private uint[] contents = new uint[1 << 10];

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => 12L * ids.Length;

    /// <summary>Adds rows that are kept. What is there stays.</summary>
    public void Add(RowPrints prints)
    {
        for (int row = 0; row < prints.Ids.Length; row++)
        {
            TryAdd(prints.Ids[row], prints.Contents[row], out _);
        }
    }

    /// <summary>Adds a row unless its id is there.</summary>
    /// <param name="id">The digest of the id.</param>
    /// <param name="content">The digest of what it says.</param>
    /// <param name="same">Where it is there, whether it says the same.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(ulong id, ulong content, out bool same)
    {
        if ((Count + 1) * 10L > ids.Length * 7L)
        {
            Grow();
        }

        int mask = ids.Length - 1;
        for (int place = (int)(id >>> 7) & mask; ; place = (place + 1) & mask)
        {
            if (ids[place] == 0)
            {
                (ids[place], contents[place], same) = (id, (uint)content, false);
                Count++;
                return true;
            }

            if (ids[place] == id)
            {
                same = contents[place] == (uint)content;
                return false;
            }
        }
    }

    /// <summary>Takes rows away that were added last and are not kept after all.</summary>
    /// <remarks>Places behind are moved up, so that every search still ends where it began to.</remarks>
    public void Remove(IEnumerable<ulong> gone)
    {
        int mask = ids.Length - 1;
        foreach (ulong id in gone)
        {
            int place = (int)(id >>> 7) & mask;
            while (ids[place] != id)
            {
                place = (place + 1) & mask;
            }

            for (int next = (place + 1) & mask; ids[next] != 0; next = (next + 1) & mask)
            {
                int home = (int)(ids[next] >>> 7) & mask;
                if (((next - home) & mask) >= ((next - place) & mask))
                {
                    (ids[place], contents[place]) = (ids[next], contents[next]);
                    place = next;
                }
            }

            ids[place] = 0;
            Count--;
        }
    }

    private void Grow()
    {
        (ulong[] oldIds, uint[] oldContents) = (ids, contents);
        ids = new ulong[oldIds.Length * 2];
        contents = new uint[oldIds.Length * 2];
        int mask = ids.Length - 1;
        for (int i = 0; i < oldIds.Length; i++)
        {
            if (oldIds[i] != 0)
            {
                int place = (int)(oldIds[i] >>> 7) & mask;
                while (ids[place] != 0)
                {
                    place = (place + 1) & mask;
                }

                (ids[place], contents[place]) = (oldIds[i], oldContents[i]);
            }
        }
    }
}
