using System.Security.Claims;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Who has given their password and not yet their code: a cookie of five minutes that opens nothing else.</summary>
internal sealed class PendingSignIn(UserManager<GovernanceUser> users)
{
    private const string StampClaim = "governance:stamp";

    /// <summary>Sets it.</summary>
    public static Task SetAsync(HttpContext http, GovernanceUser user) => http.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(StampClaim, user.SecurityStamp ?? "")],
            IdentityConstants.TwoFactorUserIdScheme)));

    /// <summary>Whose code is asked for; null where nobody gave a password lately, or the account has changed since.</summary>
    public async Task<GovernanceUser?> FindAsync(HttpContext http)
    {
        AuthenticateResult result = await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return result.Principal?.FindFirstValue(StampClaim) is string stamp
            && await users.FindByIdAsync(result.Principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "") is GovernanceUser user
            && !user.Deactivated && user.SecurityStamp == stamp
                ? user
                : null;
    }
}
