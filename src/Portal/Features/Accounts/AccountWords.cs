using System.Globalization;
using Governance.Registry.Accounts;

namespace Governance.Portal.Features.Accounts;

/// <summary>Accounts in words, for administrators.</summary>
internal static class AccountWords
{
    /// <summary>What an account can be used for now.</summary>
    public static string StateOf(AccountLine line) => line switch
    {
        { Deactivated: true } => "deactivated",
        { LockedUntil: DateTimeOffset until } => $"locked until {until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC",
        { HasPassword: false, Passkeys: 0, LinkUntil: DateTimeOffset until } => $"invited, until {SessionWords.Of(until)}",
        { HasPassword: false, Passkeys: 0 } => "without a password",
        { LinkUntil: not null } => "active, reset link open",
        _ => "active",
    };

    /// <summary>What stands behind the password.</summary>
    public static string FactorsOf(AccountLine line) => (line.HasApp, line.Passkeys) switch
    {
        (true, 0) => "app",
        (true, 1) => "app, passkey",
        (true, int many) => $"app, {many} passkeys",
        (false, 0) => "none",
        (false, 1) => "passkey",
        (false, int many) => $"{many} passkeys",
    };
}
