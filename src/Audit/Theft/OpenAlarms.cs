using Governance.Audit.Answers;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Theft;

/// <summary>The alarms that hold, in memory: read again after every change of the registry and every few seconds.</summary>
public sealed class OpenAlarms(AlarmQueries alarms, AppendGate gate, IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    // Other processes on the same database change it too.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private volatile Snapshot? known;

    /// <summary>Whether an alarm holds for any stream of a person, on any version of the model.</summary>
    public async ValueTask<bool> HoldForAsync(WatchedParty party, CancellationToken cancellationToken)
    {
        Snapshot now = await ReadAsync(cancellationToken);
        return now.Open.Count > 0 && now.Models.TryGetValue(party.Version, out ModelId model) && now.Open.Any(alarm => alarm.Model == model
            && (alarm.Stream == AlarmStream.Model || alarm.Holder == party.Principal.Value
                || party.Teams.Any(team => team.Value == alarm.Holder)));
    }

    /// <summary>Whether an alarm holds for this very stream.</summary>
    internal async ValueTask<bool> HoldForAsync(SeatKey seat, CancellationToken cancellationToken)
    {
        Snapshot now = await ReadAsync(cancellationToken);
        return now.Models.TryGetValue(seat.Version, out ModelId model)
            && now.Open.Any(alarm => alarm.Model == model && alarm.Stream == seat.Stream && alarm.Holder == seat.Holder);
    }

    private async ValueTask<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        long changes = gate.Changes;
        if (known is Snapshot before && before.Changes == changes && clock.GetElapsedTime(before.At) < Freshness)
        {
            return before;
        }

        long at = clock.GetTimestamp();
        IReadOnlyList<TheftAlarm> open = await alarms.OpenAsync(cancellationToken);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelId[] models = [.. open.Select(alarm => alarm.Model).Distinct()];
        Dictionary<ModelVersionId, ModelId> versions = await db.Versions.AsNoTracking().Where(version => models.Contains(version.Model))
            .ToDictionaryAsync(version => version.Id, version => version.Model, cancellationToken);
        Snapshot fresh = new(open, versions, changes, at);
        known = fresh;
        return fresh;
    }

    private sealed record Snapshot(
        IReadOnlyList<TheftAlarm> Open, IReadOnlyDictionary<ModelVersionId, ModelId> Models, long Changes, long At);
}
