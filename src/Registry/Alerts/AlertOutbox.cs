using System.Text.Json.Nodes;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>Puts into the outbox who is told of an event, in the transaction of the event.</summary>
internal static class AlertOutbox
{
    /// <summary>The schema of what is sent.</summary>
    public const string Schema = "governance/alert/1";

    /// <summary>Queues one delivery for each destination that wants alerts of this severity and model.</summary>
    public static async Task QueueAsync(
        RegistryChange change, AlertEntry entry, AlertEvent happened, Model model, ModelVersion version, CancellationToken cancellationToken)
    {
        foreach (AlertDestination destination in await AliveAsync(change.Db, cancellationToken))
        {
            if (entry.Severity >= destination.Least && (destination.Model is null || destination.Model == model.Id))
            {
                AlertDeliveryId id = AlertDeliveryId.New();
                change.Db.AlertDeliveries.Add(new AlertDelivery(
                    id, destination.Id, entry.Alert.Id, happened, Body(id, entry, happened, model, version, change.Now).ToJsonString(), change.Now));
            }
        }
    }

    /// <summary>The destinations that have not ended.</summary>
    public static Task<List<AlertDestination>> AliveAsync(GovernanceDb db, CancellationToken cancellationToken) =>
        db.AlertDestinations.AsNoTracking().Where(row => !db.AlertDestinationEnds.Any(end => end.Destination == row.Id))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What is sent of an event: no row, no person, only what was measured.</summary>
    public static JsonObject Body(
        AlertDeliveryId id, AlertEntry entry, AlertEvent happened, Model model, ModelVersion version, DateTimeOffset now) => new()
    {
        ["schema"] = Schema,
        ["id"] = id.ToString(),
        ["event"] = happened.ToString().ToLowerInvariant(),
        ["at"] = Microseconds.Iso(now),
        ["alert"] = new JsonObject
        {
            ["id"] = entry.Alert.Id.ToString(),
            ["state"] = entry.StateAt(now).ToString().ToLowerInvariant(),
            ["severity"] = entry.Severity.ToString().ToLowerInvariant(),
            ["topic"] = entry.Alert.Topic.ToString().ToLowerInvariant(),
            ["model"] = model.Name,
            ["version"] = version.Number,
            ["stage"] = version.Stage.ToString(),
            ["deployment"] = entry.Alert.Deployment?.ToString(),
            ["monitor"] = entry.Alert.Monitor,
            ["column"] = entry.Alert.Column,
            ["cohort"] = entry.Alert.Cohort,
            ["windowFrom"] = Microseconds.Iso(entry.LastLoud?.From ?? entry.Alert.WindowFrom),
            ["windowTo"] = Microseconds.Iso(entry.LastLoud?.To ?? entry.Alert.WindowTo),
            ["sentence"] = entry.Sentence,
            ["dueAt"] = entry.DueAt is DateTimeOffset due ? Microseconds.Iso(due) : null,
            ["page"] = $"/alerts/{entry.Alert.Id}",
        },
    };

    /// <summary>What a trial sends.</summary>
    public static JsonObject Trial(AlertDeliveryId id, string destination, DateTimeOffset now) => new()
    {
        ["schema"] = Schema,
        ["id"] = id.ToString(),
        ["event"] = "test",
        ["at"] = Microseconds.Iso(now),
        ["sentence"] = $"This is a trial of the destination '{destination}'.",
    };
}
