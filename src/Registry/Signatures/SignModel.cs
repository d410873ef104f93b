using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Signatures;

/// <summary>Makes a detached signature over a model file: what OpenSSF model signing 1.0 writes with a bare key.</summary>
public static class SignModel
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Signs.</summary>
    /// <param name="name">The file's name, without its folder.</param>
    /// <param name="file">The file's digest.</param>
    /// <param name="key">A private key on P-256, P-384 or P-521.</param>
    /// <returns>The signature file: a sigstore bundle as JSON.</returns>
    /// <exception cref="FormatException">The key has no private half, or another curve.</exception>
    public static byte[] Run(string name, ArtifactDigest file, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(key);
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["_type"] = SignedStatement.StatementType,
                ["subject"] = new JsonArray(new JsonObject
                {
                    ["name"] = name,
                    ["digest"] = new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(file.Hex))) },
                }),
                ["predicateType"] = SignedStatement.PredicateType,
                ["predicate"] = new JsonObject
                {
                    ["serialization"] = new JsonObject { ["method"] = "files", ["hash_type"] = "sha256", ["allow_symlinks"] = false },
                    ["resources"] = new JsonArray(new JsonObject
                    {
                        ["name"] = ".", ["algorithm"] = "sha256", ["digest"] = file.Hex,
                    }),
                },
            },
            Json);
        byte[] signature;
        try
        {
            signature = key.SignData(SignedStatement.Pae(payload), SigningKey.HashOf(key), DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException fault)
        {
            throw new FormatException("The key file holds no private key.", fault);
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["mediaType"] = SignedStatement.MediaType,
                ["verificationMaterial"] = new JsonObject
                {
                    ["publicKey"] = new JsonObject { ["hint"] = SigningKey.FingerprintOf(key).Hex },
                    ["tlogEntries"] = new JsonArray(),
                },
                ["dsseEnvelope"] = new JsonObject
                {
                    ["payload"] = Convert.ToBase64String(payload),
                    ["payloadType"] = SignedStatement.PayloadType,
                    ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(signature), ["keyid"] = "" }),
                },
            },
            Json);
    }
}
