using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>An entry of the log with names.</summary>
/// <param name="Read">The entry.</param>
/// <param name="Person">Who looked.</param>
/// <param name="Version">Such as "credit v3"; null where through none.</param>
/// <param name="Dataset">The data set's name.</param>
public sealed record RowReadView(RowRead Read, string Person, string? Version, string Dataset);

/// <summary>How much someone looked on one day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Person">Who.</param>
/// <param name="Looks">Entries of the log.</param>
/// <param name="Rows">Rows of them all, counted at each look.</param>
/// <param name="Unmasked">Of these, with protected and personal cells.</param>
public sealed record DayOfReads(DateOnly Day, string Person, int Looks, long Rows, long Unmasked);

/// <summary>The log of looks at rows, for auditors and for the owners of models.</summary>
public sealed class RowReadQueries(IDbContextFactory<GovernanceDb> contexts)
{
    private const int MostDays = 5_000;

    /// <summary>The latest looks that someone may know of: an auditor all, an owner those through their models.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where they are neither auditor nor owner of a model.</returns>
    public async Task<(IReadOnlyList<RowReadView> Latest, IReadOnlyList<DayOfReads> Days)?> ForAsync(
        UserId viewer, int most, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Person? person = await Standing.FindPersonAsync(db, viewer, cancellationToken);
        bool all = person?.Roles.Any(role => AccessPolicy.CellOf(role, Right.SeeLedger) == Allowance.All) == true;
        ModelVersionId[] own = all || person is null or { Roles.Count: 0 } ? [] : await (
            from version in db.Versions
            join model in db.Models on version.Model equals model.Id
            where model.Owner == viewer
            select version.Id).ToArrayAsync(cancellationToken);
        if (!all && own.Length == 0)
        {
            return null;
        }

        IQueryable<RowRead> reads = all ? db.RowReads.AsNoTracking()
            : db.RowReads.AsNoTracking().Where(read => read.Version != null && own.Contains(read.Version.Value));
        IReadOnlyDictionary<UserId, string> people = await PeopleQueries.NamesAsync(db, cancellationToken);
        Dictionary<DatasetId, string> datasets = await db.Datasets.AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        var versions = await (
            from version in db.Versions
            join model in db.Models on version.Model equals model.Id
            select new { version.Id, model.Name, version.Number }).ToDictionaryAsync(row => row.Id, row => $"{row.Name} v{row.Number}", cancellationToken);
        List<RowRead> latest = await reads.OrderByDescending(read => read.At).ThenByDescending(read => read.Id).Take(most).ToListAsync(cancellationToken);
        var counted = await reads.OrderByDescending(read => read.At).Take(MostDays)
            .Select(read => new { read.At, read.Person, read.Rows, read.Unmasked }).ToListAsync(cancellationToken);
        return (
            [
                .. latest.Select(read => new RowReadView(
                    read, people.GetValueOrDefault(read.Person, "somebody"),
                    read.Version is ModelVersionId version ? versions.GetValueOrDefault(version) : null,
                    datasets.GetValueOrDefault(read.Dataset, "a data set"))),
            ],
            [
                .. counted.GroupBy(read => (Day: DateOnly.FromDateTime(read.At.UtcDateTime), read.Person))
                    .OrderByDescending(day => day.Key.Day).ThenByDescending(day => day.Sum(read => (long)read.Rows))
                    .Select(day => new DayOfReads(
                        day.Key.Day, people.GetValueOrDefault(day.Key.Person, "somebody"), day.Count(), day.Sum(read => (long)read.Rows),
                        day.Where(read => read.Unmasked).Sum(read => (long)read.Rows))),
            ]);
    }

    /// <summary>How often rows were looked at one by one, by their keyed digests.</summary>
    public async Task<int> CountAsync(IReadOnlyCollection<string> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        int count = 0;
        foreach (string[] some in rows.Chunk(500))
        {
            count += await db.RowReads.CountAsync(read => some.Contains(read.Row), cancellationToken);
        }

        return count;
    }
}
