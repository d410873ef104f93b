using System.Text.Json.Nodes;
using Governance.Registry.Keys;

namespace Governance.Registry.Packs;

/// <summary>The signed decisions of a pack. Pure.</summary>
internal static class PackDecisions
{
    private const string Folder = "decisions/";

    /// <summary>The path of the document that a decision signed.</summary>
    public static string DocumentPath(string decision) => $"{Folder}{decision}.json";

    /// <summary>The path of its signature.</summary>
    public static string SignaturePath(string decision) => $"{Folder}{decision}.sig";

    /// <summary>The signature beside a decision, as JSON with the key's fingerprint and base64 of the DER signature.</summary>
    public static byte[] Signature(string key, byte[] signature) => Ledger.CanonicalJson.Serialize(
        new JsonObject { ["key"] = key, ["signature"] = Convert.ToBase64String(signature) });

    /// <summary>
    /// Checks that the pack holds the document of every decision that its facts speak of and no other, each the one that was
    /// sealed, with the signature that was sealed, by a key that is trusted or vouched for.
    /// </summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="FormatException">One is not.</exception>
    public static int Check(Dictionary<string, byte[]> files, PackFacts facts, IReadOnlyList<InstallationKey> keys)
    {
        IReadOnlyDictionary<string, JsonObject> decisions = facts.Decisions;
        foreach ((string id, JsonObject sealedRow) in decisions)
        {
            (string path, string beside) = (DocumentPath(id), SignaturePath(id));
            byte[] document = VerifyPack.Bytes(files, path);
            string by = sealedRow["key"]!.GetValue<string>();
            byte[] signature = Convert.FromHexString(sealedRow["signature"]!.GetValue<string>());
            VerifyPack.Demand(
                VerifyPack.Sha256(document) == sealedRow["document"]!.GetValue<string>(), $"'{path}' is not the document that the decision sealed.");
            VerifyPack.Demand(
                VerifyPack.Bytes(files, beside).AsSpan().SequenceEqual(Signature(by, signature)), $"'{beside}' is not the signature that the decision sealed.");
            VerifyPack.Demand(
                keys.FirstOrDefault(key => key.Fingerprint.Hex == by) is InstallationKey key && key.Verify(document, signature),
                $"The signature of '{path}' does not hold, or its key is not trusted.");
        }

        string? stray = files.Keys.FirstOrDefault(path => path.StartsWith(Folder, StringComparison.Ordinal)
            && !decisions.ContainsKey(path[Folder.Length..].Split('.')[0]));
        VerifyPack.Demand(stray is null, $"'{stray}' is no decision that the ledger speaks of.");
        VerifyPack.Demand(
            files.Keys.Count(path => path.StartsWith(Folder, StringComparison.Ordinal)) == 2 * decisions.Count,
            "The pack's decisions and signatures do not belong together.");
        return decisions.Count;
    }
}
