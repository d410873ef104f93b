using System.Text.Json.Serialization;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>One measured value with its uncertainty, what a gate makes of it, and a sentence for people.</summary>
public sealed record Finding
{
    /// <summary>Family, metric and slice joined by '/', unique in a document.</summary>
    public required string Id { get; init; }

    /// <summary>fairness, performance or explanation.</summary>
    public required string Family { get; init; }

    /// <summary>The metric's name, such as demographic_parity_ratio.</summary>
    public required string Metric { get; init; }

    /// <summary>The attribute, group or feature that the value is of; null for all rows.</summary>
    public string? Slice { get; init; }

    /// <summary>The estimate; null where it is undefined.</summary>
    public double? Value { get; init; }

    /// <summary>[low, high] at the policy's level, or null.</summary>
    public IReadOnlyList<double>? Interval { get; init; }

    /// <summary>The rows behind the value.</summary>
    public required long N { get; init; }

    /// <summary>Of a test that the true value is the one without disparity, adjusted in its family; or null.</summary>
    public double? PValue { get; init; }

    /// <summary>What the policy's gate makes of it, or null where there is no gate.</summary>
    public GateOutcome? Gate { get; init; }

    /// <summary>The finding in plain words, with its uncertainty.</summary>
    public required string Sentence { get; init; }
}

/// <summary>A gate with its verdict, as it stands in evidence.</summary>
/// <param name="Id">The gate's name in its policy.</param>
/// <param name="AtLeast">The least value that meets it, or null.</param>
/// <param name="AtMost">The greatest value that meets it, or null.</param>
/// <param name="Verdict">Meets, breaches or inconclusive.</param>
/// <param name="NeededN">About how many rows would decide, where that is the question.</param>
public sealed record GateOutcome(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? AtLeast,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? AtMost,
    GateVerdict Verdict,
    long? NeededN);
