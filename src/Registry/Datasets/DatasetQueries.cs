using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Datasets;

/// <summary>Reads what is on record about data sets. Their rows are another right.</summary>
public sealed class DatasetQueries(IDbContextFactory<GovernanceDb> contexts)
{
    // Whose role sees models sees the data they are audited on; consumers and administrators do not.
    private static readonly Role[] Readers =
        [Role.Developer, Role.Reviewer, Role.Approver, Role.Auditor, Role.Operator];

    /// <summary>Every data set by title; none for whoever may not see them.</summary>
    public async Task<IReadOnlyList<Dataset>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await MaySeeAsync(db, viewer, cancellationToken)
            ? await db.Datasets.AsNoTracking().OrderBy(row => row.Title).ToListAsync(cancellationToken)
            : [];
    }

    /// <summary>A data set by its name; null where it does not exist for the viewer.</summary>
    public async Task<Dataset?> FindAsync(UserId viewer, string name, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await MaySeeAsync(db, viewer, cancellationToken)
            ? await db.Datasets.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name, cancellationToken)
            : null;
    }

    private static async Task<bool> MaySeeAsync(GovernanceDb db, UserId viewer, CancellationToken cancellationToken)
    {
        Person? person = await Standing.FindPersonAsync(db, viewer, cancellationToken);
        return person is not null && MaySee(person);
    }

    /// <summary>Whether someone's roles see data sets.</summary>
    internal static bool MaySee(Person person) => person.Roles.Overlaps(Readers);
}
