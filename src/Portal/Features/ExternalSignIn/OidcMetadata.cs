using System.Text.Json;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0).</summary>
/// <param name="Issuer">As its tokens name it.</param>
/// <param name="Authorization">Where people sign in.</param>
/// <param name="Token">Where a code is exchanged.</param>
/// <param name="UserInfo">Where the claims of a person are.</param>
/// <param name="Keys">Where its public keys are.</param>
/// <param name="NamesItself">Whether its answers carry <c>iss</c> (RFC 9207).</param>
internal sealed record OidcMetadata(string Issuer, string Authorization, string Token, string UserInfo, string Keys, bool NamesItself)
{
    /// <summary>Reads the discovery document.</summary>
    /// <param name="document">The JSON object.</param>
    /// <param name="authority">The configured address: the document must be that provider's own (Discovery 4.3).</param>
    /// <exception cref="OidcFaultException">It is another provider's, or lacks what is needed.</exception>
    public static OidcMetadata Read(JsonElement document, string authority)
    {
        string issuer = Text(document, "issuer");
        if (issuer != authority)
        {
            throw new OidcFaultException($"The provider at {authority} says that it is {issuer}.");
        }

        foreach ((string member, string needed, string why) in ((string, string, string)[])
            [
                ("code_challenge_methods_supported", "S256", "PKCE with S256"),
                ("token_endpoint_auth_methods_supported", "client_secret_post", "a client's secret in the body (client_secret_post)"),
                ("response_types_supported", "code", "the code flow"),
            ])
        {
            if (document.TryGetProperty(member, out JsonElement list) && list.ValueKind == JsonValueKind.Array
                && !list.EnumerateArray().Any(each => each.ValueEquals(needed)))
            {
                throw new OidcFaultException($"The provider {issuer} does not support {why}.");
            }
        }

        return new OidcMetadata(
            issuer, Address(document, "authorization_endpoint"), Address(document, "token_endpoint"),
            Address(document, "userinfo_endpoint"), Address(document, "jwks_uri"),
            document.TryGetProperty("authorization_response_iss_parameter_supported", out JsonElement names) && names.ValueKind == JsonValueKind.True);
    }

    private static string Address(JsonElement document, string member) => Text(document, member) is string address && OidcAddress.IsSafe(address)
        ? address
        : throw new OidcFaultException($"The provider's {member} is no https address.");

    private static string Text(JsonElement document, string member) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(member, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new OidcFaultException($"The provider's discovery document says nothing of {member}.");
}
