using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>A destination as pages show it.</summary>
/// <param name="Destination">The fact.</param>
/// <param name="Model">The name of the one model whose alerts go there; null for all.</param>
/// <param name="By">Who added it.</param>
/// <param name="Deliveries">Its latest deliveries, the latest first; what was given up stands before them.</param>
public sealed record DestinationView(AlertDestination Destination, string? Model, string By, IReadOnlyList<AlertDelivery> Deliveries)
{
    /// <summary>Deliveries that were given up.</summary>
    public int Dead => Deliveries.Count(row => row.State == DeliveryState.Dead);

    /// <summary>Deliveries that wait.</summary>
    public int Waiting => Deliveries.Count(row => row.State == DeliveryState.Waiting);
}

/// <summary>Reads destinations and what became of their deliveries.</summary>
public sealed class DestinationQueries(IDbContextFactory<GovernanceDb> contexts)
{
    private const int Latest = 20;

    /// <summary>The destinations in force, in the order in which they were added.</summary>
    public async Task<IReadOnlyList<DestinationView>> ListAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        Dictionary<ModelId, string> models = await db.Models.AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        List<DestinationView> views = [];
        foreach (AlertDestination destination in await AlertOutbox.AliveAsync(db, cancellationToken))
        {
            AlertDestinationId id = destination.Id;
            IQueryable<AlertDelivery> own = db.AlertDeliveries.AsNoTracking().Where(row => row.Destination == id);
            List<AlertDelivery> open = await own.Where(row => row.State == DeliveryState.Dead || row.State == DeliveryState.Waiting)
                .OrderBy(row => row.State).ThenByDescending(row => row.QueuedAt).Take(10 * Latest).ToListAsync(cancellationToken);
            List<AlertDelivery> done = await own.Where(row => row.State == DeliveryState.Delivered)
                .OrderByDescending(row => row.QueuedAt).Take(Latest).ToListAsync(cancellationToken);
            views.Add(new DestinationView(
                destination, destination.Model is ModelId model ? models.GetValueOrDefault(model) : null,
                destination.By is UserId by ? names.GetValueOrDefault(by, "?") : "the system", [.. open, .. done]));
        }

        return views;
    }
}
