using System.Security.Claims;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Governance.Portal.Features.Accounts;

/// <summary>What the cookie says of a person: id, names and roles. Use cases look everything up again.</summary>
internal sealed class SessionClaims(
    UserManager<GovernanceUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<GovernanceUser, IdentityRole<Guid>>(users, roles, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(GovernanceUser user)
    {
        ClaimsIdentity claims = await base.GenerateClaimsAsync(user);
        claims.AddClaim(new Claim(SignedIn.DisplayNameClaim, user.DisplayName));
        return claims;
    }
}
