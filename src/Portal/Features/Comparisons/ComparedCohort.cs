using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Governance.Registry.Policies;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The part of a data set that a comparison is made on, as far as the person may ask for it.</summary>
internal sealed class ComparedCohort(IDbContextFactory<GovernanceDb> databases, ShowCohorts shown)
{
    /// <summary>The rows of a condition on columns of the data.</summary>
    /// <param name="first">The version that is compared with.</param>
    /// <param name="second">The version in question; both say what the person may see.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="table">Its rows.</param>
    /// <param name="where">The condition; null for all rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It is no condition, names a masked column, or leaves too few rows; the sentence says why.</exception>
    public async Task<Table> OfAsync(
        VersionView first, VersionView second, Dataset dataset, Table table, string? where, CancellationToken cancellationToken)
    {
        if (where is null)
        {
            return table;
        }

        Cohort cohort = Cohort.Parse(where);
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<DatasetColumn> columns = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
        RowMask[] masks = [RowMask.Of(first.PersonalRows, columns), RowMask.Of(second.PersonalRows, columns)];
        if (cohort.Columns.FirstOrDefault(column => masks.Any(mask => mask.Hides(column))) is string masked)
        {
            throw new InputException($"The column '{masked}' is masked for your role, so no condition can name it.");
        }

        Table rows = cohort.Take(table);
        if (rows.Rows == 0)
        {
            throw new InputException("No row fulfils the condition.");
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        return !first.Viewer.MaskProtected && !second.Viewer.MaskProtected
            || (await shown.RunAsync(second.Viewer.Person, dataset.Digest, table, [where], smallest, cancellationToken)).Contains(where)
            ? rows
            : throw new InputException(
                $"Not shown to your role: the part, the rest, or what follows from the parts that you were shown before has fewer than {smallest} rows.");
    }
}
