using System.Text.Json.Serialization;

namespace Governance.Audit.Runs;

/// <summary>How an audit tries to copy the model through its answers.</summary>
/// <param name="Roles">On whose terms: consumer, reviewer, approver, developer, owner; at least one.</param>
/// <param name="Attacks">The attacks by name; null for all.</param>
/// <param name="Days">Days that a thief takes, at least 1.</param>
/// <param name="Queries">Questions at most of an attack that no budget ends.</param>
/// <param name="Policy">The model's own output policies as JSON; null for the built-in pack.</param>
public sealed record RedTeamMeasures(
    IReadOnlyList<string> Roles,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Attacks,
    int Days = 30,
    int Queries = 1_000,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Policy = null);
