using System.Text.Json.Serialization;
using Governance.Registry.Models;

namespace Governance.Registry.Policies;

/// <summary>A line of the checklist that a sign-off goes through.</summary>
public sealed record ChecklistRequirement
{
    /// <summary>A short name, unique in its policy, such as "calibration".</summary>
    public required string Id { get; init; }

    /// <summary>The head under which it stands.</summary>
    public required string Group { get; init; }

    /// <summary>What is required, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is measured, written, or both.</summary>
    public required RequirementKind Kind { get; init; }

    /// <summary>
    /// What shows it: "family.metric" of a finding, "family.*" for any finding of a family, or "fact.name" for what the
    /// registry knows by itself. Empty for what people write.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>What a person is asked to write; null where nothing is written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Asks { get; init; }

    /// <summary>The lowest tier that it is asked of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RiskTier FromTier { get; init; }

    /// <summary>How many days its evidence counts, by tier, where that differs from <see cref="TierRule.EvidenceDays"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<RiskTier, int>? EvidenceDays { get; init; }

    /// <summary>The rule or text that it comes from.</summary>
    public required string Citation { get; init; }

    /// <summary>Whether something measured shows it.</summary>
    [JsonIgnore]
    public bool IsMeasured => Kind != RequirementKind.Form;

    /// <summary>Whether a person writes something for it.</summary>
    [JsonIgnore]
    public bool IsWritten => Kind != RequirementKind.Auto;

    /// <summary>Whether a finding shows it.</summary>
    /// <param name="family">The finding's family, such as "fairness".</param>
    /// <param name="metric">The finding's metric, such as "tpr".</param>
    public bool IsShownBy(string family, string metric) =>
        Metrics is { } shown && (shown.Contains($"{family}.{metric}") || shown.Contains($"{family}.*"));
}

/// <summary>Who fills a line of the checklist.</summary>
public enum RequirementKind
{
    /// <summary>It is measured, or known to the registry.</summary>
    Auto,

    /// <summary>A person attests it.</summary>
    Form,

    /// <summary>It is measured, and a person says what it means.</summary>
    Both,
}
