using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>What an administrator does for a person without changing what they may: end their sessions, lift a lock.</summary>
public sealed class HelpAccount(AppendGate gate, SessionSignal signal)
{
    /// <summary>Ends sessions of a person: one, or all.</summary>
    /// <returns>Why it was refused; null where it was done.</returns>
    public async Task<Refusal?> EndSessionsAsync(
        Actor actor, UserId user, SessionId? session, CancellationToken cancellationToken)
    {
        Refusal? refusal = await RunAsync(
            actor, user, "user.sessions-ended",
            (change, _) => EndSessions.EndAsync(
                change.Db.Sessions.Where(row => row.User == user && (session == null || row.Id == session)),
                SessionEnd.EndedByAdministrator, change.Now, cancellationToken),
            cancellationToken);
        signal.Tell(user);
        return refusal;
    }

    /// <summary>Lifts the lock that wrong passwords put on an account.</summary>
    /// <returns>Why it was refused; null where it was done.</returns>
    public Task<Refusal?> UnlockAsync(Actor actor, UserId user, CancellationToken cancellationToken) =>
        RunAsync(actor, user, "user.unlocked", (_, account) =>
        {
            account.AccessFailedCount = 0;
            account.LockoutEnd = null;
            return Task.CompletedTask;
        }, cancellationToken);

    private Task<Refusal?> RunAsync(
        Actor actor, UserId user, string action, Func<RegistryChange, GovernanceUser, Task> help, CancellationToken cancellationToken) =>
        gate.RunAsync<Refusal?>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal denied)
            {
                return denied;
            }

            GovernanceUser? account = await change.Db.Users.FirstOrDefaultAsync(row => row.Id == user.Value, cancellationToken);
            if (account is null)
            {
                return new Refusal("unknown", "There is no such account.");
            }

            await help(change, account);
            await AccountLeaf.WriteAsync(change, account, action, cancellationToken);
            return null;
        }, cancellationToken);
}
