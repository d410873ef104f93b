using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Privacy;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Answers;

/// <summary>The rows that say what is usual for a version.</summary>
/// <param name="Dataset">The data set with its columns.</param>
/// <param name="Data">Its rows.</param>
/// <param name="Options">What its evidence was asked for; null where there is none.</param>
/// <param name="Columns">The data set's columns with all their marks.</param>
public sealed record ReferenceData(Dataset Dataset, AuditTable Data, AuditOptions? Options, IReadOnlyList<DatasetColumn> Columns);

/// <summary>Finds a version's reference data: what its output policy names, else the background of its latest evidence.</summary>
public sealed class FindReference(IDbContextFactory<GovernanceDb> contexts, LoadAuditInputs inputs)
{
    /// <summary>Finds and reads it.</summary>
    /// <returns>Null where nothing was ever measured on the version and nothing was named.</returns>
    /// <exception cref="InputException">Its bytes cannot be read as a table.</exception>
    public async Task<ReferenceData?> RunAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        AuditOptions? options = await db.Evidence.AsNoTracking().Where(row => row.Version == version).Where(EvidenceRecord.Deciding)
            .OrderByDescending(row => row.SealedAt).ThenByDescending(row => row.Id)
            .Join(db.Runs, row => row.Run, run => run.Id, (_, run) => run.Spec)
            .FirstOrDefaultAsync(cancellationToken) is string spec ? AuditSpecJson.Read(spec) : null;
        ModelVersion row = await db.Versions.AsNoTracking().FirstAsync(each => each.Id == version, cancellationToken);
        OutputPolicyChoice? choice = await db.OutputPolicyChoices.AsNoTracking().Where(each => each.Model == row.Model)
            .OrderByDescending(each => each.ChosenAt).ThenByDescending(each => each.Id).FirstOrDefaultAsync(cancellationToken);
        string? name = choice?.Reference ?? options?.Background;
        Dataset? dataset = name is null ? null
            : await db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Name == name, cancellationToken);
        return dataset is null ? null : new ReferenceData(
            dataset, await inputs.TableAsync(dataset.Name, cancellationToken), options, await MarkedColumns.OfAsync(db, dataset, cancellationToken));
    }
}
