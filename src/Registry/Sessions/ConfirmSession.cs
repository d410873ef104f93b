using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Writes down that a person confirmed within a session that it is them.</summary>
public sealed class ConfirmSession(IDbContextFactory<GovernanceDb> contexts, SessionSignal signal, TimeProvider clock)
{
    /// <summary>Notes the confirmation; one for another purpose before it is gone.</summary>
    /// <returns>Whether the session lasts.</returns>
    public async Task<bool> RunAsync(SessionId session, StepUpPurpose purpose, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? now = Microseconds.Truncate(clock.GetUtcNow());
        StepUpPurpose? of = purpose;
        int rows = await db.Sessions.Where(row => row.Id == session && row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ConfirmedAt, now).SetProperty(row => row.ConfirmedFor, of), cancellationToken);
        if (await db.Sessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == session, cancellationToken) is Session row)
        {
            signal.Tell(row.User);
        }

        return rows > 0;
    }
}
