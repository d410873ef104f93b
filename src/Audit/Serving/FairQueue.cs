namespace Governance.Audit.Serving;

/// <summary>A queue that serves its owners in turn: whoever brings a hundred things does not keep out whoever brings one.</summary>
/// <remarks>Not safe from several threads: its owner locks.</remarks>
internal sealed class FairQueue<T>
{
    private readonly Dictionary<Guid, Queue<T>> byOwner = [];
    private readonly Queue<Guid> turns = new(); // owners with something waiting, each once

    /// <summary>How much waits.</summary>
    public int Count { get; private set; }

    /// <summary>Adds something behind what its owner brought before.</summary>
    public void Add(Guid owner, T item)
    {
        if (!byOwner.TryGetValue(owner, out Queue<T>? own))
        {
            byOwner[owner] = own = new Queue<T>();
            turns.Enqueue(owner);
        }

        own.Enqueue(item);
        Count++;
    }

    /// <summary>Takes one of each owner in turn until there are so many; the next take goes on with the next owner.</summary>
    public List<T> Take(int most)
    {
        List<T> taken = new(Math.Min(most, Count));
        while (taken.Count < most && turns.TryDequeue(out Guid owner))
        {
            Queue<T> own = byOwner[owner];
            taken.Add(own.Dequeue());
            if (own.Count > 0)
            {
                turns.Enqueue(owner);
            }
            else
            {
                byOwner.Remove(owner);
            }
        }

        Count -= taken.Count;
        return taken;
    }
}
