using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>Tells the ledger of a credential that Identity's own store keeps: a passkey added or removed.</summary>
public sealed class NoteCredential(AppendGate gate, SessionSignal signal)
{
    /// <summary>Writes the entry in the person's name.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="session">In which session.</param>
    /// <param name="action">Such as <c>user.passkey-added</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(UserId user, SessionId session, string action, CancellationToken cancellationToken)
    {
        await gate.RunAsync(Actor.Person(user, session.ToString()), async change =>
        {
            GovernanceUser account = await change.Db.Users.FirstAsync(row => row.Id == user.Value, cancellationToken);
            await AccountLeaf.WriteAsync(change, account, action, cancellationToken);
            return 0;
        }, cancellationToken);
        signal.Tell(user);
    }
}
