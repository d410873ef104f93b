using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Opens a session for a person who has said who they are.</summary>
public sealed class BeginSession(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Writes the session. Always a new one: an id from before signing in is never kept (ASVS 7.2.4).</summary>
    /// <param name="user">Whose.</param>
    /// <param name="method">How they said who they are.</param>
    /// <param name="client">The browser in coarse words.</param>
    /// <param name="cancellationToken">Ends it, and nothing is written.</param>
    /// <returns>The session; null where there is no such account of a person, or it is deactivated.</returns>
    public async Task<Session?> RunAsync(UserId user, SessionMethod method, string client, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        GovernanceUser? account = await db.Users.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == user.Value && !row.Deactivated && row.Kind == AccountKind.Person, cancellationToken);
        if (account is null)
        {
            return null;
        }

        Session session = new(
            SessionId.New(), user, method, client, account.SecurityStamp ?? "", Microseconds.Truncate(clock.GetUtcNow()));
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session;
    }
}
