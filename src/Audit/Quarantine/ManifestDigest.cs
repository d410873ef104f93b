using System.Text.Json;
using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>Compares a model with the digest that its manifest names: the one sign of a file that was changed and still runs.</summary>
internal static class ManifestDigest
{
    /// <summary>The comparison as a check; null where the encoding names no digest of a model file.</summary>
    /// <param name="encoding">An encoding or a manifest, as JSON.</param>
    /// <param name="sha256">The file's own, lower-case hex.</param>
    public static ModelCheck? Check(byte[]? encoding, string sha256)
    {
        if (encoding is null || Named(encoding) is not string named)
        {
            return null;
        }

        return string.Equals(named, sha256, StringComparison.OrdinalIgnoreCase)
            ? new ModelCheck("digest", true, "The file is the one that the manifest names by its SHA-256.")
            : new ModelCheck("digest", false, $"The file is not the one that the manifest names: its SHA-256 begins {sha256[..12]}, the manifest's {named[..12].ToLowerInvariant()}.");
    }

    private static string? Named(byte[] encoding)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(encoding, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("sha256", out JsonElement value)
                && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 64 } text && text.All(char.IsAsciiHexDigit)
                ? text
                : null;
        }
        catch (JsonException)
        {
            // What is wrong with the encoding is told where it is read.
            return null;
        }
    }
}
