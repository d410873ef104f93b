using System.Security.Claims;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Signs a person in: with name and password, then with a code where they have an app; or by what another part has proved.</summary>
internal sealed partial class OpenSession(
    CheckPassword checkPassword, CheckSecondFactor secondFactor, SignInAttempts attempts, SignInSlowDown slowDown, PendingSignIn pending,
    BeginSession begin, EndSessions end, ILogger<OpenSession> log)
{
    /// <summary>Checks name and password; sets the session's cookie, or the one with which a code is asked for.</summary>
    public async Task<OpenSessionOutcome> ByPasswordAsync(string name, string password, HttpContext http)
    {
        if (slowDown.Take(http.Connection.RemoteIpAddress) is TimeSpan wait)
        {
            LogSlowed(log);
            return new OpenSessionOutcome.TooMany(wait);
        }

        CheckedPassword checkedPassword = await checkPassword.RunAsync(name, password, http.RequestAborted);
        if (checkedPassword.User is not GovernanceUser user)
        {
            LogRefused(log, checkedPassword.Tried?.ToString() ?? "unknown");
            return Refused(checkedPassword.LockedUntil);
        }

        slowDown.GiveBack(http.Connection.RemoteIpAddress);
        if (!await secondFactor.IsEnrolledAsync(user.Person, http.RequestAborted))
        {
            await attempts.ClearAsync(user.Person, http.RequestAborted);
            return await OpenAsync(user, SessionMethod.Password, http);
        }

        await attempts.GiveBackAsync(user.Person, http.RequestAborted);
        await PendingSignIn.SetAsync(http, user);
        return new OpenSessionOutcome.CodeNeeded();
    }

    /// <summary>Checks the code that follows a password. Wrong ones count as wrong passwords do.</summary>
    /// <param name="code">Of the app, or a recovery code.</param>
    /// <param name="recovery">Which of the two.</param>
    /// <param name="http">The request; it carries the cookie of the first step.</param>
    public async Task<OpenSessionOutcome> ByCodeAsync(string code, bool recovery, HttpContext http)
    {
        if (await pending.FindAsync(http) is not GovernanceUser user)
        {
            return new OpenSessionOutcome.TooLate();
        }

        if (slowDown.Take(http.Connection.RemoteIpAddress) is TimeSpan wait)
        {
            LogSlowed(log);
            return new OpenSessionOutcome.TooMany(wait);
        }

        if (await attempts.TakeAsync(user.Person, http.RequestAborted) is DateTimeOffset locked)
        {
            LogLocked(log, user.Id);
            return new OpenSessionOutcome.Locked(locked);
        }

        bool right = recovery
            ? await secondFactor.RecoveryAsync(user.Person, code, http.RequestAborted)
            : await secondFactor.CodeAsync(user.Person, code, http.RequestAborted);
        if (!right)
        {
            LogRefused(log, user.Id.ToString());
            return Refused(await attempts.FailAsync(user.Person, http.RequestAborted));
        }

        slowDown.GiveBack(http.Connection.RemoteIpAddress);
        await attempts.ClearAsync(user.Person, http.RequestAborted);
        return await OpenAsync(user, recovery ? SessionMethod.RecoveryCode : SessionMethod.Code, http);
    }

    /// <summary>Opens a session for a person who has proved who they are; the one that the browser had is over.</summary>
    public async Task<OpenSessionOutcome> OpenAsync(GovernanceUser user, SessionMethod method, HttpContext http)
    {
        if (http.User.SessionOf() is SessionId old && Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out Guid before))
        {
            await end.OneAsync(new UserId(before), old, SessionEnd.Replaced, http.RequestAborted);
        }

        Session? session = await begin.RunAsync(
            user.Person, method, ClientWords.Of(http.Request.Headers.UserAgent), http.RequestAborted);
        if (session is null)
        {
            LogRefused(log, user.Id.ToString());
            return new OpenSessionOutcome.Refused();
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, SessionPrincipal.ForCookie(session));
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        LogOpened(log, user.Id, session.Id.ToString(), method);
        return new OpenSessionOutcome.Opened();
    }

    private static OpenSessionOutcome Refused(DateTimeOffset? locked) =>
        locked is DateTimeOffset until ? new OpenSessionOutcome.Locked(until) : new OpenSessionOutcome.Refused();

    [LoggerMessage(Level = LogLevel.Information, Message = "Signed in: account {User}, session {Session}, by {Method}")]
    private static partial void LogOpened(ILogger log, Guid user, string session, SessionMethod method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused to sign in: account {User}")]
    private static partial void LogRefused(ILogger log, string user);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused to sign in, locked: account {User}")]
    private static partial void LogLocked(ILogger log, Guid user);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused to sign in: too many failures from one address")]
    private static partial void LogSlowed(ILogger log);
}
