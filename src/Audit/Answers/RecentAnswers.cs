namespace Governance.Audit.Answers;

/// <summary>The results computed last, by digest of all they follow from: a repeat needs no model.</summary>
/// <remarks>Results are deterministic, so forgetting one costs time and nothing else.</remarks>
internal sealed class RecentAnswers(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, ComputedRow Row)>> byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, ComputedRow Row)> byAge = new();

    /// <summary>A result; null where it is forgotten.</summary>
    public ComputedRow? Find(string key)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(key, out LinkedListNode<(string Key, ComputedRow Row)>? node))
            {
                return null;
            }

            byAge.Remove(node);
            byAge.AddFirst(node);
            return node.Value.Row;
        }
    }

    /// <summary>Remembers a result, and forgets the one unused for longest.</summary>
    public void Keep(string key, ComputedRow row)
    {
        lock (gate)
        {
            if (byKey.ContainsKey(key))
            {
                return;
            }

            byKey[key] = byAge.AddFirst((key, row));
            if (byKey.Count > most)
            {
                byKey.Remove(byAge.Last!.Value.Key);
                byAge.RemoveLast();
            }
        }
    }
}
