using Governance.Registry.Access;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Lets only accounts of people sign in, and only those that nobody deactivated.</summary>
internal sealed class ActiveAccounts : IUserConfirmation<GovernanceUser>
{
    /// <inheritdoc />
    public Task<bool> IsConfirmedAsync(UserManager<GovernanceUser> manager, GovernanceUser user) =>
        Task.FromResult(user is { Deactivated: false, Kind: AccountKind.Person });
}
