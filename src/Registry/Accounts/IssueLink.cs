using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>Issues a link with which a person sets a password: another invitation where they have none yet, else a reset.</summary>
public sealed class IssueLink(AppendGate gate)
{
    /// <summary>Issues it; an administrator may, and the system. The password of before holds until the link is used.</summary>
    public Task<IssueLinkOutcome> RunAsync(Actor actor, UserId user, CancellationToken cancellationToken) =>
        gate.RunAsync<IssueLinkOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            GovernanceUser? account = await change.Db.Users.FirstOrDefaultAsync(row => row.Id == user.Value, cancellationToken);
            Refusal? refusal = standing.RefusalFor(Right.Administer)
                ?? (account is null ? new Refusal("unknown", "There is no such account.")
                : account.Deactivated ? new Refusal("deactivated", "The account is deactivated. Reactivate it first.")
                : actor.User == user ? new Refusal("own-account", "Change your own password on your account page.")
                : null);
            if (refusal is not null)
            {
                return new IssueLinkOutcome.Refused(refusal);
            }

            IssuedLink link = await AccountLinks.IssueAsync(change, account!, cancellationToken);
            await AccountLeaf.WriteAsync(
                change, account!, link.Kind == AccountLinkKind.Invitation ? "user.invited" : "user.reset-issued", cancellationToken);
            return new IssueLinkOutcome.Issued(link);
        }, cancellationToken);
}

/// <summary>What came of issuing a link.</summary>
public abstract record IssueLinkOutcome
{
    private IssueLinkOutcome()
    {
    }

    /// <summary>Hand it to the person by a way that you trust.</summary>
    public sealed record Issued(IssuedLink Link) : IssueLinkOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : IssueLinkOutcome;
}
