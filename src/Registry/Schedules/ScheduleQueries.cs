using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Schedules;

/// <summary>Reads schedules and their runs, as far as the viewer sees the models.</summary>
public sealed class ScheduleQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The schedules of all models that the viewer sees, active ones first, then by name.</summary>
    public async Task<IReadOnlyList<ScheduleView>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(db, viewer, db.Schedules, cancellationToken);
    }

    /// <summary>One schedule; null where it does not exist for the viewer.</summary>
    public async Task<ScheduleView?> FindAsync(UserId viewer, ScheduleId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ViewsAsync(db, viewer, db.Schedules.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Every active schedule: what the clock keeps. For the system, not for a viewer.</summary>
    public async Task<IReadOnlyList<ScheduleEntry>> ActiveAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await EntriesAsync(db, db.Schedules, cancellationToken)).Where(entry => entry.State == ScheduleState.Active)];
    }

    /// <summary>One schedule with its steps, for the system; null where there is none.</summary>
    public async Task<ScheduleEntry?> EntryAsync(ScheduleId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await EntryAsync(db, id, cancellationToken);
    }

    /// <summary>The runs of schedules that the caller may show, the latest first.</summary>
    /// <param name="schedules">Which schedules.</param>
    /// <param name="from">Due from here on (UTC, inclusive); null for all.</param>
    /// <param name="to">Due before; null for all.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ScheduleRunView>> RunsAsync(
        IReadOnlyCollection<ScheduleId> schedules, DateTimeOffset? from, DateTimeOffset? to, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<ScheduleRun> rows = db.ScheduleRuns.Where(row => schedules.Contains(row.Schedule));
        rows = from is DateTimeOffset first ? rows.Where(row => row.DueAt >= first) : rows;
        rows = to is DateTimeOffset end ? rows.Where(row => row.DueAt < end) : rows;
        return await RunsAsync(db, rows.OrderByDescending(row => row.DueAt).Take(most), cancellationToken);
    }

    internal static async Task<ScheduleEntry?> EntryAsync(GovernanceDb db, ScheduleId id, CancellationToken cancellationToken) =>
        (await EntriesAsync(db, db.Schedules.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();

    internal static async Task<IReadOnlyList<ScheduleEntry>> EntriesAsync(GovernanceDb db, IQueryable<Schedule> wanted, CancellationToken cancellationToken)
    {
        List<Schedule> schedules = await wanted.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        ScheduleId[] ids = [.. schedules.Select(row => row.Id)];
        ILookup<ScheduleId, ScheduleStep> steps = (await db.ScheduleSteps.AsNoTracking().Where(row => ids.Contains(row.Schedule))
            .OrderBy(row => row.Number).ToListAsync(cancellationToken)).ToLookup(row => row.Schedule);
        return [.. schedules.Select(row => new ScheduleEntry(row, [.. steps[row.Id]]))];
    }

    internal static async Task<IReadOnlyList<ScheduleRunView>> RunsAsync(GovernanceDb db, IQueryable<ScheduleRun> wanted, CancellationToken cancellationToken)
    {
        List<ScheduleRun> rows = await wanted.AsNoTracking().ToListAsync(cancellationToken);
        AuditRunId[] runs = [.. rows.Select(row => row.Run).OfType<AuditRunId>()];
        Dictionary<AuditRunId, AuditRun> audits = await db.Runs.AsNoTracking().Where(row => runs.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        Dictionary<AuditRunId, EvidenceRecord> evidence = (await db.Evidence.AsNoTracking().Where(row => runs.Contains(row.Run)).ToListAsync(cancellationToken))
            .ToDictionary(row => row.Run);
        ModelVersionId[] versions = [.. rows.Select(row => row.Version).OfType<ModelVersionId>().Distinct()];
        Dictionary<ModelVersionId, int> numbers = await db.Versions.AsNoTracking().Where(row => versions.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Number, cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.DueAt).Select(row => new ScheduleRunView(
                row, row.Run is AuditRunId run ? audits.GetValueOrDefault(run) : null, row.Run is AuditRunId made ? evidence.GetValueOrDefault(made) : null,
                row.Version is ModelVersionId version && numbers.TryGetValue(version, out int number) ? number : null)),
        ];
    }

    private static async Task<IReadOnlyList<ScheduleView>> ViewsAsync(
        GovernanceDb db, UserId viewer, IQueryable<Schedule> wanted, CancellationToken cancellationToken)
    {
        IReadOnlyList<ScheduleEntry> entries = await EntriesAsync(db, wanted, cancellationToken);
        Holdings? holdings = entries.Count == 0 ? null : await Holdings.LoadAsync(db, viewer, cancellationToken);
        if (holdings is null)
        {
            return [];
        }

        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        FactDigest[] digests = [.. entries.SelectMany(entry => entry.Steps).Select(step => step.Reason).OfType<FactDigest>()];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
        Dictionary<ModelId, Model> models = await db.Models.AsNoTracking().ToDictionaryAsync(row => row.Id, cancellationToken);
        ModelVersionId[] versions = [.. entries.Select(entry => entry.Schedule.Version).OfType<ModelVersionId>()];
        Dictionary<ModelVersionId, ModelVersion> known = await db.Versions.AsNoTracking().Where(row => versions.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        List<ScheduleView> views = [];
        foreach (ScheduleEntry entry in entries)
        {
            Model model = models[entry.Schedule.Model];
            ModelVersion? version = entry.Schedule.Version is ModelVersionId id ? known[id] : null;
            if (holdings.VisibilityOf(model, version?.Stage) != ModelVisibility.Full)
            {
                continue;
            }

            ScheduleId of = entry.Schedule.Id;
            IReadOnlyList<ScheduleRunView> last = await RunsAsync(
                db, db.ScheduleRuns.Where(row => row.Schedule == of).OrderByDescending(row => row.DueAt).Take(1), cancellationToken);
            views.Add(new ScheduleView(
                entry, model.Name, version?.Number, names, texts, new Standing(holdings.Person, holdings.RelationTo(model, version?.Stage)),
                last.Count == 0 ? null : last[0]));
        }

        return [.. views.OrderBy(view => view.Entry.State).ThenBy(view => view.Model, StringComparer.Ordinal).ThenBy(view => view.Schedule.Name, StringComparer.Ordinal)];
    }
}
