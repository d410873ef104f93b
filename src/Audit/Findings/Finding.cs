using System.Text.Json.Serialization;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>One measured value with its uncertainty, what a gate makes of it, and a sentence for people.</summary>
public sealed record Finding
{
    /// <summary>Family, metric and slice joined by '/', unique in a document.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="GateFamilies"/>.</summary>
    public required string Family { get; init; }

    /// <summary>The metric's name, such as demographic_parity_ratio.</summary>
    public required string Metric { get; init; }

    /// <summary>The attribute, group or feature that the value is of; null for all rows.</summary>
    public string? Slice { get; init; }

    /// <summary>The protected column, or an intersection joined by '|'; null where it is of none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Attribute { get; init; }

    /// <summary>The group of <see cref="Attribute"/>; null for a summary over its groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>The cohort that the value is of; null for all rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cohort { get; init; }

    /// <summary>The two groups that a summary hinges on; null for other findings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupExtremes? Extremes { get; init; }

    /// <summary>The group that is too small for a verdict; null where all are large enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SmallGroup? Small { get; init; }

    /// <summary>Why the value is undefined; null where it is defined, or nobody said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

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

    /// <summary>The finding in plain words, with its uncertainty: the register of compliance.</summary>
    public required string Sentence { get; init; }

    /// <summary>The same for data scientists; null in evidence of before there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Technical { get; init; }
}

/// <summary>The groups with the least and the largest rate behind a summary.</summary>
/// <param name="Metric">The rate, such as selection_rate.</param>
/// <param name="Lowest">The group with the least.</param>
/// <param name="Highest">The group with the largest.</param>
public sealed record GroupExtremes(string Metric, GroupFigure Lowest, GroupFigure Highest);

/// <summary>One group's rate.</summary>
/// <param name="Group">The group.</param>
/// <param name="Value">The rate.</param>
/// <param name="Count">The group's rows.</param>
public sealed record GroupFigure(string Group, double Value, int Count);

/// <summary>A group that is too small for a verdict.</summary>
/// <param name="Group">The group.</param>
/// <param name="Have">What it has.</param>
/// <param name="Need">What the policy asks for.</param>
/// <param name="Of">rows, or events: the rows that the rate is taken of.</param>
public sealed record SmallGroup(string Group, long Have, int Need, string Of);

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
