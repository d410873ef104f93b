using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Governance.Registry.Policies;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The part of a data set that a comparison is made on, as far as the person may ask for it.</summary>
/// <remarks>What the model said of a row is what the version in question said, by the latest evidence that it has on these rows.</remarks>
internal sealed class ComparedCohort(IDbContextFactory<GovernanceDb> databases, ShowCohorts shown, ReadFindings findings, ScoredVersions scored)
{
    /// <summary>The rows of a condition on columns of the data, or on what the version in question said.</summary>
    /// <param name="first">The version that is compared with.</param>
    /// <param name="second">The version in question; both say what the person may see.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="table">Its rows.</param>
    /// <param name="where">The condition; null for all rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It is no condition, names a masked column, or leaves too few rows; the sentence says why.</exception>
    public async Task<ComparedRows> OfAsync(
        VersionView first, VersionView second, Dataset dataset, Table table, string? where, CancellationToken cancellationToken)
    {
        if (where is null)
        {
            return new ComparedRows(table);
        }

        Cohort cohort = Cohort.Parse(where);
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<DatasetColumn> columns = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
        RowMask[] masks = [RowMask.Of(first.PersonalRows, columns), RowMask.Of(second.PersonalRows, columns)];
        if (cohort.Columns.FirstOrDefault(column => masks.Any(mask => mask.Hides(column))) is string masked)
        {
            throw new InputException($"The column '{masked}' is masked for your role, so no condition can name it.");
        }

        bool derived = cohort.Columns.Any(column => DerivedColumns.All.Contains(column) && table.Find(column) is null);
        SealedFindings? said = derived ? await SaidAsync(second, dataset, cancellationToken) : null;
        if (said?.Document.Options.Label is string label && cohort.Columns.Any(DerivedColumns.TellsLabel) && masks.Any(mask => mask.Hides(label)))
        {
            throw new InputException($"The column '{label}' is masked for your role, so no condition can name what tells of it.");
        }

        int[] rows = said is null ? cohort.Rows(table) : (await scored.OfAsync(second, said.Document, cancellationToken)).Rows(where);
        if (rows.Length == 0)
        {
            throw new InputException("No row fulfils the condition.");
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        return !first.Viewer.MaskProtected && !second.Viewer.MaskProtected
            || await shown.RunAsync(second.Viewer.Person, dataset.Digest, table, where, rows, smallest, cancellationToken)
            ? new ComparedRows(table.Take(rows), said?.Record.Id.Value)
            : throw new InputException(
                $"Not shown to your role: the part, the rest, or what follows from the parts that you were shown before has fewer than {smallest} rows.");
    }

    /// <summary>The latest evidence of a version that says what it said of these rows; null for none.</summary>
    /// <remarks>Of a part of the data the rows would be numbered otherwise.</remarks>
    public Task<SealedFindings?> EvidenceAsync(VersionView version, Dataset dataset, CancellationToken cancellationToken) => findings.ChooseAsync(
        version, null, document => document.Options.Measures?.Where is null && document.Data.Any(data => data.Role == "evaluation" && data.Digest == dataset.Digest.Hex),
        cancellationToken);

    private async Task<SealedFindings> SaidAsync(VersionView version, Dataset dataset, CancellationToken cancellationToken) =>
        await EvidenceAsync(version, dataset, cancellationToken)
        ?? throw new InputException($"What {version.Name} said of these rows is known once it has evidence on '{dataset.Name}'. Name columns of the data, or audit it.");
}
