using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>Reads alarms.</summary>
public sealed class AlarmQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>
    /// What of all alarms concerns someone: their own and those of service accounts that they answer for, those on models that
    /// they own, those that they may confirm or release, and to an auditor all. Those that hold first, then the latest.
    /// </summary>
    public Task<IReadOnlyList<AlarmView>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken) =>
        VisibleAsync(viewer, alarms => alarms, cancellationToken);

    /// <summary>The same of one model's alarms.</summary>
    public Task<IReadOnlyList<AlarmView>> OfModelAsync(UserId viewer, ModelId model, CancellationToken cancellationToken) =>
        VisibleAsync(viewer, alarms => alarms.Where(alarm => alarm.Model == model), cancellationToken);

    /// <summary>How many alarms a model has had, and how many of them hold.</summary>
    public async Task<(int All, int Open)> CountAsync(ModelId model, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (
            await db.TheftAlarms.CountAsync(alarm => alarm.Model == model, cancellationToken),
            await Holding(db).CountAsync(alarm => alarm.Model == model, cancellationToken));
    }

    /// <summary>The alarms that hold, of all models, for whoever enforces them.</summary>
    public async Task<IReadOnlyList<TheftAlarm>> OpenAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Holding(db).ToListAsync(cancellationToken);
    }

    /// <summary>Alarms that still restrict their stream.</summary>
    internal static IQueryable<TheftAlarm> Holding(GovernanceDb db) => db.TheftAlarms.AsNoTracking().Where(alarm =>
        !db.AlarmSteps.Any(step => step.Alarm == alarm.Id && step.Kind == AlarmStepKind.Released)
        || (alarm.Stream == AlarmStream.Person && !db.AlarmSteps.Any(step => step.Alarm == alarm.Id && step.Kind == AlarmStepKind.Confirmed)));

    internal static async Task<AlarmView?> FindAsync(GovernanceDb db, TheftAlarmId id, CancellationToken cancellationToken) =>
        (await ReadAsync(db, db.TheftAlarms.Where(alarm => alarm.Id == id), cancellationToken)).SingleOrDefault().View;

    private static async Task<IReadOnlyList<(AlarmView View, Model Model)>> ReadAsync(
        GovernanceDb db, IQueryable<TheftAlarm> wanted, CancellationToken cancellationToken)
    {
        var rows = await (
            from alarm in wanted.AsNoTracking()
            join model in db.Models on alarm.Model equals model.Id
            join version in db.Versions on alarm.Version equals version.Id
            orderby alarm.RaisedAt descending, alarm.Id descending
            select new { alarm, model, version.Number }).ToListAsync(cancellationToken);
        TheftAlarmId[] ids = [.. rows.Select(row => row.alarm.Id)];
        List<AlarmStep> steps = await db.AlarmSteps.AsNoTracking().Where(step => ids.Contains(step.Alarm))
            .OrderBy(step => step.At).ThenBy(step => step.Id).ToListAsync(cancellationToken);
        FactDigest[] digests = [.. steps.Select(step => step.Reason).OfType<FactDigest>()];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(text => digests.Contains(text.Digest))
            .ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        Dictionary<TheftAlarmId, AlarmParty> parties = await AlarmParty.LoadAsync(db, [.. rows.Select(row => row.alarm)], cancellationToken);
        ILookup<TheftAlarmId, AlarmStepView> done = steps.ToLookup(step => step.Alarm, step => new AlarmStepView(
            step, names.GetValueOrDefault(step.By, "somebody"), step.Reason is FactDigest reason ? texts.GetValueOrDefault(reason) : null));
        return
        [
            .. rows.Select(row => (new AlarmView(
                row.alarm, row.model.Name, row.Number, row.model.Owner, names.GetValueOrDefault(row.model.Owner, "its owner"),
                parties[row.alarm.Id], [.. done[row.alarm.Id]]), row.model)),
        ];
    }

    private async Task<IReadOnlyList<AlarmView>> VisibleAsync(
        UserId viewer, Func<IQueryable<TheftAlarm>, IQueryable<TheftAlarm>> wanted, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Holdings.LoadAsync(db, viewer, cancellationToken) is not Holdings holdings ? []
            :
            [
                .. (await ReadAsync(db, wanted(db.TheftAlarms), cancellationToken)).Select(row => Shown(row.View, row.Model, holdings))
                    .OfType<AlarmView>().OrderByDescending(view => view.IsOpen),
            ];
    }

    private static AlarmView? Shown(AlarmView view, Model model, Holdings holdings)
    {
        Person person = holdings.Person;
        bool owner = model.Owner == person.Id && holdings.VisibilityOf(model, null) == ModelVisibility.Full;
        bool suspends = holdings.Decide(Right.Suspend, model, null).Allowed;
        bool all = holdings.Decide(Right.SeeLedger, model, null).Cell == Allowance.All;
        AlarmView shown = view with
        {
            MayConfirm = AlarmPolicy.RefusalToConfirm(view, person) is null,
            MayRelease = AlarmPolicy.RefusalToRelease(view, person, owner, suspends) is null,
        };
        return AlarmPolicy.Confirms(view, person) || owner || suspends || all ? shown : null;
    }
}
