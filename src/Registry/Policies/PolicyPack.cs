using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Governance.Registry.Policies;

/// <summary>A dated set of limits and rules that an audit is judged by. Data, never constants in code.</summary>
public sealed record PolicyPack
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The built-in pack.</summary>
    public static PolicyPack Default { get; } = ReadEmbedded("default-1.json");

    /// <summary>A short name, such as "default".</summary>
    public required string Name { get; init; }

    /// <summary>Counts up with each change; a pack of a name and number never changes.</summary>
    public required int Number { get; init; }

    /// <summary>The first day on which it applies.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The confidence level of intervals, in (0, 1).</summary>
    public required double Level { get; init; }

    /// <summary>A group with fewer rows decides nothing.</summary>
    public required int SmallestGroup { get; init; }

    /// <summary>A rate of a group with fewer events decides nothing.</summary>
    public required int FewestEvents { get; init; }

    /// <summary>Where <see cref="SmallestGroup"/> and <see cref="FewestEvents"/> come from.</summary>
    public required string SmallGroupCitation { get; init; }

    /// <summary>
    /// Groups of fewer rows are not shown, nor derivable from what is, where people see aggregates only. Three to ten is
    /// usual among statistical agencies; this is its careful end.
    /// </summary>
    public int SmallestShownGroup { get; init; } = 10;

    /// <summary>The limits.</summary>
    public required IReadOnlyList<Gate> Gates { get; init; }

    /// <summary>The gate on this metric, or null.</summary>
    public Gate? GateOn(string metric) => Gates.FirstOrDefault(gate => gate.Metric == metric);

    private static PolicyPack ReadEmbedded(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Governance.Registry.Policies.{file}")
            ?? throw new InvalidOperationException($"The policy pack {file} is not embedded.");
        return JsonSerializer.Deserialize<PolicyPack>(stream, Json)!;
    }
}
