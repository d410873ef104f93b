using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Registry.Packs;

/// <summary>Verifies an evidence pack with nothing but the public key, and a checkpoint that somebody kept. Pure: no database, no network.</summary>
/// <remarks>
/// From the outside in: the zip to its last byte, the manifest's signature, every file's digest, the checkpoint's signature,
/// each entry's proof, the facts behind the entries, the decisions' signatures. What a key inside the pack signed counts only if
/// an entry under the signed root speaks of that key.
/// </remarks>
public static class VerifyPack
{
    /// <summary>Verifies.</summary>
    /// <param name="zip">The pack.</param>
    /// <param name="trusted">The keys that the verifier was given elsewhere; at least one.</param>
    /// <param name="kept">Signed checkpoints that the verifier kept.</param>
    public static PackVerdict Run(ReadOnlySpan<byte> zip, IReadOnlyList<InstallationKey> trusted, IReadOnlyList<string> kept)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        ArgumentNullException.ThrowIfNull(kept);
        try
        {
            return Checked(PackFile.Read(zip), trusted, kept);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or DecoderFallbackException)
        {
            return new PackVerdict.DoesNotHold(fault is FormatException ? fault.Message : "A file of the pack is not what it should be.");
        }
    }

    private static PackVerdict Checked(Dictionary<string, byte[]> files, IReadOnlyList<InstallationKey> trusted, IReadOnlyList<string> kept)
    {
        string note = Text(files, "checkpoint.note");
        if (SignedCheckpoint.FaultOf(note, trusted, out TreeHead? head) is string fault)
        {
            return new PackVerdict.DoesNotHold(fault);
        }

        Dictionary<long, LedgerLeaf> leaves = Leaves(files, note, head!);
        PackFacts facts = PackFacts.Read(files, leaves);
        InstallationKey[] keys = [.. trusted, .. facts.Keys];
        CheckManifest(files, head!.Origin, keys);
        CheckNames(files, facts);
        int decisions = PackDecisions.Check(files, facts, keys);
        List<string> notes = [];
        foreach (string each in kept)
        {
            CheckKept(files, each, head, keys, notes);
        }

        if (files.Keys.Any(path => path.EndsWith(".masked.json", StringComparison.Ordinal)))
        {
            notes.Add("Evidence was masked for whoever took the pack: the sealed documents are named by their digests and are not in it.");
        }

        return new PackVerdict.Holds(head.Origin, head.Size, Convert.ToHexStringLower(head.Root), files.Count, leaves.Count, decisions, notes);
    }

    private static Dictionary<long, LedgerLeaf> Leaves(Dictionary<string, byte[]> files, string note, TreeHead head)
    {
        Dictionary<long, LedgerLeaf> leaves = [];
        foreach (string path in files.Keys.Where(path => path.StartsWith("leaves/", StringComparison.Ordinal)))
        {
            string name = path["leaves/".Length..].Replace(".json", "", StringComparison.Ordinal);
            string text = Text(files, path);
            LedgerLeaf leaf = LedgerLeaf.Parse(text);
            TlogProof proof = TlogProof.Parse(Text(files, $"proofs/{name}.tlog-proof"));
            Demand(
                leaf.ToText() == text && name == leaf.Sequence.ToString(CultureInfo.InvariantCulture) && proof.Checkpoint == note
                    && proof.Inclusion.Index == leaf.Sequence && proof.Inclusion.Size == head.Size
                    && proof.Inclusion.Verify(MerkleTree.HashLeaf(files[path]), head.Root),
                $"Entry {name} does not stand in the ledger that was signed.");
            leaves.Add(leaf.Sequence, leaf);
        }

        Demand(leaves.Count > 0 && files.Keys.Count(path => path.StartsWith("proofs/", StringComparison.Ordinal)) == leaves.Count,
            "The pack's entries and proofs do not belong together.");
        return leaves;
    }

    private static void CheckManifest(Dictionary<string, byte[]> files, string origin, InstallationKey[] keys)
    {
        byte[] manifest = Bytes(files, PackManifest.FilePath);
        SignedNote signed = SignedNote.Parse(Text(files, PackManifest.NotePath));
        Demand(
            signed.Text == PackManifest.SignedText(FactDigest.Of(manifest)) && signed.Signers(origin, keys) is { Count: > 0 },
            "The manifest is not the one that the installation signed.");

        Dictionary<string, byte[]> named = files.Where(file => file.Key is not (PackManifest.FilePath or PackManifest.NotePath)).ToDictionary();
        if (PackManifest.Write(origin, named).AsSpan().SequenceEqual(manifest))
        {
            return;
        }

        Dictionary<string, string> said = JsonDocument.Parse(manifest).RootElement.GetProperty("files").EnumerateArray()
            .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("sha256").GetString()!);
        string first = named.Keys.Union(said.Keys).Order(StringComparer.Ordinal).FirstOrDefault(
            path => !named.TryGetValue(path, out byte[]? bytes) || !said.TryGetValue(path, out string? digest) || digest != Sha256(bytes)) ?? PackManifest.FilePath;
        throw new FormatException($"'{first}' is not what the signed manifest says: it was changed, added or taken out.");
    }

    // Files that are named by their digest have it, and the facts speak of it.
    private static void CheckNames(Dictionary<string, byte[]> files, PackFacts facts)
    {
        foreach (string path in files.Keys.Where(path => path.StartsWith("evidence/", StringComparison.Ordinal)))
        {
            string digest = path["evidence/".Length..].Split('.')[0];
            bool masked = path.EndsWith(".masked.json", StringComparison.Ordinal);
            Demand(facts.Names(digest) && (masked || Sha256(files[path]) == digest), $"'{path}' is not evidence that the ledger speaks of.");
        }
    }

    private static void CheckKept(Dictionary<string, byte[]> files, string note, TreeHead head, InstallationKey[] keys, List<string> notes)
    {
        Demand(SignedCheckpoint.FaultOf(note, keys, out TreeHead? old) is null, "The checkpoint that you kept is not signed by a key that is trusted here.");
        if (old!.Origin != head.Origin)
        {
            throw new FormatException("The checkpoint that you kept is of another ledger.");
        }

        if (old.Size == head.Size)
        {
            Demand(old.Root.AsSpan().SequenceEqual(head.Root), "The ledger was rewritten: the checkpoint that you kept has another root.");
        }
        else if (files.ContainsKey(ConsistencyPath(old.Size)))
        {
            byte[][] path = [.. Text(files, ConsistencyPath(old.Size)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => SignedNote.ReadBase64(line) ?? throw new FormatException("A hash of a consistency proof is none."))];
            Demand(
                new ConsistencyProof(old.Size, head.Size, path).Verify(old.Root, head.Root),
                $"The ledger was rewritten: its first {old.Size} entries are not those of the checkpoint that you kept.");
        }
        else
        {
            notes.Add($"The checkpoint that you kept covers {old.Size} entries, the pack's {head.Size}, and the pack has no proof between them: take a newer pack, or verify an export of the ledger.");
        }
    }

    /// <summary>The path of the proof that the ledger of a size is the beginning of the pack's.</summary>
    internal static string ConsistencyPath(long size) => $"consistency/{size.ToString(CultureInfo.InvariantCulture)}.txt";

    internal static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static byte[] Bytes(Dictionary<string, byte[]> files, string path) =>
        files.GetValueOrDefault(path) ?? throw new FormatException($"The pack lacks '{path}'.");

    internal static string Text(Dictionary<string, byte[]> files, string path) => Strict.GetString(Bytes(files, path));

    internal static void Demand(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new FormatException(sentence);
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
