using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Annotations;

/// <summary>Reads models and versions with what programs hung on them, as far as the viewer may see them.</summary>
public sealed class AnnotationQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Every model that the viewer sees in full, by name.</summary>
    public Task<IReadOnlyList<AnnotatedModel>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken) =>
        ReadAsync(viewer, null, cancellationToken);

    /// <summary>A model by its name; null where it does not exist for the viewer, or only its name does.</summary>
    public async Task<AnnotatedModel?> FindAsync(UserId viewer, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (await ReadAsync(viewer, name, cancellationToken)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<AnnotatedModel>> ReadAsync(UserId viewer, string? name, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Holdings.LoadAsync(db, viewer, cancellationToken) is not Holdings holdings)
        {
            return [];
        }

        Model[] models =
        [
            .. (await db.Models.AsNoTracking().Where(row => name == null || row.Name == name).ToListAsync(cancellationToken))
                .Where(model => holdings.VisibilityOf(model, null) == ModelVisibility.Full),
        ];
        ModelId[] ids = [.. models.Select(model => model.Id)];
        ModelVersion[] versions = await db.Versions.AsNoTracking().Where(row => ids.Contains(row.Model)).ToArrayAsync(cancellationToken);
        ModelVersionId[] versionIds = [.. versions.Select(version => version.Id)];
        ILookup<ModelVersionId, DateTimeOffset> moves = (await db.StageMoves.AsNoTracking().Where(row => versionIds.Contains(row.Version))
            .ToListAsync(cancellationToken)).ToLookup(move => move.Version, move => move.At);
        CurrentAnnotations current = await CurrentAnnotations.LoadAsync(db, ids, cancellationToken);
        UserId[] authors = [.. versions.Select(version => version.Author).Distinct()];
        Guid[] accounts = [.. authors.Select(author => author.Value)];
        Dictionary<UserId, string> names = await db.Users.AsNoTracking().Where(row => accounts.Contains(row.Id))
            .ToDictionaryAsync(row => new UserId(row.Id), row => row.UserName ?? "", cancellationToken);
        return
        [
            .. models.OrderBy(model => model.Name, StringComparer.Ordinal).Select(model => Of(
                model,
                versions.Where(version => version.Model == model.Id && holdings.VisibilityOf(model, version.Stage) == ModelVisibility.Full),
                current, moves, names)),
        ];
    }

    private static AnnotatedModel Of(
        Model model, IEnumerable<ModelVersion> versions, CurrentAnnotations current, ILookup<ModelVersionId, DateTimeOffset> moves,
        Dictionary<UserId, string> names)
    {
        Annotation[] aliases = [.. current.Of(model.Id, null, AnnotationKind.Alias)];
        AnnotatedVersion[] seen =
        [
            .. versions.OrderByDescending(version => version.Number).Select(version => new AnnotatedVersion(
                version, names.GetValueOrDefault(version.Author, ""), current.Values(model.Id, version.Id, AnnotationKind.Tag),
                [.. aliases.Where(alias => alias.Version == version.Id).Select(alias => alias.Key).Order(StringComparer.Ordinal)],
                current.Values(model.Id, version.Id, AnnotationKind.Description).GetValueOrDefault(""),
                current.Values(model.Id, version.Id, AnnotationKind.Origin),
                Latest([version.RegisteredAt, .. moves[version.Id], .. current.Times(version.Id)]))),
        ];
        Dictionary<string, int> numbers = aliases
            .Select(alias => (alias.Key, Seen: seen.FirstOrDefault(each => each.Version.Id == alias.Version)))
            .Where(pair => pair.Seen is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Seen!.Version.Number, StringComparer.Ordinal);
        return new AnnotatedModel(
            model, current.Values(model.Id, null, AnnotationKind.Tag), numbers,
            current.Values(model.Id, null, AnnotationKind.Description).GetValueOrDefault(""), seen,
            Latest([model.RegisteredAt, .. current.Times(model.Id), .. seen.Select(each => each.ChangedAt)]));
    }

    private static DateTimeOffset Latest(IEnumerable<DateTimeOffset> times) => times.Max();
}
