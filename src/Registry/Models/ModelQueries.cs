using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Models;

/// <summary>A model as a list shows it.</summary>
/// <param name="Name">Stands in addresses.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Details">Everything else; null for whoever may only know that it exists.</param>
public sealed record ModelSummary(string Name, string Title, ModelDetails? Details);

/// <summary>A model with its versions, for whoever may see it.</summary>
/// <param name="Model">The model.</param>
/// <param name="OwnerName">The owner's display name.</param>
/// <param name="Versions">Newest first.</param>
/// <param name="Relation">How the viewer stands to it.</param>
public sealed record ModelDetails(
    Model Model, string OwnerName, IReadOnlyList<VersionSummary> Versions, ModelRelation Relation);

/// <summary>A version as a list shows it.</summary>
/// <param name="Version">The version.</param>
/// <param name="AuthorName">The author's display name.</param>
/// <param name="Latest">The evidence sealed last; null where none is.</param>
public sealed record VersionSummary(ModelVersion Version, string AuthorName, EvidenceRecord? Latest);

/// <summary>Reads models, as far as the viewer may see them.</summary>
public sealed class ModelQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Every model that exists for the viewer, by title.</summary>
    public async Task<IReadOnlyList<ModelSummary>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Holdings.LoadAsync(db, viewer, cancellationToken) is not Holdings holdings)
        {
            return [];
        }

        List<ModelSummary> visible = [];
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        foreach (Model model in await db.Models.AsNoTracking().ToListAsync(cancellationToken))
        {
            ModelVisibility seen = holdings.VisibilityOf(model, null);
            if (seen != ModelVisibility.None)
            {
                visible.Add(new ModelSummary(
                    model.Name, model.Title,
                    seen == ModelVisibility.Full ? await LoadAsync(db, model, holdings, names, cancellationToken) : null));
            }
        }

        return [.. visible.OrderBy(model => model.Title, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A model by its name; null where it does not exist for the viewer, or only its name does.</summary>
    public async Task<ModelDetails?> FindAsync(UserId viewer, string name, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model? model = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (model is null)
        {
            return null;
        }

        return await Holdings.LoadAsync(db, viewer, cancellationToken) is Holdings holdings
            && holdings.VisibilityOf(model, null) == ModelVisibility.Full
            ? await LoadAsync(db, model, holdings, await PeopleQueries.NamesAsync(db, cancellationToken), cancellationToken)
            : null;
    }

    private static async Task<ModelDetails> LoadAsync(
        GovernanceDb db, Model model, Holdings holdings, IReadOnlyDictionary<UserId, string> names,
        CancellationToken cancellationToken)
    {
        ModelId id = model.Id;
        List<ModelVersion> versions = await db.Versions.AsNoTracking().Where(row => row.Model == id)
            .OrderByDescending(row => row.Number).ToListAsync(cancellationToken);
        List<VersionSummary> summaries = [];
        foreach (ModelVersion version in versions.Where(each => holdings.VisibilityOf(model, each.Stage) == ModelVisibility.Full))
        {
            ModelVersionId versionId = version.Id;
            summaries.Add(new VersionSummary(
                version, names.GetValueOrDefault(version.Author, "?"),
                await db.Evidence.AsNoTracking().Where(row => row.Version == versionId)
                    .OrderByDescending(row => row.SealedAt).ThenByDescending(row => row.Id)
                    .FirstOrDefaultAsync(cancellationToken)));
        }

        return new ModelDetails(model, names.GetValueOrDefault(model.Owner, "?"), summaries, holdings.RelationTo(model, null));
    }
}
