using Governance.Registry.Artifacts;

namespace Governance.Portal.Features.Evidence;

/// <summary>What was made of stored files before, so that a look at a large one does not read it again.</summary>
/// <remarks>
/// A file is named by its digest and never changes; it is looked at each time, so that one that was changed, moved or erased
/// is read, and refused, anew. The longest unseen go first. Who asks for what is being read waits for that reading.
/// </remarks>
/// <typeparam name="T">What is made of a file; shared by everybody, so nobody may change it.</typeparam>
internal sealed class KeptReadings<T>(ArtifactStore store, long mostBytes)
    where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<Key, LinkedListNode<Kept>> kept = [];
    private readonly LinkedList<Kept> latest = [];
    private readonly Dictionary<Key, Task<T>> reading = [];
    private long held;

    /// <summary>What is made of a file.</summary>
    /// <param name="digest">The file.</param>
    /// <param name="way">How it is read, where one file can be read in several ways.</param>
    /// <param name="read">Makes it of the file's bytes, and says how many bytes of memory it takes; it stays here only where there is room.</param>
    /// <param name="cancellationToken">Ends the waiting; the reading goes on for who asks next.</param>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those of the digest.</exception>
    public async Task<T> OfAsync(ArtifactDigest digest, string way, Func<byte[], (T Made, long Bytes)> read, CancellationToken cancellationToken)
    {
        (Key key, (long Length, DateTime Written)? stamp) = (new Key(digest, way), store.StampOf(digest));
        Task<T>? work;
        lock (gate)
        {
            if (Find(key, stamp) is { } known)
            {
                return known;
            }

            if (!reading.TryGetValue(key, out work))
            {
                // Whoever began it may leave; the others still want it.
                work = Task.Run(() => ReadAsync(key, stamp, read), CancellationToken.None);
                reading[key] = work;
            }
        }

        return await work.WaitAsync(cancellationToken);
    }

    private async Task<T> ReadAsync(Key key, (long Length, DateTime Written)? stamp, Func<byte[], (T Made, long Bytes)> read)
    {
        (T? made, long bytes) = (null, 0);
        try
        {
            (made, bytes) = read(await store.ReadAsync(key.Digest, CancellationToken.None));
            return made;
        }
        finally
        {
            lock (gate)
            {
                reading.Remove(key);
                if (made is not null && stamp is not null && bytes <= mostBytes)
                {
                    Keep(new Kept(key, stamp.Value, bytes, made));
                }
            }
        }
    }

    private T? Find(Key key, (long Length, DateTime Written)? stamp)
    {
        if (!kept.TryGetValue(key, out LinkedListNode<Kept>? node))
        {
            return null;
        }

        if (node.Value.Stamp != stamp)
        {
            Drop(node);
            return null;
        }

        latest.Remove(node);
        latest.AddFirst(node);
        return node.Value.Made;
    }

    private void Keep(Kept one)
    {
        if (kept.TryGetValue(one.Key, out LinkedListNode<Kept>? before))
        {
            Drop(before);
        }

        kept[one.Key] = latest.AddFirst(one);
        held += one.Bytes;
        while (held > mostBytes)
        {
            Drop(latest.Last!);
        }
    }

    private void Drop(LinkedListNode<Kept> node)
    {
        kept.Remove(node.Value.Key);
        latest.Remove(node);
        held -= node.Value.Bytes;
    }

    private sealed record Key(ArtifactDigest Digest, string Way);

    private sealed record Kept(Key Key, (long Length, DateTime Written) Stamp, long Bytes, T Made);
}
