using System.Reflection;
using System.Text.Json;

namespace Governance.Registry.Retention;

/// <summary>How long something is kept once it is retired.</summary>
/// <param name="Name">A short name, unique in its schedule.</param>
/// <param name="Years">Whole years after retirement; null for ever.</param>
/// <param name="Citation">The rule that it comes from.</param>
public sealed record RetentionClass(string Name, int? Years, string Citation);

/// <summary>A dated list of retention classes. Data, never constants in code.</summary>
public sealed record RetentionSchedule
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The built-in schedule.</summary>
    public static RetentionSchedule Default { get; } = ReadEmbedded("retention-2.json");

    /// <summary>A short name, such as "default".</summary>
    public required string Name { get; init; }

    /// <summary>Counts up with each change; a schedule of a name and number never changes.</summary>
    public required int Number { get; init; }

    /// <summary>The first day on which it applies.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The class of a model for which nobody chose one.</summary>
    public required string ModelDefault { get; init; }

    /// <summary>The class of a data set for which nobody chose one.</summary>
    public required string DatasetDefault { get; init; }

    /// <summary>The class of the raw traffic of a deployment for which nobody chose one. Its years run from the day of the rows.</summary>
    public required string TrafficDefault { get; init; }

    /// <summary>The classes, the shortest first.</summary>
    public required IReadOnlyList<RetentionClass> Classes { get; init; }

    /// <summary>The class of this name; null where there is none.</summary>
    public RetentionClass? Find(string name) => Classes.FirstOrDefault(each => each.Name == name);

    /// <summary>The class that holds: the one chosen, or the default where none was or the schedule has lost it.</summary>
    public RetentionClass Of(RetainedKind kind, string? chosen) =>
        (chosen is null ? null : Find(chosen)) ?? Find(kind switch
        {
            RetainedKind.Model => ModelDefault,
            RetainedKind.Dataset => DatasetDefault,
            _ => TrafficDefault,
        })!;

    private static RetentionSchedule ReadEmbedded(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Governance.Registry.Retention.{file}")
            ?? throw new InvalidOperationException($"The retention schedule {file} is not embedded.");
        return JsonSerializer.Deserialize<RetentionSchedule>(stream, Json)!;
    }
}
