using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Annotations;

/// <summary>The annotations that count now: of each key the latest, unless it was removed.</summary>
internal sealed class CurrentAnnotations
{
    private readonly ILookup<ModelId, Annotation> present;
    private readonly ILookup<ModelId, DateTimeOffset> modelTimes;
    private readonly ILookup<ModelVersionId, DateTimeOffset> versionTimes;
    private readonly Dictionary<FactDigest, string> texts;

    private CurrentAnnotations(IReadOnlyList<Annotation> all, IEnumerable<Annotation> present, Dictionary<FactDigest, string> texts)
    {
        this.present = present.ToLookup(row => row.Model);
        this.texts = texts;
        modelTimes = all.Where(row => row.Version is null || row.Kind == AnnotationKind.Alias).ToLookup(row => row.Model, row => row.At);
        versionTimes = all.Where(row => row.Version is not null).ToLookup(row => row.Version!.Value, row => row.At);
    }

    /// <summary>Reads those of some models.</summary>
    public static async Task<CurrentAnnotations> LoadAsync(GovernanceDb db, ModelId[] models, CancellationToken cancellationToken)
    {
        List<Annotation> all = await db.Annotations.AsNoTracking().Where(row => models.Contains(row.Model))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);

        // An alias belongs to its model, whichever version it stands for; the rest to what it is on.
        Annotation[] present =
        [
            .. all.GroupBy(row => (row.Model, On: row.Kind == AnnotationKind.Alias ? null : row.Version, row.Kind, row.Key))
                .Select(same => same.Last()).Where(row => !row.Removed),
        ];
        FactDigest[] wanted = [.. present.Where(row => row.Text is not null).Select(row => row.Text!.Value)];
        return new CurrentAnnotations(all, present, await db.PersonalTexts.AsNoTracking().Where(row => wanted.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken));
    }

    /// <summary>Those of a kind; of aliases all of the model, whatever version is asked for.</summary>
    public IEnumerable<Annotation> Of(ModelId model, ModelVersionId? version, AnnotationKind kind) =>
        present[model].Where(row => row.Kind == kind && (kind == AnnotationKind.Alias || row.Version == version));

    /// <summary>Their values by key; empty where there is none, or where it was erased.</summary>
    public IReadOnlyDictionary<string, string> Values(ModelId model, ModelVersionId? version, AnnotationKind kind) =>
        Of(model, version, kind).OrderBy(row => row.Key, StringComparer.Ordinal).ToDictionary(
            row => row.Key, row => row.Text is FactDigest digest ? texts.GetValueOrDefault(digest, "") : "", StringComparer.Ordinal);

    /// <summary>When something was set or removed on a model itself, its aliases included.</summary>
    public IEnumerable<DateTimeOffset> Times(ModelId model) => modelTimes[model];

    /// <summary>When something was set or removed on a version.</summary>
    public IEnumerable<DateTimeOffset> Times(ModelVersionId version) => versionTimes[version];
}
