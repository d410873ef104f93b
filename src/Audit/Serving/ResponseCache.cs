using System.Collections.Concurrent;
using Governance.Registry.Versions;

namespace Governance.Audit.Serving;

/// <summary>Computed answers by version, exact row and form, for so long and within so many bytes a version.</summary>
/// <remarks>
/// It keeps what the model said before anything is held back; the output policy of whoever asks is applied to each answer anew.
/// Answers are deterministic, so forgetting one costs time and nothing else. Safe from several threads.
/// </remarks>
internal sealed class ResponseCache<T>(TimeProvider clock)
    where T : class
{
    private readonly ConcurrentDictionary<ModelVersionId, Shelf> shelves = new();

    /// <summary>A result; null where it is forgotten.</summary>
    /// <param name="version">Of which version.</param>
    /// <param name="key">All that it follows from.</param>
    public T? Find(ModelVersionId version, string key) =>
        shelves.TryGetValue(version, out Shelf? shelf) ? shelf.Find(key, clock.GetTimestamp(), clock) : null;

    /// <summary>Remembers a result, and forgets those unused for longest until all fit.</summary>
    /// <param name="version">Of which version.</param>
    /// <param name="key">All that it follows from.</param>
    /// <param name="result">The result.</param>
    /// <param name="bytes">What it takes, roughly.</param>
    /// <param name="life">How long; none remembers nothing.</param>
    /// <param name="most">The most bytes of the version's results; 0 remembers nothing.</param>
    public void Keep(ModelVersionId version, string key, T result, int bytes, TimeSpan life, long most)
    {
        if (life > TimeSpan.Zero && bytes <= most)
        {
            shelves.GetOrAdd(version, _ => new Shelf()).Keep(new Kept(key, result, bytes, clock.GetTimestamp(), life), most);
        }
    }

    /// <summary>Forgets all results of a version.</summary>
    public void Forget(ModelVersionId version) => shelves.TryRemove(version, out _);

    /// <summary>The bytes that a version's results take.</summary>
    public long BytesOf(ModelVersionId version) => shelves.TryGetValue(version, out Shelf? shelf) ? shelf.Bytes : 0;

    private sealed record Kept(string Key, T Result, int Bytes, long At, TimeSpan Life);

    private sealed class Shelf
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, LinkedListNode<Kept>> byKey = new(StringComparer.Ordinal);
        private readonly LinkedList<Kept> byUse = new();

        public long Bytes { get; private set; }

        public T? Find(string key, long now, TimeProvider clock)
        {
            lock (gate)
            {
                if (!byKey.TryGetValue(key, out LinkedListNode<Kept>? node))
                {
                    return null;
                }

                if (clock.GetElapsedTime(node.Value.At, now) >= node.Value.Life)
                {
                    Remove(node);
                    return null;
                }

                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Result;
            }
        }

        public void Keep(Kept kept, long most)
        {
            lock (gate)
            {
                if (byKey.TryGetValue(kept.Key, out LinkedListNode<Kept>? known))
                {
                    Remove(known);
                }

                byKey[kept.Key] = byUse.AddFirst(kept);
                Bytes += kept.Bytes;
                while (Bytes > most)
                {
                    Remove(byUse.Last!);
                }
            }
        }

        private void Remove(LinkedListNode<Kept> node)
        {
            byUse.Remove(node);
            byKey.Remove(node.Value.Key);
            Bytes -= node.Value.Bytes;
        }
    }
}
