using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Storage;

namespace Governance.Registry.Tests.Checkpoints;

public sealed class SignedNoteTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-keys-");
    private readonly SigningKeys keys;

    public SignedNoteTests() => keys = new SigningKeys(new RegistryOptions
    {
        DataFolder = Path.Combine(folder.FullName, "data"), SigningKeyFolder = Path.Combine(folder.FullName, "keys"),
    });

    public void Dispose()
    {
        keys.Dispose();
        folder.Delete(recursive: true);
    }

    // C2SP signed-note: em dash, name, base64 of key id and signature; ECDSA's key id is SHA-256 of the DER key, cut to four bytes.
    [Fact]
    public void A_checkpoint_is_three_lines_and_a_signature_line_that_openssl_would_verify()
    {
        byte[] root = SHA256.HashData("root"u8);
        string note = SignedNote.Sign(new TreeHead("example.com/log", 42, root).ToText(), "example.com/log", keys).ToString();

        string[] lines = note.Split('\n');
        Assert.Equal(["example.com/log", "42", Convert.ToBase64String(root), ""], lines[..4]);
        Assert.StartsWith("\u2014 example.com/log ", lines[4], StringComparison.Ordinal);
        byte[] bytes = Convert.FromBase64String(lines[4].Split(' ')[2]);
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(keys.Current.Pem);
        Assert.Equal(SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4], bytes[..4]);
        Assert.True(key.VerifyData(
            Encoding.UTF8.GetBytes($"example.com/log\n42\n{Convert.ToBase64String(root)}\n"), bytes[4..], HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence));
        Assert.Null(SignedCheckpoint.FaultOf(note, [keys.Current], out TreeHead? head));
        Assert.Equal((42L, "example.com/log"), (head!.Size, head.Origin));
        Assert.Equal(note, SignedNote.Parse(note).ToString());
    }

    [Fact]
    public void Every_flipped_bit_of_a_note_is_found()
    {
        byte[] note = Encoding.UTF8.GetBytes(Note(7));
        for (int bit = 0; bit < note.Length * 8; bit += 3)
        {
            byte[] other = [.. note];
            other[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotNull(SignedCheckpoint.FaultOf(Encoding.UTF8.GetString(other), [keys.Current], out _));
        }
    }

    [Fact]
    public void Trailing_preceding_and_missing_text_is_found()
    {
        string note = Note(7);
        foreach (string other in (string[])
            [
                note + "x", note + "\n", "\n" + note, " " + note, note[..^1], note[1..], note.Replace("\n7\n", "\n07\n"), note.Replace("\n7\n", "\n+7\n"),
                note.Replace("\n7\n", "\n7 \n"), note.Replace("\n\n", "\n"), note.Replace("\n", "\r\n"), note.Replace('\u2014', '-'), "", "\n\n", "x",
            ])
        {
            Assert.NotNull(SignedCheckpoint.FaultOf(other, [keys.Current], out _));
        }
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_passed_over_and_a_wrong_one_of_a_known_key_refuses_the_note()
    {
        string note = Note(7);
        string stranger = new NoteSignature("example.com/log", RandomNumberGenerator.GetBytes(76)).ToString();
        NoteSignature own = SignedNote.Parse(note).Signatures[0];
        string forged = new NoteSignature(own.Name, [.. own.Bytes[..4], .. RandomNumberGenerator.GetBytes(70)]).ToString();
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Null(SignedCheckpoint.FaultOf(note + stranger, [keys.Current], out _));
        Assert.Null(SignedCheckpoint.FaultOf(note + string.Concat(Enumerable.Repeat(stranger, 15)), [keys.Current], out _));
        Assert.Contains("not its key's", SignedCheckpoint.FaultOf(note + forged, [keys.Current], out _));
        Assert.Contains("not signed by a trusted key", SignedCheckpoint.FaultOf(note, [InstallationKey.Of(other)], out _));
    }

    [Fact]
    public void A_file_of_notes_is_cut_into_its_notes()
    {
        string[] notes = [Note(1), Note(2) + new NoteSignature("witness", RandomNumberGenerator.GetBytes(76)), Note(3)];

        Assert.Equal(notes, SignedCheckpoint.Split(string.Concat(notes)));
        Assert.Equal([.. notes, "governance"], SignedCheckpoint.Split(string.Concat(notes) + "governance"));
    }

    [Fact]
    public void A_proof_file_reads_back_and_refuses_what_was_put_to_it()
    {
        byte[] leaf = Governance.Registry.Ledger.MerkleTree.HashLeaf("a"u8);
        byte[] other = Governance.Registry.Ledger.MerkleTree.HashLeaf("b"u8);
        byte[] root = Governance.Registry.Ledger.MerkleTree.HashNode(leaf, other);
        string text = new TlogProof(new InclusionProof(0, 2, [other]), SignedNote.Sign(new TreeHead("log", 2, root).ToText(), "log", keys).ToString()).ToString();

        Assert.StartsWith($"c2sp.org/tlog-proof@v1\nindex 0\n{Convert.ToBase64String(other)}\n\nlog\n2\n", text, StringComparison.Ordinal);
        Assert.Null(TlogProof.Parse(text).FaultOf(leaf, [keys.Current]));
        Assert.NotNull(TlogProof.Parse(text).FaultOf(other, [keys.Current]));
        for (int bit = 0; bit < Encoding.UTF8.GetByteCount(text) * 8; bit += 3)
        {
            byte[] spoilt = Encoding.UTF8.GetBytes(text);
            spoilt[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Holds(Encoding.UTF8.GetString(spoilt), leaf));
        }

        foreach (string spoilt in (string[])[text + "x", text + "\n", "\n" + text, text[..^1], text.Replace("index 0", "index 00"), text.Replace("index 0\n", "index 0\n\n")])
        {
            Assert.False(Holds(spoilt, leaf));
        }
    }

    private bool Holds(string text, byte[] leaf)
    {
        try
        {
            return TlogProof.Parse(text).FaultOf(leaf, [keys.Current]) is null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private string Note(long size) =>
        SignedNote.Sign(new TreeHead("example.com/log", size, SHA256.HashData("root"u8)).ToText(), "example.com/log", keys).ToString();
}
