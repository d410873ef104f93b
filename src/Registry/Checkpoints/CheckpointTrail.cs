using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Registry.Checkpoints;

/// <summary>
/// Follows a ledger leaf by leaf and holds every signed checkpoint against the root that the leaves give at its size. Pure:
/// the same for the server's own database and for a file that an auditor was given.
/// </summary>
/// <remarks>
/// Trust goes from key to key by the ledger itself: once a checkpoint signed by a trusted key covers the entry that a new
/// key was made, the new key is trusted from there on. So the first public key is enough for good.
/// </remarks>
public sealed class CheckpointTrail
{
    private readonly ILookup<long, string> notes;
    private readonly HashSet<long> sizes;
    private readonly List<InstallationKey> trusted;
    private readonly IReadOnlyDictionary<FactDigest, InstallationKey> candidates;
    private readonly List<InstallationKey> waiting = [];
    private readonly HashSet<FactDigest> vouched = [];
    private readonly long largest;
    private long named;

    /// <summary>Begins at the first leaf.</summary>
    /// <param name="own">The checkpoints that came with the ledger; its leaves name them.</param>
    /// <param name="kept">Checkpoints that somebody kept elsewhere: the ones that a rewritten ledger cannot satisfy.</param>
    /// <param name="trusted">The keys that are trusted from the start.</param>
    /// <param name="candidates">Other keys, by the digest of the fact that they were made; trusted once the ledger vouches for them.</param>
    /// <exception cref="FormatException">A note is no checkpoint.</exception>
    public CheckpointTrail(
        IEnumerable<string> own, IEnumerable<string> kept, IEnumerable<InstallationKey> trusted,
        IReadOnlyDictionary<FactDigest, InstallationKey> candidates)
    {
        (long Size, string Note)[] mine = [.. own.Select(Read)];
        notes = mine.Concat(kept.Select(Read)).Distinct().ToLookup(each => each.Size, each => each.Note);
        sizes = [.. mine.Select(each => each.Size)];
        largest = notes.Select(each => each.Key).DefaultIfEmpty(0).Max();
        this.trusted = [.. trusted];
        this.candidates = candidates;
    }

    /// <summary>The size of the last checkpoint that held: entries behind it are not proved by any signature.</summary>
    public long Sealed { get; private set; }

    /// <summary>How many checkpoints held.</summary>
    public int Held { get; private set; }

    /// <summary>Told each leaf, after the tree has it.</summary>
    /// <returns>What does not hold, in a sentence; null where all does.</returns>
    public string? Append(LedgerLeaf leaf, MerkleTree tree)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(tree);
        if ((leaf.Checkpoint ?? 0) < named || leaf.Checkpoint > leaf.Sequence || (leaf.Checkpoint is long size && !sizes.Contains(size)))
        {
            return $"Entry {leaf.Sequence} names a checkpoint over {leaf.Checkpoint?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} entries, which is not there or not in order.";
        }

        named = leaf.Checkpoint ?? 0;
        if (leaf.Subject.Kind == LedgerSubject.SigningKey && leaf.After is FactDigest made && candidates.TryGetValue(made, out InstallationKey? key))
        {
            waiting.Add(key);
            vouched.Add(made);
        }

        foreach (string note in notes[tree.Size])
        {
            if (SignedCheckpoint.FaultOf(note, trusted, out TreeHead? head) is string fault)
            {
                return fault;
            }

            if (!tree.Root().AsSpan().SequenceEqual(head!.Root))
            {
                return $"The first {head.Size} entries do not have the root that was signed for them: something in them was changed.";
            }

            Held++;
            Sealed = tree.Size;
        }

        if (Sealed == tree.Size)
        {
            trusted.AddRange(waiting);
            waiting.Clear();
        }

        return null;
    }

    /// <summary>Told the end.</summary>
    /// <param name="size">How many leaves there were.</param>
    /// <returns>What does not hold; null where all does.</returns>
    public string? End(long size) => largest > size
        ? $"A checkpoint covers {largest} entries, but there are only {size}: the end of the ledger is gone."
        : candidates.Keys.Any(made => !vouched.Contains(made)) ? "A public key came with the ledger that no entry speaks of."
        : null;

    private static (long Size, string Note) Read(string note) => (TreeHead.Parse(SignedNote.Parse(note).Text).Size, note);
}
