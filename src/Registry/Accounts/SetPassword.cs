using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>Gives an account a password that its person chose: with a link, or with the old password.</summary>
/// <remarks>Either way every other session of the account ends. Signing in asks for the second factor as before.</remarks>
public sealed class SetPassword(AppendGate gate, IPasswordHasher<GovernanceUser> hasher, SessionSignal signal)
{
    private static readonly Refusal NoLink = new(
        "no-link", "This link is not valid: it was used, has expired or was replaced by another. Ask an administrator for a new one.");

    /// <summary>Sets the first or another password with the code of a link, which is void from then on.</summary>
    public async Task<SetPasswordOutcome> ByLinkAsync(string code, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        string hash = AccountLinks.HashOf(code);
        UserId? whose = null;
        SetPasswordOutcome outcome = await gate.RunAsync<SetPasswordOutcome>(Actor.System, async change =>
        {
            AccountLink? link = await change.Db.AccountLinks.AsNoTracking().FirstOrDefaultAsync(
                row => row.Hash == hash && row.UsedAt == null && row.ExpiresAt > change.Now, cancellationToken);
            GovernanceUser? account = link is null ? null
                : await change.Db.Users.FirstOrDefaultAsync(row => row.Id == link.User.Value && !row.Deactivated, cancellationToken);
            if (account is null)
            {
                return new SetPasswordOutcome.Refused(NoLink);
            }

            if (RefusalFor(account, password) is Refusal refusal)
            {
                return new SetPasswordOutcome.Refused(refusal);
            }

            await AccountLinks.WithdrawAsync(change, account.Person, cancellationToken);
            account.AccessFailedCount = 0;
            account.LockoutEnd = null;
            whose = account.Person;
            return await SetAsync(change, account, password, null, cancellationToken);
        }, cancellationToken);
        Tell(whose);
        return outcome;
    }

    /// <summary>Sets another password for whoever knows the old one.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="session">The session in which it is done, and which goes on.</param>
    /// <param name="old">The password until now; the caller counts wrong ones (<see cref="SignInAttempts"/>).</param>
    /// <param name="password">The new one.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<SetPasswordOutcome> ByOldAsync(
        UserId user, SessionId session, string old, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(old);
        SetPasswordOutcome outcome = await gate.RunAsync<SetPasswordOutcome>(Actor.Person(user, session.ToString()), async change =>
        {
            GovernanceUser account = await change.Db.Users.FirstAsync(row => row.Id == user.Value, cancellationToken);
            Refusal? refusal =
                account.PasswordHash is not string known || hasher.VerifyHashedPassword(account, known, old) == PasswordVerificationResult.Failed
                    ? new Refusal("wrong-password", "The old password is wrong.")
                : old == password ? new Refusal("same-password", "The new password is the old one.")
                : RefusalFor(account, password);
            return refusal is null
                ? await SetAsync(change, account, password, session, cancellationToken)
                : new SetPasswordOutcome.Refused(refusal);
        }, cancellationToken);
        Tell(user);
        return outcome;
    }

    private static Refusal? RefusalFor(GovernanceUser account, string password) =>
        PasswordRules.RefusalFor(password, account.UserName, account.DisplayName, account.Email);

    private async Task<SetPasswordOutcome> SetAsync(
        RegistryChange change, GovernanceUser account, string password, SessionId? but, CancellationToken cancellationToken)
    {
        account.PasswordHash = hasher.HashPassword(account, password);
        string stamp = account.SecurityStamp = AccountLeaf.NewStamp();
        UserId user = account.Person;
        await EndSessions.EndAsync(
            change.Db.Sessions.Where(row => row.User == user && (but == null || row.Id != but)), SessionEnd.CredentialsChanged, change.Now, cancellationToken);
        await change.Db.Sessions.Where(row => row.Id == but)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stamp, stamp), cancellationToken);
        await AccountLeaf.WriteAsync(change, account, "user.password-set", cancellationToken);
        return new SetPasswordOutcome.Done(account.UserName!);
    }

    private void Tell(UserId? user)
    {
        if (user is UserId whose)
        {
            signal.Tell(whose);
        }
    }
}

/// <summary>What came of setting a password.</summary>
public abstract record SetPasswordOutcome
{
    private SetPasswordOutcome()
    {
    }

    /// <summary>It counts from now on.</summary>
    /// <param name="UserName">Whose, for signing in.</param>
    public sealed record Done(string UserName) : SetPasswordOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : SetPasswordOutcome;
}
