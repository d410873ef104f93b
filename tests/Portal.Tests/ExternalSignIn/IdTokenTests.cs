using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Portal.Features.ExternalSignIn;

namespace Governance.Portal.Tests.ExternalSignIn;

/// <summary>ASVS 9.1.1 to 9.2.4: tokens that an attacker could make, and what is wrong with each.</summary>
public sealed class IdTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly IdTokenExpectation Expected = new("https://id.example.test", "governance", "n-0S6_WzA2Mj", "access");

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public void Accepts_what_the_provider_signed(string algorithm)
    {
        IdTokenOutcome.Valid valid = Assert.IsType<IdTokenOutcome.Valid>(Judge(Sign(Claims(), algorithm)));

        Assert.Equal("lena", IdToken.Text(valid.Claims, "sub"));
    }

    // The example of RFC 7515, appendix A.3, made by its authors: an ES256 signature with its public key.
    [Fact]
    public void Verifies_the_signature_of_the_standards_example()
    {
        const string Token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
            + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        IReadOnlyList<VerificationKey> keys = VerificationKey.ReadAll(JsonDocument.Parse("""
            {"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
            """).RootElement);

        // Everything but the signature is wrong for us: the first other fault is that of the issuer.
        Assert.Equal("issuer", Assert.IsType<IdTokenOutcome.Refused>(IdToken.Verify(Token, keys, Expected, Now)).Fault);
        Assert.Equal("signature", Assert.IsType<IdTokenOutcome.Refused>(IdToken.Verify(Token[..^4] + "AAAA", keys, Expected, Now)).Fault);
    }

    [Fact]
    public void Refuses_tokens_without_a_signature_or_with_one_of_another_kind()
    {
        string body = Encode(Claims());
        string none = $"{Encode(new JsonObject { ["alg"] = "none" })}.{body}.";
        string hashed = $"{Encode(new JsonObject { ["alg"] = "HS256", ["kid"] = "rsa" })}.{body}";
        byte[] publicKey = Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem());
        string confused = $"{hashed}.{Base64Url.EncodeToString(HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(hashed)))}";

        Assert.Equal("malformed", FaultOf(none));
        Assert.Equal("algorithm", FaultOf(none + "AAAA"));
        Assert.Equal("algorithm", FaultOf(confused));
        Assert.Equal("algorithm", FaultOf(Sign(Claims(), "RS256", header => header["alg"] = "PS256")));
        Assert.Equal("unknown-key", FaultOf(Sign(Claims(), "RS256", header => header["alg"] = "ES256")));
        Assert.Equal("algorithm", FaultOf(Sign(Claims(), "RS256", header => header["crit"] = new JsonArray("exp"))));
        Assert.Equal("type", FaultOf(Sign(Claims(), "RS256", header => header["typ"] = "at+jwt")));
    }

    [Fact]
    public void Refuses_another_key_and_a_changed_claim()
    {
        using RSA other = RSA.Create(2048);
        string[] parts = Sign(Claims(), "RS256").Split('.');
        JsonObject raised = Claims();
        raised["groups"] = new JsonArray("admins");

        Assert.Equal("signature", FaultOf(Sign(Claims(), "RS256", key: other)));
        Assert.Equal("signature", FaultOf($"{parts[0]}.{Encode(raised)}.{parts[2]}"));
        Assert.Equal("signature", FaultOf($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[256])}"));
        Assert.Equal("signature", FaultOf($"{Sign(Claims(), "ES256")[..^86]}{Base64Url.EncodeToString(new byte[64])}"));
        Assert.Equal("unknown-key", FaultOf(Sign(Claims(), "RS256", header => header["kid"] = "other")));
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example.test\"", "issuer")]
    [InlineData("iss", "\"https://id.example.test/\"", "issuer")]
    [InlineData("iss", "null", "issuer")]
    [InlineData("aud", "\"other-client\"", "audience")]
    [InlineData("aud", "[\"other-client\"]", "audience")]
    [InlineData("aud", "[\"governance\", \"other-client\"]", "audience")]
    [InlineData("aud", "null", "audience")]
    [InlineData("azp", "\"other-client\"", "audience")]
    [InlineData("exp", "1772355540", "expired")]
    [InlineData("exp", "\"9999999999\"", "expired")]
    [InlineData("exp", "null", "expired")]
    [InlineData("exp", "-1e300", "expired")]
    [InlineData("iat", "1772355661", "not-yet")]
    [InlineData("iat", "null", "not-yet")]
    [InlineData("nbf", "1772355661", "not-yet")]
    [InlineData("nbf", "\"soon\"", "not-yet")]
    [InlineData("nonce", "\"n-0S6_WzA2Mk\"", "nonce")]
    [InlineData("nonce", "null", "nonce")]
    [InlineData("sub", "\"\"", "subject")]
    [InlineData("sub", "17", "subject")]
    [InlineData("at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", "access-token")]
    public void Refuses_a_signed_token_with(string claim, string json, string fault)
    {
        JsonObject claims = Claims();
        claims[claim] = JsonNode.Parse(json);

        Assert.Equal(fault, FaultOf(Sign(claims, "RS256")));
    }

    [Fact]
    public void Accepts_several_audiences_for_this_client_clocks_that_differ_and_the_right_hash()
    {
        JsonObject claims = Claims();
        claims["aud"] = new JsonArray("governance", "another");
        claims["azp"] = "governance";
        claims["exp"] = Now.ToUnixTimeSeconds() - 59;
        claims["iat"] = Now.ToUnixTimeSeconds() + 59;
        claims["at_hash"] = Base64Url.EncodeToString(SHA256.HashData("access"u8).AsSpan(0, 16));

        Assert.IsType<IdTokenOutcome.Valid>(Judge(Sign(claims, "ES256")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.AA==")]
    [InlineData("e30.W10.AAAA")]
    [InlineData("eyJhIjoxLCJhIjoyfQ.e30.AAAA")]
    public void Refuses_what_is_no_token(string token) => Assert.Equal("malformed", FaultOf(token));

    [Fact]
    public void Refuses_more_than_32_KiB_before_looking_at_it() => Assert.Equal("malformed", FaultOf(new string('A', 40_000) + ".e30.AAAA"));

    [Fact]
    public void Passes_over_keys_that_are_weak_for_encryption_or_not_on_the_curve()
    {
        using RSA weak = RSA.Create(1024);
        JsonObject set = new()
        {
            ["keys"] = new JsonArray(
                RsaKey(weak, "weak"), With(RsaKey(Rsa, "enc"), "use", "enc"), With(RsaKey(Rsa, "ps"), "alg", "PS256"),
                With(EcKey(), "x", Base64Url.EncodeToString(new byte[32])), new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }, RsaKey(Rsa, "good")),
        };

        Assert.Equal(["good"], VerificationKey.ReadAll(JsonDocument.Parse(set.ToJsonString()).RootElement).Select(key => key.Id));
    }

    private static JsonObject Claims() => new()
    {
        ["iss"] = Expected.Issuer, ["aud"] = Expected.ClientId, ["sub"] = "lena", ["nonce"] = Expected.Nonce,
        ["iat"] = Now.ToUnixTimeSeconds(), ["exp"] = Now.ToUnixTimeSeconds() + 300,
    };

    private static string Sign(JsonObject claims, string algorithm, Action<JsonObject>? change = null, RSA? key = null)
    {
        JsonObject header = new() { ["alg"] = algorithm, ["kid"] = algorithm == "RS256" ? "rsa" : "ec", ["typ"] = "JWT" };
        change?.Invoke(header);
        string data = $"{Encode(header)}.{Encode(claims)}";
        byte[] bytes = Encoding.ASCII.GetBytes(data);
        byte[] signature = algorithm == "RS256"
            ? (key ?? Rsa).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : Ec.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{data}.{Base64Url.EncodeToString(signature)}";
    }

    private static IdTokenOutcome Judge(string token)
    {
        JsonObject set = new() { ["keys"] = new JsonArray(RsaKey(Rsa, "rsa"), EcKey()) };
        return IdToken.Verify(token, VerificationKey.ReadAll(JsonDocument.Parse(set.ToJsonString()).RootElement), Expected, Now);
    }

    private static string FaultOf(string token) => Assert.IsType<IdTokenOutcome.Refused>(Judge(token)).Fault;

    private static JsonObject RsaKey(RSA key, string id)
    {
        RSAParameters parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA", ["kid"] = id, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    private static JsonObject EcKey()
    {
        ECParameters parameters = Ec.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "ec",
            ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
        };
    }

    private static JsonObject With(JsonObject key, string member, string value)
    {
        key[member] = value;
        return key;
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
