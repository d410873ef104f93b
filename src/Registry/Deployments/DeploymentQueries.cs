using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Deployments;

/// <summary>Reads what is and was deployed.</summary>
public sealed class DeploymentQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>What has not ended, whoever asks: for serving, monitors and schedules. The oldest first.</summary>
    /// <param name="model">Of which model.</param>
    /// <param name="environment">In which environment; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DeploymentView>> LiveAsync(ModelId model, string? environment, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(
            db, await Live(db).Where(row => row.Model == model && (environment == null || row.Environment == environment)).ToListAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Everything that has not ended, of all models, whoever asks. The oldest first.</summary>
    public async Task<IReadOnlyList<DeploymentView>> AllLiveAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(db, await Live(db).ToListAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The names of the reference data sets of a model's deployments, ended ones too; whoever asks.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ReferencesAsync(string model, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        var named = await (from deployment in db.Deployments
                           join row in db.Models on deployment.Model equals row.Id
                           join dataset in db.Datasets on deployment.Reference equals dataset.Id
                           where row.Name == model
                           select new { deployment.Id, dataset.Name }).ToListAsync(cancellationToken);
        return named.ToDictionary(row => row.Id.Value, row => row.Name);
    }

    /// <summary>One deployment, whoever asks; null where there is none.</summary>
    public async Task<DeploymentView?> FindAsync(DeploymentId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Deployment> rows = await db.Deployments.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : (await ViewsAsync(db, rows, cancellationToken))[0];
    }

    /// <summary>One deployment with how a person stands to it; null where it does not exist for them.</summary>
    public async Task<(DeploymentView View, Standing Standing)?> FindAsync(UserId viewer, DeploymentId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not DeploymentView view)
        {
            return null;
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelId model = view.Deployment.Model;
        Standing standing = await Standing.LoadAsync(
            db, Actor.Person(viewer), await db.Models.AsNoTracking().FirstAsync(row => row.Id == model, cancellationToken), view.Stage, cancellationToken);
        return standing.Visibility == ModelVisibility.Full ? (view, standing) : null;
    }

    /// <summary>What a person may see of what is and was deployed; the latest first.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="version">Of one version; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DeploymentView>> VisibleToAsync(UserId viewer, ModelVersionId? version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Deployment> rows = await db.Deployments.AsNoTracking().Where(row => version == null || row.Version == version).ToListAsync(cancellationToken);
        HashSet<ModelId> seen = [];
        foreach (ModelId id in rows.Select(row => row.Model).Distinct())
        {
            Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == id, cancellationToken);
            if ((await Standing.LoadAsync(db, Actor.Person(viewer), model, cancellationToken)).Visibility == ModelVisibility.Full)
            {
                seen.Add(id);
            }
        }

        return [.. (await ViewsAsync(db, [.. rows.Where(row => seen.Contains(row.Model))], cancellationToken)).Reverse()];
    }

    /// <summary>Deployments without an end.</summary>
    internal static IQueryable<Deployment> Live(GovernanceDb db) =>
        db.Deployments.AsNoTracking().Where(row => !db.DeploymentEnds.Any(end => end.Deployment == row.Id));

    private static async Task<IReadOnlyList<DeploymentView>> ViewsAsync(GovernanceDb db, List<Deployment> rows, CancellationToken cancellationToken)
    {
        DeploymentId[] ids = [.. rows.Select(row => row.Id)];
        ModelVersionId[] versions = [.. rows.Select(row => row.Version).Distinct()];
        DatasetId?[] references = [.. rows.Select(row => row.Reference).Distinct()];
        Dictionary<DeploymentId, DeploymentEnd> ends = await db.DeploymentEnds.AsNoTracking()
            .Where(end => ids.Contains(end.Deployment)).ToDictionaryAsync(end => end.Deployment, cancellationToken);
        var known = await db.Versions.AsNoTracking().Where(row => versions.Contains(row.Id))
            .Join(db.Models, row => row.Model, model => model.Id, (row, model) => new { row.Id, model.Name, row.Number, row.Stage })
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        Dictionary<DatasetId, string> datasets = await db.Datasets.AsNoTracking().Where(row => references.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.DeployedAt).ThenBy(row => row.Id.Value).Select(row => new DeploymentView(
                row, ends.GetValueOrDefault(row.Id), known[row.Version].Name, known[row.Version].Number, known[row.Version].Stage,
                row.By is UserId by ? names.GetValueOrDefault(by, "somebody") : "the system",
                row.Reference is DatasetId reference ? datasets.GetValueOrDefault(reference) : null)),
        ];
    }
}
