using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Annotations;

/// <summary>A model with what programs hung on it, as far as a person sees it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tags">By key.</param>
/// <param name="Aliases">The number of the version that each alias stands for; only of versions that exist for the person.</param>
/// <param name="Description">In a program's words; null where none was set.</param>
/// <param name="Versions">Newest first.</param>
/// <param name="ChangedAt">When something of it changed last, UTC.</param>
public sealed record AnnotatedModel(
    Model Model, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, int> Aliases, string? Description,
    IReadOnlyList<AnnotatedVersion> Versions, DateTimeOffset ChangedAt)
{
    /// <summary>A version by its number; null where there is none for this person.</summary>
    public AnnotatedVersion? Find(int number) => Versions.FirstOrDefault(each => each.Version.Number == number);
}

/// <summary>A version with what programs hung on it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Author">The user name of whoever registered it.</param>
/// <param name="Tags">By key.</param>
/// <param name="Aliases">Those that stand for it, in order.</param>
/// <param name="Description">In a program's words; null where none was set.</param>
/// <param name="Origin">Where it came from, by key (source, run_id, run_link); empty where nobody said.</param>
/// <param name="ChangedAt">When something of it changed last, UTC.</param>
public sealed record AnnotatedVersion(
    ModelVersion Version, string Author, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Aliases, string? Description,
    IReadOnlyDictionary<string, string> Origin, DateTimeOffset ChangedAt);
