using Governance.Registry.Artifacts;
using Governance.Registry.Keys;

namespace Governance.Registry.Checkpoints;

/// <summary>What a witness answers.</summary>
/// <param name="Status">The status of HTTP that C2SP tlog-witness asks for.</param>
/// <param name="Body">Signature lines, the size that was seen, or a sentence.</param>
public sealed record WitnessAnswer(int Status, string Body);

/// <summary>A witness of one ledger: keeps the last checkpoint in a file and takes only one that the same log can have grown to.</summary>
/// <param name="path">The file; replaced whole, durably, before an answer is given.</param>
/// <param name="trusted">The ledger's public keys.</param>
/// <param name="keys">The witness's own key.</param>
/// <param name="name">The witness's name in its signature lines.</param>
/// <remarks>
/// As C2SP tlog-witness, but for the signature: ECDSA (note type 0x02) over the checkpoint's text, without a time, because
/// .NET has no Ed25519.
/// </remarks>
public sealed class WitnessState(string path, IReadOnlyList<InstallationKey> trusted, SigningKeys keys, string name) : IDisposable
{
    private readonly SemaphoreSlim oneWriter = new(1, 1);

    /// <summary>The note that was taken last; null before the first.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string? Last => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Judges a checkpoint, and takes it or not.</summary>
    /// <param name="body">Old size, consistency proof, empty line, signed note.</param>
    /// <param name="cancellationToken">Ends the waiting for another one.</param>
    public async Task<WitnessAnswer> AddAsync(string body, CancellationToken cancellationToken)
    {
        if (Read(body) is not (long old, byte[][] path, string note))
        {
            return new WitnessAnswer(400, "A request is an old size, hashes, an empty line and a signed checkpoint.\n");
        }

        if (SignedCheckpoint.FaultOf(note, trusted, out TreeHead? head) is string unsigned)
        {
            return new WitnessAnswer(403, unsigned + "\n");
        }

        await oneWriter.WaitAsync(cancellationToken);
        try
        {
            return Judge(old, path, note, head!);
        }
        finally
        {
            oneWriter.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneWriter.Dispose();

    private WitnessAnswer Judge(long old, byte[][] proof, string note, TreeHead head)
    {
        TreeHead? last = Last is string kept ? TreeHead.Parse(SignedNote.Parse(kept).Text) : null;
        if (last is not null && last.Origin != head.Origin)
        {
            return new WitnessAnswer(404, "This witness watches another ledger.\n");
        }

        if (old > head.Size)
        {
            return new WitnessAnswer(400, "The old size is larger than the checkpoint's.\n");
        }

        long seen = last?.Size ?? 0;
        if (old != seen)
        {
            return new WitnessAnswer(409, FormattableString.Invariant($"{seen}\n"));
        }

        byte[] root = last?.Root ?? new Ledger.MerkleTree().Root();
        if (!new ConsistencyProof(old, head.Size, proof).Verify(root, head.Root))
        {
            return new WitnessAnswer(422, $"The checkpoint contradicts the one over {seen} entries that was seen before.\n");
        }

        KeyRing.Replace(path, note);
        SignedNote own = SignedNote.Sign(SignedNote.Parse(note).Text, name, keys);
        return new WitnessAnswer(200, string.Concat(own.Signatures));
    }

    private static (long Old, byte[][] Path, string Note)? Read(string body)
    {
        int cut = body.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = cut < 0 ? [] : body[..cut].Split('\n');
        if (lines is not [string first, .. string[] hashes] || hashes.Length > 63 || !first.StartsWith("old ", StringComparison.Ordinal)
            || TreeHead.ReadSize(first[4..]) is not long old)
        {
            return null;
        }

        byte[]?[] path = [.. hashes.Select(SignedNote.ReadBase64)];
        return path.Any(hash => hash is null) ? null : (old, [.. path.OfType<byte[]>()], body[(cut + 2)..]);
    }
}
