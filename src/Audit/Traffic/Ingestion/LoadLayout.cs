using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Traffic.Ingestion;

/// <summary>How a deployment's columns are counted before its first row: on the bins and levels of its reference data.</summary>
/// <param name="contexts">The database.</param>
/// <param name="store">Holds the reference data.</param>
public sealed class LoadLayout(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store)
{
    /// <summary>Reads the reference data and counts it.</summary>
    /// <exception cref="InputException">There is no such deployment.</exception>
    internal async Task<SummaryLayout> RunAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Deployment row = await db.Deployments.AsNoTracking().FirstOrDefaultAsync(each => each.Id == deployment, cancellationToken)
            ?? throw new InputException("There is no such deployment.");
        DatasetId? id = row.Reference;
        Dataset? dataset = id is null ? null : await db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Id == id, cancellationToken);
        if (dataset is null || await ErasedDataset.SentenceAsync(db, dataset, cancellationToken) is not null)
        {
            return SummaryLayout.Of(null, []);
        }

        IReadOnlyList<DatasetColumn> columns = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
        byte[] bytes = await store.ReadAsync(dataset.Digest, cancellationToken);
        return await Task.Run(
            () => SummaryLayout.Of(ReadDataset.Run(new MemoryStream(bytes, writable: false), dataset.Columns, cancellationToken), columns), cancellationToken);
    }
}
