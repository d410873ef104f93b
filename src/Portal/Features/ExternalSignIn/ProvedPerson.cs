using System.Security.Claims;
using System.Text.Json;
using Governance.Registry.ExternalSignIn;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>What a provider proved of a person, on its way from the handler to the sign-in: the claims of both answers.</summary>
internal static class ProvedPerson
{
    private const string Token = "oidc:token";
    private const string Info = "oidc:userinfo";

    /// <summary>Keeps the verified claims of the id token, and those of the user info, for this request.</summary>
    public static void Write(ClaimsIdentity identity, JsonElement token, JsonElement person)
    {
        identity.AddClaim(new Claim(Token, token.GetRawText(), "JSON"));
        identity.AddClaim(new Claim(Info, person.GetRawText(), "JSON"));
    }

    /// <summary>Reads the person in the registry's words.</summary>
    /// <param name="principal">Of the ticket.</param>
    /// <param name="settings">Where groups and names are, and what groups give.</param>
    /// <returns>The identity; how they proved it to the provider (<c>amr</c>); and whether their address is verified.</returns>
    public static (ExternalIdentity Identity, string Methods, bool IsVerified) Read(ClaimsPrincipal principal, OidcSettings settings)
    {
        JsonElement token = Parse(principal, Token);
        JsonElement person = Parse(principal, Info);
        bool verified = Either(token, person, "email_verified") is { } flag
            && (flag.ValueKind == JsonValueKind.True || (flag.ValueKind == JsonValueKind.String && flag.ValueEquals("true")));
        string? email = Text(token, person, "email") is { Length: > 2 and <= 256 } address && address.Contains('@', StringComparison.Ordinal) ? address : null;
        string[] groups = GroupsIn(token, settings.GroupsClaim) is { Length: > 0 } own ? own : GroupsIn(person, settings.GroupsClaim);
        ExternalIdentity identity = new(IdToken.Text(token, "iss")!, IdToken.Text(token, "sub")!, settings.RolesOf(groups))
        {
            UserName = Text(token, person, "preferred_username"),
            DisplayName = Text(token, person, settings.NameClaim),
            Email = verified ? email : null,
        };
        return (identity, string.Join(',', IdToken.Texts(token, "amr")), verified && email is not null);
    }

    // The claim by its own name, which may hold dots (it is often an address); else as a path.
    private static string[] GroupsIn(JsonElement claims, string claim)
    {
        if (claims.TryGetProperty(claim, out _))
        {
            return IdToken.Texts(claims, claim);
        }

        string[] path = claim.Split('.');
        JsonElement at = claims;
        foreach (string part in path[..^1])
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at))
            {
                return [];
            }
        }

        return at.ValueKind == JsonValueKind.Object ? IdToken.Texts(at, path[^1]) : [];
    }

    private static string? Text(JsonElement token, JsonElement person, string claim) => IdToken.Text(token, claim) ?? IdToken.Text(person, claim);

    private static JsonElement? Either(JsonElement token, JsonElement person, string claim) =>
        token.TryGetProperty(claim, out JsonElement value) || person.TryGetProperty(claim, out value) ? value : null;

    private static JsonElement Parse(ClaimsPrincipal principal, string type)
    {
        using JsonDocument document = JsonDocument.Parse(principal.FindFirstValue(type) ?? throw new InvalidOperationException("No provider proved this person."));
        return document.RootElement.Clone();
    }
}
