using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>A public key of a provider (RFC 7517): RSA for RS256, or P-256 for ES256, and nothing else.</summary>
internal sealed class VerificationKey
{
    private const int LeastRsaBits = 2048; // RFC 7518 3.3
    private const int MostRsaBits = 8192; // beyond it a signature takes long enough to be a burden
    private const int CoordinateBytes = 32; // P-256, RFC 7518 6.2.1.2

    private readonly RSAParameters? rsa;
    private readonly ECParameters? ec;

    private VerificationKey(string? id, RSAParameters? rsa, ECParameters? ec)
    {
        Id = id;
        this.rsa = rsa;
        this.ec = ec;
    }

    /// <summary>The key's id; null where the provider names none.</summary>
    public string? Id { get; }

    /// <summary>The one algorithm that it is used with: the key decides, never the token alone.</summary>
    public string Algorithm => rsa is null ? IdToken.Es256 : IdToken.Rs256;

    /// <summary>The keys of a set that can verify a token; others (for encryption, of other kinds) are passed over.</summary>
    /// <exception cref="OidcFaultException">It is no key set.</exception>
    public static IReadOnlyList<VerificationKey> ReadAll(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out JsonElement keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Select(Read).OfType<VerificationKey>()]
            : throw new OidcFaultException("The provider's key set holds no keys.");

    /// <summary>Whether a signature over bytes was made with this key.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (rsa is RSAParameters modulus)
        {
            using RSA key = RSA.Create(modulus);
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using ECDsa curve = ECDsa.Create(ec!.Value);
        return signature.Length == 2 * CoordinateBytes
            && curve.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static VerificationKey? Read(JsonElement key)
    {
        if (Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        try
        {
            VerificationKey? read = Text(key, "kty") switch
            {
                "RSA" => ReadRsa(key),
                "EC" when Text(key, "crv") == "P-256" => ReadEc(key),
                _ => null,
            };
            return read is not null && Text(key, "alg") is string algorithm && algorithm != read.Algorithm ? null : read;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static VerificationKey? ReadRsa(JsonElement key)
    {
        RSAParameters parameters = new() { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
        using RSA tried = RSA.Create(parameters);
        return tried.KeySize is >= LeastRsaBits and <= MostRsaBits ? new VerificationKey(Text(key, "kid"), parameters, null) : null;
    }

    private static VerificationKey? ReadEc(JsonElement key)
    {
        ECParameters parameters = new()
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") },
        };
        using ECDsa tried = ECDsa.Create(parameters); // refuses a point that is not on the curve
        return new VerificationKey(Text(key, "kid"), null, parameters);
    }

    private static byte[] Bytes(JsonElement key, string member) =>
        Base64Url.DecodeFromChars(Text(key, member) ?? throw new FormatException($"The key has no {member}."));

    private static string? Text(JsonElement key, string member) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty(member, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
