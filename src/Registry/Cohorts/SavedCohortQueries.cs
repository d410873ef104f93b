using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Cohorts;

/// <summary>A saved cohort as one person sees it.</summary>
/// <param name="Entry">The cohort.</param>
/// <param name="Author">Who saved it.</param>
/// <param name="Mine">Whether that is the person who looks.</param>
/// <param name="MayRetire">Whether they may retire it.</param>
public sealed record SavedCohortView(SavedCohortEntry Entry, string Author, bool Mine, bool MayRetire)
{
    /// <summary>Which.</summary>
    public SavedCohortId Id => Entry.Cohort.Id;

    /// <summary>What it is called.</summary>
    public string Name => Entry.Name ?? "(name erased)";

    /// <summary>When something was done with it last: it was saved, shared, renamed or retired.</summary>
    public DateTimeOffset ChangedAt => Entry.Steps.Count == 0 ? Entry.Cohort.At : Entry.Steps[^1].At;
}

/// <summary>Reads saved cohorts, as far as the viewer sees their model.</summary>
public sealed class SavedCohortQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The saved cohorts of a model that someone sees, by name, retired ones last; none where the model does not exist for them.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<SavedCohortView>> OfAsync(UserId viewer, string model, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model? row = await db.Models.AsNoTracking().FirstOrDefaultAsync(each => each.Name == model, cancellationToken);
        Holdings? holdings = row is null ? null : await Holdings.LoadAsync(db, viewer, cancellationToken);
        if (holdings is null || holdings.VisibilityOf(row!, null) != ModelVisibility.Full)
        {
            return [];
        }

        ModelId of = row!.Id;
        SavedCohortEntry[] entries =
        [
            .. (await SavedCohortEntry.ReadAsync(db, db.SavedCohorts.Where(each => each.Model == of), cancellationToken)).Where(entry => entry.IsSeenBy(viewer)),
        ];
        if (entries.Length == 0)
        {
            return [];
        }

        Standing standing = new(holdings.Person, holdings.RelationTo(row, null));
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        return
        [
            .. entries.Select(entry => new SavedCohortView(
                    entry, names[entry.Cohort.By], entry.Cohort.By == viewer,
                    SavedCohortPolicy.RefusalFor(SavedCohortStepKind.Retired, entry, viewer, standing) is null))
                .OrderBy(view => view.Entry.Retired).ThenBy(view => view.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
