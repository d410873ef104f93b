using System.Security.Claims;
using Governance.Registry.Tokens;

namespace Governance.Portal.Security;

/// <summary>What the principal of the scheme "token" says beside the account's id, names and roles.</summary>
internal static class TokenClaims
{
    /// <summary>The scheme, and the authentication type of its identities.</summary>
    public const string Scheme = "token";

    /// <summary>The id of the token; there is one on every request that a token authorised, and on no other.</summary>
    public const string Token = "governance:token";

    /// <summary>One for each scope.</summary>
    public const string Scope = "governance:scope";

    /// <summary>One for each model that the token is limited to; none where it is not limited.</summary>
    public const string Model = "governance:models";

    /// <summary>Whether a token sent this request, and no browser's session.</summary>
    public static bool IsToken(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Token);

    /// <summary>Whether the caller's token allows a use; a session allows all of them.</summary>
    public static bool MayUse(this ClaimsPrincipal user, TokenScope scope) =>
        !user.IsToken() || user.HasClaim(Scope, scope.ToString());

    /// <summary>Whether the caller's token allows a model; a session, and a token without a list, allow all of them.</summary>
    /// <param name="user">The caller.</param>
    /// <param name="model">The model's name.</param>
    public static bool MayUse(this ClaimsPrincipal user, string model) =>
        !user.HasClaim(claim => claim.Type == Model) || user.HasClaim(Model, model);
}
