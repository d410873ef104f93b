using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>Reads alarms. Whoever asks has judged the right to see them.</summary>
public sealed class AlarmQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The alarms of a model, the latest first.</summary>
    public Task<IReadOnlyList<AlarmView>> OfModelAsync(ModelId model, CancellationToken cancellationToken) =>
        ReadAsync(alarms => alarms.Where(alarm => alarm.Model == model), _ => true, cancellationToken);

    /// <summary>The alarms that wait for an owner's release, the latest first.</summary>
    public Task<IReadOnlyList<AlarmView>> WaitingForOwnerAsync(UserId owner, CancellationToken cancellationToken) =>
        ReadAsync(alarms => alarms, view => view.Owner == owner && view.NeedsRelease, cancellationToken);

    /// <summary>The alarms that wait for a person to prove who they are, the latest first.</summary>
    public Task<IReadOnlyList<AlarmView>> WaitingForPersonAsync(UserId person, CancellationToken cancellationToken) => ReadAsync(
        alarms => alarms.Where(alarm => alarm.Stream == AlarmStream.Person && alarm.Holder == person.Value),
        view => view.NeedsConfirmation, cancellationToken);

    /// <summary>The alarms that hold, of all models.</summary>
    public Task<IReadOnlyList<AlarmView>> OpenAsync(CancellationToken cancellationToken) =>
        ReadAsync(alarms => alarms, view => view.IsOpen, cancellationToken);

    internal static async Task<AlarmView?> FindAsync(GovernanceDb db, TheftAlarmId id, CancellationToken cancellationToken) =>
        (await ReadAsync(db, db.TheftAlarms.Where(alarm => alarm.Id == id), cancellationToken)).SingleOrDefault();

    internal static async Task<IReadOnlyList<AlarmView>> ReadAsync(
        GovernanceDb db, IQueryable<TheftAlarm> wanted, CancellationToken cancellationToken)
    {
        var rows = await wanted.AsNoTracking().Join(db.Models, alarm => alarm.Model, model => model.Id, (alarm, model) => new { alarm, model })
            .OrderByDescending(row => row.alarm.RaisedAt).ThenByDescending(row => row.alarm.Id).ToListAsync(cancellationToken);
        TheftAlarmId[] ids = [.. rows.Select(row => row.alarm.Id)];
        ILookup<TheftAlarmId, AlarmStep> steps = (await db.AlarmSteps.AsNoTracking().Where(step => ids.Contains(step.Alarm))
            .OrderBy(step => step.At).ThenBy(step => step.Id).ToListAsync(cancellationToken)).ToLookup(step => step.Alarm);
        return [.. rows.Select(row => new AlarmView(row.alarm, row.model.Name, row.model.Owner, [.. steps[row.alarm.Id]]))];
    }

    private async Task<IReadOnlyList<AlarmView>> ReadAsync(
        Func<IQueryable<TheftAlarm>, IQueryable<TheftAlarm>> wanted, Func<AlarmView, bool> kept, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await ReadAsync(db, wanted(db.TheftAlarms), cancellationToken)).Where(kept)];
    }
}
