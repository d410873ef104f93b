using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Writes down that a person confirmed within a session that it is them.</summary>
public sealed class ConfirmSession(IDbContextFactory<GovernanceDb> contexts, SessionSignal signal, TimeProvider clock)
{
    /// <summary>Notes the confirmation; one for another purpose before it is gone.</summary>
    /// <returns>Whether the session lasts.</returns>
    public Task<bool> RunAsync(SessionId session, StepUpPurpose purpose, CancellationToken cancellationToken) =>
        RunAsync(session, purpose, over: null, cancellationToken);

    /// <summary>Notes a confirmation that speaks of certain bytes alone: for others it is none.</summary>
    /// <param name="session">Which session.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="over">The digest of what will be signed; null for a purpose as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the session lasts.</returns>
    public async Task<bool> RunAsync(SessionId session, StepUpPurpose purpose, FactDigest? over, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? now = Microseconds.Truncate(clock.GetUtcNow());
        StepUpPurpose? of = purpose;
        int rows = await db.Sessions.Where(row => row.Id == session && row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ConfirmedAt, now).SetProperty(row => row.ConfirmedFor, of).SetProperty(row => row.ConfirmedOver, over), cancellationToken);
        if (await db.Sessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == session, cancellationToken) is Session row)
        {
            signal.Tell(row.User);
        }

        return rows > 0;
    }
}
