using Governance.Registry.Access;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>The rules of passwords and of locking, for Identity.</summary>
internal static class AccountRules
{
    /// <summary>Wrong passwords in a row after which an account is locked.</summary>
    public const int Attempts = 5;

    /// <summary>For how long it is locked.</summary>
    public static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);

    /// <summary>Sets them.</summary>
    public static void Apply(IdentityOptions identity)
    {
        identity.Lockout.MaxFailedAccessAttempts = Attempts;
        identity.Lockout.DefaultLockoutTimeSpan = Locked;
        identity.Lockout.AllowedForNewUsers = true;

        // Length, not composition: ASVS 6.2.5 and NIST SP 800-63B-4 advise against rules about kinds of characters.
        identity.Password.RequiredLength = AddUser.MinPasswordLength;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
        identity.SignIn.RequireConfirmedAccount = true; // "confirmed" is "active" here: see ActiveAccounts
    }
}
