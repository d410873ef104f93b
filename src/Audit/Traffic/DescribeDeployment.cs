using Governance.Audit.Encodings;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Traffic;

/// <summary>What is known of a deployment's columns before its traffic is read.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Columns">The columns of the reference data with all their marks; empty where there is none.</param>
/// <param name="Encoding">How rows become inputs; null where columns are taken as they are.</param>
/// <param name="Positive">The class that a score refers to where it names none; null where nobody said.</param>
public sealed record DeploymentColumns(Deployment Deployment, IReadOnlyList<DatasetColumn> Columns, ModelEncoding? Encoding, string? Positive);

/// <summary>Reads it.</summary>
/// <param name="contexts">The database.</param>
/// <param name="store">Holds the encoding.</param>
public sealed class DescribeDeployment(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store)
{
    /// <summary>Reads what is known; null where there is no such deployment.</summary>
    public async Task<DeploymentColumns?> RunAsync(DeploymentId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Deployment? row = await db.Deployments.AsNoTracking().FirstOrDefaultAsync(each => each.Id == id, cancellationToken);
        if (row is null)
        {
            return null;
        }

        ModelVersion version = await db.Versions.AsNoTracking().FirstAsync(each => each.Id == row.Version, cancellationToken);
        ModelEncoding? encoding = version.Encoding is ArtifactDigest digest && store.Contains(digest)
            ? ModelEncoding.Read(await store.ReadAsync(digest, cancellationToken)) : null;
        DatasetId? reference = row.Reference;
        Dataset? dataset = reference is null ? null : await db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Id == reference, cancellationToken);
        return new DeploymentColumns(
            row, dataset is null ? [] : await MarkedColumns.OfAsync(db, dataset, cancellationToken), encoding, encoding?.Label?.Positive ?? dataset?.Positive);
    }
}
