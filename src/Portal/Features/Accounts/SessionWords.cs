using System.Globalization;
using Governance.Registry.Sessions;

namespace Governance.Portal.Features.Accounts;

/// <summary>Sessions in words.</summary>
internal static class SessionWords
{
    /// <summary>How a session was opened.</summary>
    public static string Of(SessionMethod method) => method switch
    {
        SessionMethod.Password => "password",
        SessionMethod.Code => "password and app",
        SessionMethod.RecoveryCode => "password and recovery code",
        SessionMethod.Passkey => "passkey",
        SessionMethod.External => "another provider",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    /// <summary>Why a session is over.</summary>
    public static string Of(SessionEnd why) => why switch
    {
        SessionEnd.SignedOut => "signed out",
        SessionEnd.Replaced => "signed in anew",
        SessionEnd.Revoked => "ended from another session",
        SessionEnd.EndedByAdministrator => "ended by an administrator",
        SessionEnd.Idle => "30 minutes without a request",
        SessionEnd.TooOld => "12 hours over",
        SessionEnd.RolesChanged => "roles changed",
        SessionEnd.Deactivated => "account deactivated",
        SessionEnd.CredentialsChanged => "password or second factor changed",
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, null),
    };

    /// <summary>A time, to the minute.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
