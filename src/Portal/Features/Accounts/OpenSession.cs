using System.Security.Claims;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Signs a person in with name and password.</summary>
internal sealed partial class OpenSession(
    UserManager<GovernanceUser> users, SignInManager<GovernanceUser> signIn, IPasswordHasher<GovernanceUser> hasher,
    TimeProvider clock, ILogger<OpenSession> log)
{
    /// <summary>Checks the password, counts wrong ones, and sets the cookie.</summary>
    public async Task<OpenSessionOutcome> RunAsync(string name, string password)
    {
        GovernanceUser? user = await users.FindByNameAsync(name.Trim());
        if (user is null)
        {
            // As much work as for an account that exists: the time of the answer must not tell one from the other.
            hasher.HashPassword(new GovernanceUser(), password);
            LogRefused(log, "unknown");
            return new OpenSessionOutcome.Refused();
        }

        SignInResult result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            LogLocked(log, user.Id);
            return new OpenSessionOutcome.Locked(await users.GetLockoutEndDateAsync(user) ?? clock.GetUtcNow());
        }

        if (!result.Succeeded)
        {
            LogRefused(log, user.Id.ToString());
            return new OpenSessionOutcome.Refused();
        }

        await OpenAsync(user, "password");
        return new OpenSessionOutcome.Opened();
    }

    /// <summary>Opens the session of an account that was proved already.</summary>
    public async Task OpenAsync(GovernanceUser user, string method)
    {
        string session = Guid.CreateVersion7().ToString("n");
        AuthenticationProperties began = SessionAge.Begin(clock.GetUtcNow());
        await signIn.SignInWithClaimsAsync(user, began, [new Claim(Caller.SessionClaim, session), new Claim("amr", method)]);
        LogOpened(log, user.Id, session);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Signed in: account {User}, session {Session}")]
    private static partial void LogOpened(ILogger log, Guid user, string session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused to sign in: account {User}")]
    private static partial void LogRefused(ILogger log, string user);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused to sign in, locked: account {User}")]
    private static partial void LogLocked(ILogger log, Guid user);
}

/// <summary>What came of signing in.</summary>
internal abstract record OpenSessionOutcome
{
    private OpenSessionOutcome()
    {
    }

    /// <summary>The browser has its cookie.</summary>
    public sealed record Opened : OpenSessionOutcome;

    /// <summary>No such account, a wrong password or a deactivated account: which one is not said.</summary>
    public sealed record Refused : OpenSessionOutcome;

    /// <summary>Too many wrong passwords.</summary>
    /// <param name="Until">When the next try is looked at.</param>
    public sealed record Locked(DateTimeOffset Until) : OpenSessionOutcome;
}
