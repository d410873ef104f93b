using Governance.Registry.Access;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>What came of looking at a password.</summary>
/// <param name="User">Whose it is; null where it is wrong, or nobody's.</param>
/// <param name="Tried">The account that was tried; null where there is none of that name.</param>
/// <param name="LockedUntil">Until when that account is locked; null where it is not.</param>
internal sealed record CheckedPassword(GovernanceUser? User, UserId? Tried, DateTimeOffset? LockedUntil);

/// <summary>Looks whether a password belongs to a name, counts wrong ones, and takes as long for names that do not exist.</summary>
internal sealed class CheckPassword(
    UserManager<GovernanceUser> users, SignInAttempts attempts, IPasswordHasher<GovernanceUser> hasher)
{
    /// <summary>Checks; a right one is not yet the end of the count, because a code may follow.</summary>
    public async Task<CheckedPassword> RunAsync(string name, string password, CancellationToken cancellationToken)
    {
        GovernanceUser? user = await users.FindByNameAsync(name.Trim());
        if (user?.PasswordHash is not string hash || user.Deactivated || user.Kind != AccountKind.Person)
        {
            // As much work as for an account that exists: the time of the answer must not tell one from the other.
            hasher.HashPassword(new GovernanceUser(), password);
            return new CheckedPassword(null, user?.Person, null);
        }

        if (await attempts.TakeAsync(user.Person, cancellationToken) is DateTimeOffset locked)
        {
            return new CheckedPassword(null, user.Person, locked);
        }

        switch (hasher.VerifyHashedPassword(user, hash, password))
        {
            case PasswordVerificationResult.Failed:
                return new CheckedPassword(null, user.Person, await attempts.FailAsync(user.Person, cancellationToken));
            case PasswordVerificationResult.SuccessRehashNeeded:
                user.PasswordHash = hasher.HashPassword(user, password);
                await users.UpdateAsync(user); // a lost race with another sign-in costs nothing: the next one does it
                break;
        }

        return new CheckedPassword(user, user.Person, null);
    }
}
