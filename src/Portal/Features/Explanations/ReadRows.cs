using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Explanations;

/// <summary>Reads the rows that an audit explained, as far as a person's rights show them, and writes down that they looked.</summary>
internal sealed class ReadRows(IDbContextFactory<GovernanceDb> databases, ArtifactStore store, KeptTables tables, RecordRowReads reads)
{
    /// <summary>The evaluation rows of a document.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="document">Says by digest which data were explained.</param>
    /// <param name="kind">What is shown of them.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>Null where the person's role sees no rows, or the data are no longer there.</returns>
    /// <exception cref="DbUpdateException">The look could not be written down, so nothing is shown.</exception>
    public async Task<RowView?> FindAsync(VersionView view, FindingsDocument document, ReadKind kind, CancellationToken cancellationToken)
    {
        if (!view.Viewer.SeeRows || await DatasetAsync(document, cancellationToken) is not (Dataset dataset, { } columns))
        {
            return null;
        }

        RowMask mask = RowMask.Of(view.PersonalRows, columns);
        await RecordAsync(view, document, dataset, ReadPurpose.Page, kind, mask.Unmasked, cancellationToken);
        return new RowView(await tables.OfAsync(dataset, cancellationToken), mask);
    }

    /// <summary>Writes down that someone takes the explanations of a document away.</summary>
    /// <returns>The mask for what the file says besides; null where the data are no longer registered.</returns>
    public async Task<RowMask?> ExportAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken)
    {
        if (await DatasetAsync(document, cancellationToken, evenErased: true) is not (Dataset dataset, { } columns))
        {
            return null;
        }

        RowMask mask = RowMask.Of(view.PersonalRows, columns);
        await RecordAsync(view, document, dataset, ReadPurpose.Export, ReadKind.Explanation, mask.Unmasked, cancellationToken);
        return mask;
    }

    /// <summary>What is masked of the data of a document; null where they are no longer registered.</summary>
    public async Task<RowMask?> MaskAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken) =>
        await DatasetAsync(document, cancellationToken, evenErased: true) is (_, { } columns) ? RowMask.Of(view.PersonalRows, columns) : null;

    private Task RecordAsync(
        VersionView view, FindingsDocument document, Dataset dataset, ReadPurpose purpose, ReadKind kind, bool unmasked,
        CancellationToken cancellationToken) => reads.RunAsync(
            view.Viewer.Person,
            new RowLook(
                view.Version.Id, dataset.Id, dataset.Digest, [.. (document.Explanation?.Rows ?? []).Select(row => row.Row).Distinct()], purpose, kind, unmasked),
            cancellationToken);

    private async Task<(Dataset Dataset, IReadOnlyList<DatasetColumn> Columns)?> DatasetAsync(
        FindingsDocument document, CancellationToken cancellationToken, bool evenErased = false)
    {
        if (document.Data.FirstOrDefault(data => data.Role == "evaluation") is not { } data)
        {
            return null;
        }

        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        ArtifactDigest digest = new(data.Digest);
        Dataset? dataset = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Digest == digest, cancellationToken);
        return dataset is null || (!evenErased && !store.Contains(digest)) ? null
            : (dataset, await MarkedColumns.OfAsync(db, dataset, cancellationToken));
    }
}
