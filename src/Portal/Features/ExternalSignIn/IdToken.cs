using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>What a token must agree with.</summary>
/// <param name="Issuer">Who must have made it.</param>
/// <param name="ClientId">For whom.</param>
/// <param name="Nonce">The number that this portal gave the sign-in.</param>
/// <param name="AccessToken">The token that came with it; its hash is compared where the id token has one.</param>
internal sealed record IdTokenExpectation(string Issuer, string ClientId, string Nonce, string AccessToken);

/// <summary>Verifies the id token of a sign-in (OpenID Connect Core 3.1.3.7, RFC 7519, RFC 8725). Pure.</summary>
internal static class IdToken
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public const string Rs256 = "RS256";

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public const string Es256 = "ES256";

    /// <summary>How far clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private const int MostCharacters = 32 * 1024;
    private const int MostSubject = 255; // Core 2

    /// <summary>The key id in the header of a token; null where it names none or is no token.</summary>
    public static string? KeyIdOf(string token) =>
        token.Length <= MostCharacters && token.Split('.') is [string head, _, _] && Parse(head) is JsonElement header ? Text(header, "kid") : null;

    /// <summary>Judges a token.</summary>
    /// <param name="token">Compact form: header, claims, signature.</param>
    /// <param name="keys">The provider's public keys.</param>
    /// <param name="expected">What it must agree with.</param>
    /// <param name="now">The time.</param>
    public static IdTokenOutcome Verify(
        string token, IReadOnlyList<VerificationKey> keys, IdTokenExpectation expected, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(expected);
        if (token.Length > MostCharacters || token.Split('.') is not [string head, string body, string signed]
            || Parse(head) is not JsonElement header || Parse(body) is not JsonElement claims || Decode(signed) is not byte[] signature)
        {
            return Refused("malformed");
        }

        // The list of algorithms is ours; "none" and keyed hashes are not on it, whatever the header says.
        string? algorithm = Text(header, "alg");
        if (algorithm is not (Rs256 or Es256) || header.TryGetProperty("crit", out _))
        {
            return Refused("algorithm");
        }

        if (Text(header, "typ") is string type && !type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
        {
            return Refused("type");
        }

        string? id = Text(header, "kid");
        VerificationKey[] fitting = [.. keys.Where(key => key.Algorithm == algorithm && (id is null || key.Id == id))];
        if (fitting.Length == 0 || (id is null && fitting.Length > 1))
        {
            return Refused("unknown-key");
        }

        byte[] data = Encoding.ASCII.GetBytes($"{head}.{body}");
        return !fitting.Any(key => key.Verifies(data, signature)) ? Refused("signature")
            : FaultOf(claims, expected, now) is string fault ? Refused(fault)
            : new IdTokenOutcome.Valid(claims);
    }

    private static string? FaultOf(JsonElement claims, IdTokenExpectation expected, DateTimeOffset now)
    {
        string[] audiences = Texts(claims, "aud");
        return Text(claims, "iss") != expected.Issuer ? "issuer"
            : !audiences.Contains(expected.ClientId) ? "audience"
            : (audiences.Length > 1 || claims.TryGetProperty("azp", out _)) && Text(claims, "azp") != expected.ClientId ? "audience"
            : Time(claims, "exp") is not double expires || now - Skew >= At(expires) ? "expired"
            : Time(claims, "iat") is not double issued || now + Skew < At(issued) ? "not-yet"
            : claims.TryGetProperty("nbf", out _) && (Time(claims, "nbf") is not double begins || now + Skew < At(begins)) ? "not-yet"
            : !Same(Text(claims, "nonce"), expected.Nonce) ? "nonce"
            : Text(claims, "sub") is not { Length: > 0 and <= MostSubject } ? "subject"
            : claims.TryGetProperty("at_hash", out _) && !Same(Text(claims, "at_hash"), HashOf(expected.AccessToken)) ? "access-token"
            : null;
    }

    // Core 3.1.3.6: the left half of the hash of the access token.
    private static string HashOf(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private static bool Same(string? one, string other) =>
        one is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    // A number beyond all calendars is cut, not an exception.
    private static DateTimeOffset At(double seconds) =>
        DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds, 0, 253_402_300_000));

    private static double? Time(JsonElement claims, string member) =>
        claims.TryGetProperty(member, out JsonElement time) && time.ValueKind == JsonValueKind.Number ? time.GetDouble() : null;

    /// <summary>The texts of a claim that is one text or a list of them; none where it is neither.</summary>
    public static string[] Texts(JsonElement claims, string member) => !claims.TryGetProperty(member, out JsonElement value) ? []
        : value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)],
            _ => [],
        };

    /// <summary>The text of a claim; null where there is none.</summary>
    public static string? Text(JsonElement claims, string member) =>
        claims.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Parse(string part)
    {
        if (Decode(part) is not byte[] bytes)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // RFC 7515 2: without padding and without anything between.
    private static byte[]? Decode(string part)
    {
        if (part.Length == 0 || !part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || part.Length % 4 == 1)
        {
            return null;
        }

        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IdTokenOutcome.Refused Refused(string fault) => new(fault);
}

/// <summary>What came of verifying a token.</summary>
internal abstract record IdTokenOutcome
{
    private IdTokenOutcome()
    {
    }

    /// <summary>It is the provider's, for this portal, for this sign-in, and in time.</summary>
    public sealed record Valid(JsonElement Claims) : IdTokenOutcome;

    /// <summary>It is not.</summary>
    /// <param name="Fault">
    /// malformed, algorithm, type, unknown-key, signature, issuer, audience, expired, not-yet, nonce, subject or access-token.
    /// </param>
    public sealed record Refused(string Fault) : IdTokenOutcome;
}
