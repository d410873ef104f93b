using Governance.Registry.Accounts;
using Governance.Registry.Ledger;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Tokens;
using Governance.Registry.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Sets a person's roles, or deactivates their account. Either ends every session that they have open.</summary>
public sealed class ChangeAccount(AppendGate gate, SessionSignal signal)
{
    /// <summary>Changes the account; an administrator may, and the system, but nobody their own.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="user">Whose account.</param>
    /// <param name="roles">All roles that they hold from now on; at least one.</param>
    /// <param name="deactivated">Whether the account may do nothing.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<ChangeAccountOutcome> RunAsync(
        Actor actor, UserId user, IReadOnlySet<Role> roles, bool deactivated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ChangeAccountOutcome outcome = await gate.RunAsync<ChangeAccountOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            GovernanceUser? account = await change.Db.Users.FirstOrDefaultAsync(row => row.Id == user.Value, cancellationToken);
            Refusal? refusal = standing.RefusalFor(Right.Administer)
                ?? (actor.User == user ? new Refusal("own-account", "Nobody changes their own roles. Ask another administrator.")
                : account is null ? new Refusal("unknown", "There is no such account.")
                : roles.Count == 0 ? new Refusal("no-role", "An account needs at least one role. Deactivate it instead.")
                : await GainsAdministratorAsync(change, actor, user, roles, cancellationToken) ? NeedsSecond
                : AddServiceAccount.RefusalFor(account.Kind, roles));
            if (refusal is not null)
            {
                return new ChangeAccountOutcome.Refused(refusal);
            }

            await ApplyAsync(change, account!, roles, deactivated, cancellationToken);
            return new ChangeAccountOutcome.Changed();
        }, cancellationToken);
        signal.Tell(user);
        return outcome;
    }

    /// <summary>Why one administrator alone makes nobody an administrator.</summary>
    internal static Refusal NeedsSecond { get; } = new(
        "second-person", "Making someone an administrator needs a second administrator. Propose it; another one confirms.");

    /// <summary>Why these roles of a new account need a second administrator, or null. The system makes the first one.</summary>
    internal static Refusal? RefusalFor(Actor actor, IReadOnlySet<Role> roles) =>
        actor.User is not null && roles.Contains(Role.Administrator) ? NeedsSecond : null;

    /// <summary>Sets roles and state of an account whose change was judged already.</summary>
    internal static async Task ApplyAsync(
        RegistryChange change, GovernanceUser account, IReadOnlySet<Role> roles, bool deactivated, CancellationToken cancellationToken)
    {
        UserId user = account.Person;
        HashSet<Role> before = await Standing.RolesOfAsync(change.Db, user, cancellationToken);
        if (before.SetEquals(roles) && account.Deactivated == deactivated)
        {
            return;
        }

        bool wasDeactivated = account.Deactivated;
        FactDigest was = AccountFact.DigestOf(user, wasDeactivated, before, account.Owner);
        change.Db.UserRoles.RemoveRange(change.Db.UserRoles.Where(row => row.UserId == user.Value));
        await change.Db.SaveChangesAsync(cancellationToken); // in the same transaction; keeps a role held before and after
        await AddUser.AddRolesAsync(change.Db, user.Value, roles, cancellationToken);
        account.Deactivated = deactivated;
        account.SecurityStamp = AccountLeaf.NewStamp();
        await EndSessions.EndAsync(
            change.Db.Sessions.Where(row => row.User == user),
            deactivated ? SessionEnd.Deactivated : SessionEnd.RolesChanged, change.Now, cancellationToken);
        if (deactivated)
        {
            await AccountLinks.WithdrawAsync(change, user, cancellationToken);
            await RevokeToken.AllOfAsync(change, user, cancellationToken);
        }

        change.Write(
            new LedgerSubject(LedgerSubject.User, user.ToString()), deactivated ? "user.deactivated" : wasDeactivated ? "user.reactivated" : "user.roles-set",
            scope: null, was, AccountFact.DigestOf(user, deactivated, roles, account.Owner));
    }

    private static async Task<bool> GainsAdministratorAsync(
        RegistryChange change, Actor actor, UserId user, IReadOnlySet<Role> roles, CancellationToken cancellationToken) =>
        actor.User is not null && roles.Contains(Role.Administrator)
        && !(await Standing.RolesOfAsync(change.Db, user, cancellationToken)).Contains(Role.Administrator);
}

/// <summary>What came of changing an account.</summary>
public abstract record ChangeAccountOutcome
{
    private ChangeAccountOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Changed : ChangeAccountOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ChangeAccountOutcome;
}
