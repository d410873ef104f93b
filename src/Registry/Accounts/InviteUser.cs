using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Accounts;

/// <summary>Makes an account without a password, and the link with which its person sets one.</summary>
public sealed class InviteUser(AppendGate gate)
{
    /// <summary>Invites; an administrator may, and the system.</summary>
    /// <param name="actor">Who invites.</param>
    /// <param name="userName">For signing in; letters, digits and <c>-._@+</c>.</param>
    /// <param name="displayName">The name that pages show.</param>
    /// <param name="email">For messages to the person; null for none.</param>
    /// <param name="roles">At least one.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<IssueLinkOutcome> RunAsync(
        Actor actor, string userName, string displayName, string? email, IReadOnlySet<Role> roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userName);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(roles);
        return gate.RunAsync<IssueLinkOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if ((standing.RefusalFor(Right.Administer) ?? ChangeAccount.RefusalFor(actor, roles)) is Refusal denied)
            {
                return new IssueLinkOutcome.Refused(denied);
            }

            (Refusal? refusal, GovernanceUser? account) = await AddUser.AddAsync(
                change, userName, displayName, email, roles, cancellationToken);
            if (refusal is not null)
            {
                return new IssueLinkOutcome.Refused(refusal);
            }

            change.Write(
                new LedgerSubject(LedgerSubject.User, account!.Person.ToString()), "user.invited", scope: null, before: null,
                AccountFact.DigestOf(account.Person, deactivated: false, roles));
            return new IssueLinkOutcome.Issued(await AccountLinks.IssueAsync(change, account, cancellationToken));
        }, cancellationToken);
    }
}
