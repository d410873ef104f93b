using Governance.Registry.Annotations;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>A model or a version as a search looks at it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">The version; null in a search for models.</param>
/// <param name="Texts">Attributes that are texts; what is not said is left out.</param>
/// <param name="Numbers">Attributes that are numbers.</param>
/// <param name="Tags">By key.</param>
internal sealed record SearchedItem(
    AnnotatedModel Model, AnnotatedVersion? Version, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, long> Numbers,
    IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>A model.</summary>
    public static SearchedItem Of(AnnotatedModel model) => new(
        model, null, new Dictionary<string, string> { [SearchColumns.Name] = model.Model.Name },
        new Dictionary<string, long>
        {
            [SearchColumns.Created] = MlflowJson.Milliseconds(model.Model.RegisteredAt), [SearchColumns.Updated] = MlflowJson.Milliseconds(model.ChangedAt),
        },
        model.Tags);

    /// <summary>A version.</summary>
    public static SearchedItem Of(AnnotatedModel model, AnnotatedVersion version)
    {
        Dictionary<string, string> texts = new() { [SearchColumns.Name] = model.Model.Name };
        foreach ((string column, string key) in ((string, string)[])[(SearchColumns.Run, OriginKeys.Run), (SearchColumns.Source, OriginKeys.Source)])
        {
            if (version.Origin.TryGetValue(key, out string? said))
            {
                texts[column] = said;
            }
        }

        return new SearchedItem(
            model, version, texts,
            new Dictionary<string, long>
            {
                [SearchColumns.Number] = version.Version.Number,
                [SearchColumns.Created] = MlflowJson.Milliseconds(version.Version.RegisteredAt),
                [SearchColumns.Updated] = MlflowJson.Milliseconds(version.ChangedAt),
            },
            version.Tags);
    }
}

/// <summary>What a search may ask for and order by.</summary>
/// <param name="Texts">Attributes that are texts.</param>
/// <param name="Numbers">Attributes that are numbers, in conditions.</param>
/// <param name="Orders">What the results may be ordered by.</param>
internal sealed record SearchColumns(IReadOnlyList<string> Texts, IReadOnlyList<string> Numbers, IReadOnlyList<string> Orders)
{
    /// <summary>The model's name.</summary>
    public const string Name = "name";

    /// <summary>The version's number.</summary>
    public const string Number = "version_number";

    /// <summary>The run that a version came from.</summary>
    public const string Run = "run_id";

    /// <summary>Where a version's files lay.</summary>
    public const string Source = "source_path";

    /// <summary>When it was registered.</summary>
    public const string Created = "creation_timestamp";

    /// <summary>When something of it changed last.</summary>
    public const string Updated = "last_updated_timestamp";

    /// <summary>Of registered models.</summary>
    public static SearchColumns Models { get; } = new([Name], [], [Name, Created, Updated]);

    /// <summary>Of model versions.</summary>
    public static SearchColumns Versions { get; } = new([Name, Run, Source], [Number], [Name, Number, Created, Updated]);
}
