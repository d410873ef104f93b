using System.Text.Json;
using Governance.Audit.Runs;
using Governance.Registry.Artifacts;

namespace Governance.Portal.Features.Evidence;

/// <summary>Findings documents that were read before, as they were sealed, so that a look at a large one does not parse it again.</summary>
/// <remarks>
/// A document is named by its digest and never changes; its file is looked at each time, so that one that was changed,
/// moved or erased is read, and refused, anew. What is kept is what was sealed: masking comes after it, for each person.
/// The longest unseen go first. Who asks for a document that is being read waits for that reading.
/// </remarks>
internal sealed class SealedDocuments(ArtifactStore store)
{
    /// <summary>The most bytes of JSON kept; in memory attributions take about as many.</summary>
    public const long MostBytes = 192L << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<ArtifactDigest, LinkedListNode<Kept>> kept = [];
    private readonly LinkedList<Kept> latest = [];
    private readonly Dictionary<ArtifactDigest, Task<FindingsDocument>> reading = [];
    private long held;

    /// <summary>The document of this digest.</summary>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those that were sealed.</exception>
    public async Task<FindingsDocument> OfAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        (long Length, DateTime Written)? stamp = store.StampOf(digest);
        Task<FindingsDocument>? read;
        lock (gate)
        {
            if (Find(digest, stamp) is { } known)
            {
                return known;
            }

            if (!reading.TryGetValue(digest, out read))
            {
                // Whoever began it may leave; the others still want it.
                read = Task.Run(() => ReadAsync(digest, stamp), CancellationToken.None);
                reading[digest] = read;
            }
        }

        return await read.WaitAsync(cancellationToken);
    }

    private async Task<FindingsDocument> ReadAsync(ArtifactDigest digest, (long Length, DateTime Written)? stamp)
    {
        FindingsDocument? document = null;
        long bytes = long.MaxValue;
        try
        {
            byte[] json = await store.ReadAsync(digest, CancellationToken.None);
            bytes = json.Length;
            document = JsonSerializer.Deserialize<FindingsDocument>(json, ReportJson.Options);
            return document ?? throw new JsonException("The findings document is empty.");
        }
        finally
        {
            lock (gate)
            {
                reading.Remove(digest);
                if (document is not null && stamp is not null && bytes <= MostBytes)
                {
                    Keep(new Kept(digest, stamp.Value, bytes, document));
                }
            }
        }
    }

    private FindingsDocument? Find(ArtifactDigest digest, (long Length, DateTime Written)? stamp)
    {
        if (!kept.TryGetValue(digest, out LinkedListNode<Kept>? node))
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
        return node.Value.Document;
    }

    private void Keep(Kept one)
    {
        if (kept.TryGetValue(one.Digest, out LinkedListNode<Kept>? before))
        {
            Drop(before);
        }

        kept[one.Digest] = latest.AddFirst(one);
        held += one.Bytes;
        while (held > MostBytes)
        {
            Drop(latest.Last!);
        }
    }

    private void Drop(LinkedListNode<Kept> node)
    {
        kept.Remove(node.Value.Digest);
        latest.Remove(node);
        held -= node.Value.Bytes;
    }

    private sealed record Kept(ArtifactDigest Digest, (long Length, DateTime Written) Stamp, long Bytes, FindingsDocument Document);
}
