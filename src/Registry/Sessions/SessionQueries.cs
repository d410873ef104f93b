using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Reads sessions for the pages that list them.</summary>
public sealed class SessionQueries(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>A person's sessions that last, the youngest first.</summary>
    public async Task<IReadOnlyList<Session>> OpenAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        Session[] rows = await db.Sessions.AsNoTracking().Where(row => row.User == user && row.EndedAt == null)
            .OrderByDescending(row => row.OpenedAt).ToArrayAsync(cancellationToken);
        return [.. rows.Where(row => SessionPolicy.EndOf(row, now) is null)];
    }

    /// <summary>A person's last sessions that are over, the youngest first.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Session>> EndedAsync(UserId user, int most, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.AsNoTracking().Where(row => row.User == user && row.EndedAt != null)
            .OrderByDescending(row => row.EndedAt).Take(most).ToArrayAsync(cancellationToken);
    }
}
