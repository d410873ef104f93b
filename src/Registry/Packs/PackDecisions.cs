using System.Text.Json.Nodes;
using Governance.Registry.Keys;

namespace Governance.Registry.Packs;

/// <summary>The signed decisions of a pack. Pure.</summary>
internal static class PackDecisions
{
    /// <summary>The signature beside a decision, as JSON with the key's fingerprint and base64 of the DER signature.</summary>
    public static byte[] Signature(string key, byte[] signature) => Ledger.CanonicalJson.Serialize(
        new JsonObject { ["key"] = key, ["signature"] = Convert.ToBase64String(signature) });

    /// <summary>Checks that each is named by a fact and signed by a key that is trusted or vouched for.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="FormatException">One is not.</exception>
    public static int Check(Dictionary<string, byte[]> files, PackFacts facts, IReadOnlyList<InstallationKey> keys)
    {
        string[] paths = [.. files.Keys.Where(path => path.StartsWith("decisions/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal))];
        foreach (string path in paths)
        {
            JsonNode? signature = JsonNode.Parse(VerifyPack.Bytes(files, path[..^".json".Length] + ".sig"));
            string by = signature?["key"]?.GetValue<string>() ?? "";
            byte[] bytes = Convert.FromBase64String(signature?["signature"]?.GetValue<string>() ?? "");
            VerifyPack.Demand(facts.Names(VerifyPack.Sha256(files[path])), $"'{path}' is no decision that the ledger speaks of.");
            VerifyPack.Demand(
                keys.FirstOrDefault(key => key.Fingerprint.Hex == by) is InstallationKey key && key.Verify(files[path], bytes),
                $"The signature of '{path}' does not hold, or its key is not trusted.");
        }

        VerifyPack.Demand(
            files.Keys.Count(path => path.StartsWith("decisions/", StringComparison.Ordinal)) == 2 * paths.Length,
            "The pack's decisions and signatures do not belong together.");
        return paths.Length;
    }
}
