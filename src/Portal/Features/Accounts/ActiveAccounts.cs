using Governance.Registry.Access;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Lets only accounts sign in that nobody deactivated.</summary>
internal sealed class ActiveAccounts : IUserConfirmation<GovernanceUser>
{
    /// <inheritdoc />
    public Task<bool> IsConfirmedAsync(UserManager<GovernanceUser> manager, GovernanceUser user) =>
        Task.FromResult(!user.Deactivated);
}
