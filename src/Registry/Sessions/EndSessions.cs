using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Ends sessions of a person: cookie and open pages lose their powers.</summary>
public sealed class EndSessions(IDbContextFactory<GovernanceDb> contexts, SessionSignal signal, TimeProvider clock)
{
    /// <summary>Ends one session.</summary>
    /// <param name="user">Whose it must be: another person's is left alone.</param>
    /// <param name="session">Which.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether there was one that lasted.</returns>
    public Task<bool> OneAsync(UserId user, SessionId session, SessionEnd why, CancellationToken cancellationToken) =>
        RunAsync(user, rows => rows.Where(row => row.Id == session), why, cancellationToken);

    /// <summary>Ends every session of a person but one.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="but">The one that lasts; null for none.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether there was one that lasted.</returns>
    public Task<bool> AllAsync(UserId user, SessionId? but, SessionEnd why, CancellationToken cancellationToken) =>
        RunAsync(user, rows => but is SessionId kept ? rows.Where(row => row.Id != kept) : rows, why, cancellationToken);

    /// <summary>Ends sessions inside a change; the caller tells <see cref="SessionSignal"/> once it is committed.</summary>
    internal static Task<int> EndAsync(
        IQueryable<Session> sessions, SessionEnd why, DateTimeOffset now, CancellationToken cancellationToken) =>
        sessions.Where(row => row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndedBecause, why), cancellationToken);

    private async Task<bool> RunAsync(
        UserId user, Func<IQueryable<Session>, IQueryable<Session>> which, SessionEnd why, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        int ended = await EndAsync(
            which(db.Sessions.Where(row => row.User == user)), why, Microseconds.Truncate(clock.GetUtcNow()), cancellationToken);
        signal.Tell(user);
        return ended > 0;
    }
}
