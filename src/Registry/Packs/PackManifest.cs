using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Governance.Registry.Ledger;

namespace Governance.Registry.Packs;

/// <summary>What a pack says of its files: <c>manifest.json</c>, and the text that <c>manifest.note</c> signs.</summary>
public static class PackManifest
{
    /// <summary>The name of this form, and the first line of the signed text.</summary>
    public const string Schema = "governance/pack/1";

    /// <summary>The manifest's own path.</summary>
    public const string FilePath = "manifest.json";

    /// <summary>The path of the signed note.</summary>
    public const string NotePath = "manifest.note";

    /// <summary>The manifest of files: canonical JSON with the SHA-256 and length of each.</summary>
    /// <param name="origin">The ledger's origin, as checkpoints name it.</param>
    /// <param name="files">All files of the pack but manifest and note.</param>
    public static byte[] Write(string origin, IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return CanonicalJson.Serialize(new JsonObject
        {
            ["schema"] = Schema,
            ["origin"] = origin,
            ["files"] = new JsonArray(
            [
                .. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (JsonNode)new JsonObject
                {
                    ["path"] = file.Key,
                    ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file.Value)),
                    ["bytes"] = file.Value.Length,
                }),
            ]),
        });
    }

    /// <summary>The text that is signed for a manifest.</summary>
    public static string SignedText(FactDigest manifest) => $"{Schema}\n{manifest.Hex}\n";
}
