using System.Globalization;
using System.Text;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Registry.Checkpoints;

/// <summary>A proof that stands for itself: an inclusion proof with the signed checkpoint it leads to. Source: C2SP tlog-proof v1.</summary>
/// <param name="Inclusion">Of which entry.</param>
/// <param name="Checkpoint">The signed note; its size is the proof's.</param>
public sealed record TlogProof(InclusionProof Inclusion, string Checkpoint)
{
    /// <summary>The first line.</summary>
    public const string Header = "c2sp.org/tlog-proof@v1";

    private const string Index = "index ";
    private const int MostHashes = 63;

    /// <summary>The proof as text, for a file that ends in .tlog-proof.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Header).Append('\n').Append(Index).Append(Inclusion.Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (byte[] hash in Inclusion.Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Reads a proof.</summary>
    /// <exception cref="FormatException">It is none; one sentence. Extra data is refused: nothing of ours has any.</exception>
    public static TlogProof Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int cut = text.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = cut < 0 ? [] : text[..cut].Split('\n');
        if (lines is not [Header, string second, .. string[] hashes] || hashes.Length > MostHashes
            || !second.StartsWith(Index, StringComparison.Ordinal) || TreeHead.ReadSize(second[Index.Length..]) is not long index)
        {
            throw new FormatException("It is no proof of the form tlog-proof v1.");
        }

        byte[][] path = [.. hashes.Select(hash => SignedNote.ReadBase64(hash) is { Length: MerkleTree.HashLength } bytes
            ? bytes : throw new FormatException("A hash of the proof is none."))];
        string note = text[(cut + 2)..];
        return new TlogProof(new InclusionProof(index, TreeHead.Parse(SignedNote.Parse(note).Text).Size, path), note);
    }

    /// <summary>Why the proof does not hold for a leaf; null where it does.</summary>
    /// <param name="leafHash">SHA-256(0x00 ‖ leaf).</param>
    /// <param name="keys">The keys that are trusted.</param>
    public string? FaultOf(ReadOnlySpan<byte> leafHash, IEnumerable<InstallationKey> keys) =>
        SignedCheckpoint.FaultOf(Checkpoint, keys, out TreeHead? head) is string fault ? fault
        : head!.Size != Inclusion.Size || !Inclusion.Verify(leafHash, head.Root) ? $"The proof of entry {Inclusion.Index} does not lead to the signed root."
        : null;
}
