using System.Text.Json.Serialization;

namespace Governance.Registry.Policies;

/// <summary>A limit that a policy sets on one metric.</summary>
public sealed record Gate
{
    /// <summary>A short name, unique in its policy, such as "impact-ratio".</summary>
    public required string Id { get; init; }

    /// <summary>Family and metric, such as "fairness.demographic_parity_ratio".</summary>
    public required string Metric { get; init; }

    /// <summary>The least value that meets the gate, inclusive.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtLeast { get; init; }

    /// <summary>The greatest value that meets the gate, inclusive.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtMost { get; init; }

    /// <summary>On which scale distances to the limit are taken for the sample size that would decide.</summary>
    public GateScale Scale { get; init; }

    /// <summary>How the interval that the gate looks at has to be made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public GateEstimator Estimator { get; init; }

    /// <summary>The fewest rows behind a value that this gate decides on; null for the pack's least group alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MinimumRows { get; init; }

    /// <summary>The rule or text that the limit comes from.</summary>
    public required string Citation { get; init; }

    /// <summary>The part of <see cref="Metric"/> before the dot, such as "fairness".</summary>
    [JsonIgnore]
    public string Family => Metric[..Metric.IndexOf('.')];

    /// <summary>The part of <see cref="Metric"/> behind the dot.</summary>
    [JsonIgnore]
    public string MetricName => Metric[(Metric.IndexOf('.') + 1)..];
}

/// <summary>The scale on which an estimate's spread is symmetric.</summary>
public enum GateScale
{
    /// <summary>Differences and rates.</summary>
    Linear,

    /// <summary>Ratios: their logarithm.</summary>
    Logarithmic,
}

/// <summary>How an interval is made.</summary>
public enum GateEstimator
{
    /// <summary>As the evidence made it; it says how.</summary>
    Any,

    /// <summary>By a closed form.</summary>
    Analytic,

    /// <summary>By the percentiles of a bootstrap.</summary>
    Bootstrap,

    /// <summary>By a bootstrap, corrected for bias and accelerated.</summary>
    Bca,
}
