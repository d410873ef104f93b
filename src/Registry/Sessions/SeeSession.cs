using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Who stands behind a session now.</summary>
/// <param name="Session">The session; it lasts.</param>
/// <param name="Person">Whose it is, with the roles of this moment.</param>
/// <param name="UserName">The name for signing in.</param>
/// <param name="HasSecondFactor">Whether the account has a passkey or a confirmed authenticator app.</param>
public sealed record SessionStanding(Session Session, Person Person, string UserName, bool HasSecondFactor);

/// <summary>Looks whether a session lasts, and notes that the person was there.</summary>
public sealed class SeeSession(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>How old <see cref="Session.LastSeenAt"/> may grow before it is written anew: one write a minute, not one a request.</summary>
    public static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    /// <summary>Reads a session, and ends it where its time is up.</summary>
    /// <param name="id">Which.</param>
    /// <param name="active">Whether the person did something just now; false where only an open page asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// Null where the session is over: ended, idle or too old, its account deactivated, or the account's security stamp
    /// another one than when it began.
    /// </returns>
    public async Task<SessionStanding?> RunAsync(SessionId id, bool active, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Session? session = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (session is null || session.EndedAt is not null)
        {
            return null;
        }

        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        GovernanceUser? account = await db.Users.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == session.User.Value, cancellationToken);
        SessionEnd? end = SessionPolicy.EndOf(session, now)
            ?? (account is null || account.Deactivated ? SessionEnd.Deactivated
                : account.SecurityStamp != session.Stamp ? SessionEnd.CredentialsChanged
                : null);
        if (end is SessionEnd why)
        {
            await EndSessions.EndAsync(db.Sessions.Where(row => row.Id == id), why, now, cancellationToken);
            return null;
        }

        if (active && now - session.LastSeenAt >= Exactness)
        {
            await db.Sessions.Where(row => row.Id == id && row.LastSeenAt < now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancellationToken);
        }

        Guid user = session.User.Value;
        bool second = await db.SecondFactors.AnyAsync(row => row.User == session.User && row.ConfirmedAt != null, cancellationToken)
            || await db.UserPasskeys.AnyAsync(row => row.UserId == user, cancellationToken);
        Person person = new(
            session.User, account!.DisplayName, await Standing.RolesOfAsync(db, session.User, cancellationToken));
        return new SessionStanding(session, person, account.UserName!, second);
    }
}
