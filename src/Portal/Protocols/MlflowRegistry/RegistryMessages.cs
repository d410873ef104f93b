using System.Globalization;
using Governance.Registry.Annotations;
using Governance.Registry.Versions;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>A key with its value.</summary>
internal sealed record TagMessage(string Key, string Value)
{
    /// <summary>Tags as MLflow lists them; null for none.</summary>
    public static IReadOnlyList<TagMessage>? Of(IReadOnlyDictionary<string, string> tags) => MlflowJson.Unless(tags.Select(tag => new TagMessage(tag.Key, tag.Value)));
}

/// <summary>An alias and its version.</summary>
internal sealed record AliasMessage(string Alias, string Version);

/// <summary>A model, as MLflow's <c>RegisteredModel</c> says it.</summary>
internal sealed record ModelMessage(
    string Name, long CreationTimestamp, long LastUpdatedTimestamp, string Description, IReadOnlyList<VersionMessage>? LatestVersions,
    IReadOnlyList<TagMessage>? Tags, IReadOnlyList<AliasMessage>? Aliases)
{
    /// <summary>The message of a model.</summary>
    public static ModelMessage Of(AnnotatedModel model) => new(
        model.Model.Name, MlflowJson.Milliseconds(model.Model.RegisteredAt), MlflowJson.Milliseconds(model.ChangedAt),
        model.Description ?? model.Model.Purpose, MlflowJson.Unless(Latest(model, []).Select(version => VersionMessage.Of(model, version))),
        TagMessage.Of(model.Tags),
        MlflowJson.Unless(model.Aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal)
            .Select(alias => new AliasMessage(alias.Key, alias.Value.ToString(CultureInfo.InvariantCulture)))));

    /// <summary>The newest version in each stage.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stages">MLflow's stages that are asked for; empty for all.</param>
    public static IEnumerable<AnnotatedVersion> Latest(AnnotatedModel model, IReadOnlyCollection<string> stages) => model.Versions
        .GroupBy(version => MlflowStages.Of(version.Version.Stage)).Where(same => stages.Count == 0 || stages.Contains(same.Key))
        .Select(same => same.MaxBy(version => version.Version.Number)!).OrderBy(version => version.Version.Number);
}

/// <summary>A version, as MLflow's <c>ModelVersion</c> says it.</summary>
internal sealed record VersionMessage(
    string Name, string Version, long CreationTimestamp, long LastUpdatedTimestamp, string UserId, string CurrentStage, string? Description,
    string? Source, string? RunId, string Status, string? StatusMessage, IReadOnlyList<TagMessage>? Tags, string? RunLink, IReadOnlyList<string>? Aliases)
{
    /// <summary>What is said of a version whose file came without an encoding.</summary>
    public const string NoEncoding =
        "Registered without an encoding: columns are taken by name or position as they are, so categories, missing cells and the favourable outcome are not described. "
        + "To describe them, register the file again with governance-manifest.json beside it.";

    /// <summary>The message of a version.</summary>
    public static VersionMessage Of(AnnotatedModel model, AnnotatedVersion version)
    {
        ModelVersion row = version.Version;
        return new VersionMessage(
            model.Model.Name, row.Number.ToString(CultureInfo.InvariantCulture), MlflowJson.Milliseconds(row.RegisteredAt),
            MlflowJson.Milliseconds(version.ChangedAt), version.Author, MlflowStages.Of(row.Stage), version.Description ?? row.Note,
            version.Origin.GetValueOrDefault(OriginKeys.Source), version.Origin.GetValueOrDefault(OriginKeys.Run), "READY",
            $"{Stages(row.Stage)}{(row.Encoding is null ? " " + NoEncoding : "")}", TagMessage.Of(version.Tags),
            version.Origin.GetValueOrDefault(OriginKeys.Link), MlflowJson.Unless(version.Aliases));
    }

    private static string Stages(Stage stage) => $"In the portal it is {stage.InWords()}.";
}

/// <summary>The keys of a version's origin: the names of MLflow's fields.</summary>
internal static class OriginKeys
{
    /// <summary>Where the files lay.</summary>
    public const string Source = "source";

    /// <summary>By which run they were sent.</summary>
    public const string Run = "run_id";

    /// <summary>Where that run is shown, of another server.</summary>
    public const string Link = "run_link";
}
