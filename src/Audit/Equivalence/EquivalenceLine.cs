using System.Text.Json.Serialization;

namespace Governance.Audit.Equivalence;

/// <summary>What a limit makes of a line.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineVerdict>))]
public enum LineVerdict
{
    /// <summary>The whole interval keeps the limit.</summary>
    [JsonStringEnumMemberName("meets")]
    Meets,

    /// <summary>The whole interval breaks it.</summary>
    [JsonStringEnumMemberName("breaches")]
    Breaches,

    /// <summary>The interval spans it, or there are too few rows.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    /// <summary>The limit says nothing of models of this kind: calibration of a model without scores, say.</summary>
    [JsonStringEnumMemberName("not applicable")]
    NotApplicable,

    /// <summary>The policy sets no limit: the figure is reported.</summary>
    [JsonStringEnumMemberName("reported")]
    Reported,
}

/// <summary>One line of the equivalence battery: a variant's figure beside its parent's.</summary>
public sealed record EquivalenceLine
{
    /// <summary>What is measured, such as accuracy or tpr.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="EquivalenceTopics"/>.</summary>
    public required string Topic { get; init; }

    /// <summary>The protected column; null for all rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Attribute { get; init; }

    /// <summary>The group of <see cref="Attribute"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>The condition of a cohort, or the kind of disturbance; null for all rows as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Where { get; init; }

    /// <summary>The parent's figure; null where the line has one figure for both.</summary>
    public double? A { get; init; }

    /// <summary>The variant's figure; null likewise.</summary>
    public double? B { get; init; }

    /// <summary>What the limit is set on: the second's figure less the first's, or the figure of both. Null where undefined.</summary>
    public double? Difference { get; init; }

    /// <summary>[low, high] of <see cref="Difference"/>; null where none is known.</summary>
    public IReadOnlyList<double>? Interval { get; init; }

    /// <summary>The rows behind it.</summary>
    public required long N { get; init; }

    /// <summary>Of a paired test; its kind is in <see cref="Test"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PValue { get; init; }

    /// <summary>The p value after Holm over the groups of the column; null where nothing is adjusted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AdjustedPValue { get; init; }

    /// <summary>non-inferiority (one-sided) or mcnemar-mid-p (two-sided); null without a test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Test { get; init; }

    /// <summary>The policy's name for the limit; null where it sets none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Limit { get; init; }

    /// <summary>The least value of <see cref="Difference"/> that keeps the limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtLeast { get; init; }

    /// <summary>The greatest one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtMost { get; init; }

    /// <summary>What the limit makes of it.</summary>
    public LineVerdict Verdict { get; init; } = LineVerdict.Reported;

    /// <summary>About how many rows would decide, where that is the question and a number would do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? NeededN { get; init; }

    /// <summary>Why there is no value, no verdict, or too little of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The line in plain words.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Unique in a report.</summary>
    [JsonIgnore]
    public string Id => string.Join('/', ((string?[])[Name, Attribute is null ? null : $"{Attribute}={Group}", Where]).OfType<string>());
}

/// <summary>What lines are about, in the order in which people read them.</summary>
public static class EquivalenceTopics
{
    public const string Performance = "performance";
    public const string Flips = "flips";
    public const string Groups = "groups";
    public const string Calibration = "calibration";
    public const string Cohorts = "cohorts";
    public const string Attributions = "attributions";
    public const string Robustness = "robustness";
    public const string Cost = "cost";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Performance, Flips, Groups, Calibration, Cohorts, Attributions, Robustness, Cost];
}
