using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>Sends what is due in the outbox. Several processes may: each row is claimed before it is sent.</summary>
public sealed class DeliverAlerts(
    IDbContextFactory<GovernanceDb> contexts, IEnumerable<IAlertDelivery> ways, ArtifactStore store, TimeProvider clock)
{
    private const int AtOnce = 4;
    private const int Batch = 50;

    // Longer than any attempt: whoever claimed a row and died leaves it to others after that.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    // What went well is told on the page for a season, then dropped; what is dead stays until somebody acts.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Sends everything that is due now.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        List<AlertDeliveryId> due;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            due = await db.AlertDeliveries.AsNoTracking().Where(row => row.State == DeliveryState.Waiting && row.NextAt <= now)
                .OrderBy(row => row.NextAt).ThenBy(row => row.Id).Select(row => row.Id).Take(Batch).ToListAsync(cancellationToken);
        }

        int made = 0;
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (id, token) => Interlocked.Add(ref made, await AttemptAsync(id, token) ? 1 : 0));
        return made;
    }

    /// <summary>Drops rows of deliveries that ended a season ago.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = Microseconds.Truncate(clock.GetUtcNow() - Kept);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AlertDeliveries.Where(row =>
                (row.State == DeliveryState.Delivered || row.State == DeliveryState.Dropped) && row.EndedAt < before)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> AttemptAsync(AlertDeliveryId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        AlertDelivery? row = await ClaimAsync(db, id, cancellationToken);
        if (row is null)
        {
            return false;
        }

        AlertDestinationId to = row.Destination;
        AlertDestination? destination = (await AlertOutbox.AliveAsync(db, cancellationToken)).FirstOrDefault(each => each.Id == to);
        if (destination is null)
        {
            row.Drop(Now);
            await db.SaveChangesAsync(cancellationToken);
            return false;
        }

        try
        {
            WebhookSecret? secret = await db.WebhookSecrets.AsNoTracking().FirstOrDefaultAsync(each => each.Destination == to, cancellationToken);
            await ways.Single(way => way.Kind == destination.Kind).SendAsync(destination, row, secret?.Open(store.Keys), cancellationToken);
            row.Succeed(Now);
        }
        catch (DeliveryFaultException fault)
        {
            row.Fail(fault.Message, fault.Final, Now);
        }
        catch (ArtifactKeyException fault)
        {
            row.Fail($"The secret of this destination cannot be read: {fault.Message}", final: false, Now);
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private DateTimeOffset Now => Microseconds.Truncate(clock.GetUtcNow());

    // The expected state stands in the condition: of two processes one gets the row.
    private async Task<AlertDelivery?> ClaimAsync(GovernanceDb db, AlertDeliveryId id, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Now;
        DateTimeOffset until = now + Claim;
        int claimed = await db.AlertDeliveries.Where(row => row.Id == id && row.State == DeliveryState.Waiting && row.NextAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until).SetProperty(row => row.Attempts, row => row.Attempts + 1), cancellationToken);
        return claimed == 0 ? null : await db.AlertDeliveries.FirstAsync(row => row.Id == id, cancellationToken);
    }
}
