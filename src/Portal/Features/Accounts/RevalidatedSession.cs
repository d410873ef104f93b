using System.Security.Claims;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Ends what an open circuit may do when the account is locked out, deactivated or given a new stamp.</summary>
internal sealed class RevalidatedSession(ILoggerFactory loggers, IServiceScopeFactory scopes)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => SessionAge.Revalidation;

    /// <inheritdoc />
    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        SignInManager<GovernanceUser> signIn = scope.ServiceProvider.GetRequiredService<SignInManager<GovernanceUser>>();
        ClaimsPrincipal session = authenticationState.User;
        return await signIn.ValidateSecurityStampAsync(session) is GovernanceUser { Deactivated: false };
    }
}
