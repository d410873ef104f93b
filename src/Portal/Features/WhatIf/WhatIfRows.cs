using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Privacy;
using Governance.Audit.Registrations;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Audit.WhatIf;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.WhatIf;

/// <summary>A data set's row as one person may read and edit it.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Row">Its cells with what they could be.</param>
/// <param name="Mask">What is masked of it.</param>
public sealed record WhatIfRow(Dataset Dataset, EditableRow Row, RowMask Mask)
{
    /// <summary>How the row looks where it is a picture or a sequence to paint on; else null.</summary>
    public ShownPicture? Picture { get; init; }
}

/// <summary>Reads known rows for what-ifs, and writes down that someone looked.</summary>
internal sealed class WhatIfRows(
    IDbContextFactory<GovernanceDb> databases, ArtifactStore store, LoadAuditInputs inputs, ComputeTurn turn, RecordRowReads reads)
{
    /// <summary>Reads one row.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="purpose">By which way it is shown.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">The rows are gone, there is no such row, or data and version do not fit.</exception>
    /// <exception cref="DbUpdateException">The look could not be written down, so nothing is shown.</exception>
    public async Task<WhatIfRow> ReadAsync(
        VersionView view, Dataset dataset, int row, ReadPurpose purpose, CancellationToken cancellationToken)
    {
        IReadOnlyList<DatasetColumn> columns;
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            columns = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
            if (await ErasedDataset.SentenceAsync(db, dataset, cancellationToken) is string erased)
            {
                throw new InputException(erased);
            }
        }

        RowMask mask = RowMask.Of(view.PersonalRows, columns);
        await reads.RunAsync(
            view.Viewer.Person, new RowLook(view.Version.Id, dataset.Id, dataset.Digest, [row], purpose, ReadKind.WhatIf, mask.Unmasked), cancellationToken);
        (_, byte[] model, byte[]? encoding) = await inputs.ModelAsync(view.Version.Id, cancellationToken);
        byte[] bytes = await store.ReadAsync(dataset.Digest, cancellationToken);
        return await turn.RunAsync(
            () =>
            {
                Table table = ReadDataset.Run(new MemoryStream(bytes, writable: false), dataset.Columns, cancellationToken);
                using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, cancellationToken);
                RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding is null ? null : ModelEncoding.Read(encoding), table);
                ShownPicture? picture = ShownPicture.Of(encoder, TokenInputs.Find(model, predictor.Signature));
                return new WhatIfRow(dataset, EditableRow.Make(encoder, table, row, mask), mask) { Picture = picture?.Kind == PictureKind.Tokens ? null : picture };
            },
            cancellationToken);
    }

    /// <summary>A row that was read before, while the same cells are masked and the rows are there; else it is read again.</summary>
    /// <exception cref="InputException">The rows are gone.</exception>
    public async Task<WhatIfRow> AgainAsync(VersionView view, WhatIfRow held, int row, CancellationToken cancellationToken)
    {
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await ErasedDataset.SentenceAsync(db, held.Dataset, cancellationToken) is string erased)
            {
                throw new InputException(erased);
            }

            RowMask mask = RowMask.Of(view.PersonalRows, await MarkedColumns.OfAsync(db, held.Dataset, cancellationToken));
            if (mask.Columns.SetEquals(held.Mask.Columns))
            {
                return held;
            }
        }

        return await ReadAsync(view, held.Dataset, row, ReadPurpose.Page, cancellationToken);
    }

    /// <summary>The data set of an id; null where there is none.</summary>
    public async Task<Dataset?> FindAsync(DatasetId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Datasets.AsNoTracking().FirstOrDefaultAsync(dataset => dataset.Id == id, cancellationToken);
    }

    /// <summary>The rows of a data set whose true outcome is this one; none where the outcome is masked or there is no label.</summary>
    public async Task<int[]> WithOutcomeAsync(VersionView view, Dataset dataset, string outcome, CancellationToken cancellationToken)
    {
        IReadOnlyList<DatasetColumn> columns;
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            columns = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
        }

        string? label = dataset.Of(ColumnRole.Label).FirstOrDefault()?.Name;
        if (label is null || RowMask.Of(view.PersonalRows, columns).Hides(label) || !store.Contains(dataset.Digest))
        {
            return [];
        }

        byte[] bytes = await store.ReadAsync(dataset.Digest, cancellationToken);
        Column cells = (await Task.Run(() => ReadDataset.Run(new MemoryStream(bytes, writable: false), dataset.Columns, cancellationToken), cancellationToken)).Need(label);
        return [.. Enumerable.Range(0, cells.Count).Where(row => cells.Text(row) == outcome)];
    }
}
