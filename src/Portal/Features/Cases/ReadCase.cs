using Governance.Audit.Cases;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Cases;

/// <summary>Reads one case as far as a person's rights show it, and writes down that they looked.</summary>
internal sealed class ReadCase(IDbContextFactory<GovernanceDb> databases, CaseModels models, ScoredVersions versions, ReadCohort cohorts, RecordRowReads reads)
{
    // A page answers within a second or two; what takes longer is shown as work in progress.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Reads it.</summary>
    /// <param name="view">The version; the person must be one who sees rows.</param>
    /// <param name="shown">The evidence whose data and method are used.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="query">In which order cases are gone through.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>Null while the rows of the evidence are still being scored: it goes on, for who asks next.</returns>
    /// <exception cref="InputException">The data are gone, there is no such row, or the person may see no rows.</exception>
    /// <exception cref="DbUpdateException">The look could not be written down, so nothing is shown.</exception>
    public async Task<CaseView?> FindAsync(VersionView view, SealedFindings shown, int row, CaseQuery query, CancellationToken cancellationToken)
    {
        if (!view.Viewer.SeeRows)
        {
            throw new InputException("Your role does not see single cases.");
        }

        (Dataset dataset, RowMask mask) = await DatasetAsync(view, shown.Document, cancellationToken);
        if (await versions.TryAsync(view, shown.Document, Patience, cancellationToken) is not ScoredRows rows)
        {
            return null;
        }

        ScoredTable scored = rows.Scored;
        if (row < 0 || row >= scored.Table.Rows)
        {
            throw new InputException($"The data set '{dataset.Name}' has rows 0 to {scored.Table.Rows - 1}; there is no row {row}.");
        }

        CohortView cohort = await cohorts.OfAsync(view, shown.Document, query.Cohort, cancellationToken);
        int[] part = cohort is { IsWhole: false, Ready: true } ? cohort.Rows : [.. Enumerable.Range(0, scored.Table.Rows)];
        (IReadOnlyList<int> order, string? fault) = OrderOf(scored, part, mask, query, shown.Document.Options.Seed);
        int fileRow = (await models.FileRowsAsync(shown.Document, cancellationToken))?[row] ?? row;
        ModelFace face = await models.FaceAsync(view.Version, _ => Task.FromResult(rows.Data), cancellationToken);
        await WriteAsync(view, dataset, mask, [fileRow], ReadKind.Explanation, cancellationToken);
        return new CaseView
        {
            View = view, Shown = shown, Dataset = dataset, Scored = scored, Data = rows.Data, Cohort = cohort, Mask = mask, Row = row, FileRow = fileRow, Order = order, OrderFault = fault,
            Rows = new RowView(scored.Table, mask),
            Columns = face.Columns,
            Picture = face.Picture,
            At = order is int[] all ? Array.IndexOf(all, row) : -1,
        };
    }

    /// <summary>Writes down that more rows of the same data are shown.</summary>
    /// <exception cref="DbUpdateException">It could not be written, so they may not be shown.</exception>
    public async Task WriteAsync(CaseView one, IReadOnlyList<int> rows, ReadKind kind, CancellationToken cancellationToken)
    {
        int[]? file = await models.FileRowsAsync(one.Shown.Document, cancellationToken);
        await WriteAsync(one.View, one.Dataset, one.Mask, file is null ? rows : [.. rows.Select(row => file[row])], kind, cancellationToken);
    }

    private Task WriteAsync(VersionView view, Dataset dataset, RowMask mask, IReadOnlyList<int> rows, ReadKind kind, CancellationToken cancellationToken) =>
        reads.RunAsync(
            view.Viewer.Person, new RowLook(view.Version.Id, dataset.Id, dataset.Digest, rows, ReadPurpose.Page, kind, mask.Unmasked), cancellationToken);

    private async Task<(Dataset, RowMask)> DatasetAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken)
    {
        string digest = document.Data.FirstOrDefault(data => data.Role == "evaluation")?.Digest
            ?? throw new InputException("This evidence names no evaluation data, so it has no cases.");
        ArtifactDigest content = new(digest);
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        Dataset dataset = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Digest == content, cancellationToken)
            ?? throw new InputException("The data set that this evidence was measured on is no longer registered.");
        return await ErasedDataset.SentenceAsync(db, dataset, cancellationToken) is string erased
            ? throw new InputException(erased)
            : (dataset, RowMask.Of(view.PersonalRows, await MarkedColumns.OfAsync(db, dataset, cancellationToken)));
    }

    // A choice that does not fit leaves the part's rows in their order and says why.
    private static (int[] Order, string? Fault) OrderOf(ScoredTable scored, int[] part, RowMask mask, CaseQuery query, int seed)
    {
        if (query.Order == RowPick.Wrong && scored.Label is string label && mask.Hides(label))
        {
            return (part, "The recorded outcome is masked for your role, so cases cannot be ordered by it.");
        }

        try
        {
            return (CaseOrder.Of(scored, part, query.Order, query.Decision, seed), null);
        }
        catch (InputException fault)
        {
            return (part, fault.Message);
        }
    }
}
