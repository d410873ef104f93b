using System.Text.Json.Serialization;
using Governance.Audit.Drift;

namespace Governance.Audit.Runs;

/// <summary>What an audit by spec measures beyond the defaults of its policy, and the limits that it is judged by.</summary>
/// <remarks>Part of the evidence; what stands at its default is left out of the JSON.</remarks>
public sealed record AuditMeasures
{
    /// <summary>SHA-256 of the spec's text, lower-case hex.</summary>
    public required string SpecSha256 { get; init; }

    /// <summary>Parts of the evaluation data that are measured by themselves too.</summary>
    public IReadOnlyList<NamedCohort> Cohorts { get; init; } = [];

    /// <summary>Only the evaluation rows of this condition; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Where { get; init; }

    /// <summary>The column with the rows' weights; null counts each row 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Weight { get; init; }

    /// <summary>Combinations of up to so many protected columns are measured too; 1 for none.</summary>
    public int Intersections { get; init; } = 1;

    /// <summary>The group that the others of a column are compared with, by column.</summary>
    public IReadOnlyDictionary<string, string> ReferenceGroups { get; init; } = new Dictionary<string, string>();

    /// <summary>The confidence level of intervals; null takes the policy's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Level { get; init; }

    /// <summary>How intervals are made: wilson (closed forms), bootstrap (percentile) or bca.</summary>
    public string Interval { get; init; } = "wilson";

    /// <summary>Bootstrap resamples; not used with wilson.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>A group with fewer rows decides nothing; null takes the policy's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SmallestRows { get; init; }

    /// <summary>A rate of a group with fewer rows to take it of decides nothing; null takes the policy's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FewestEvents { get; init; }

    /// <summary>How p values are adjusted: holm, bh or none.</summary>
    public string Correction { get; init; } = "holm";

    /// <summary>What summaries compare: groups, or overall.</summary>
    public string RelativeTo { get; init; } = "groups";

    /// <summary>The performance metrics that become findings; null for all that there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>The number of calibration bins.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>How intervals of performance are made: analytic, bootstrap or bca.</summary>
    public string PerformanceInterval { get; init; } = "analytic";

    /// <summary>Bootstrap resamples of performance; not used with analytic.</summary>
    public int PerformanceResamples { get; init; } = 1000;

    /// <summary>How calibration bins are cut: uniform or quantile.</summary>
    public string Ece { get; init; } = "uniform";

    /// <summary>The limits, in the order of the spec.</summary>
    public IReadOnlyList<AuditGate> Gates { get; init; } = [];

    /// <summary>Whether the limits of the policy pack are judged too, as in the portal, so that no spec is a way around them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PolicyGates { get; init; }

    /// <summary>How drift is measured; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DriftOptions? Drift { get; init; }

    /// <summary>How the model is attacked; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RedTeamMeasures? RedTeam { get; init; }

    /// <summary>How inputs are disturbed; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RobustnessMeasures? Robustness { get; init; }

    /// <summary>How weak slices are searched for; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SliceMeasures? Slices { get; init; }

    /// <summary>Between which parts of the data figures are compared; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StabilityMeasures? Stability { get; init; }

    /// <summary>The most that the run may cost; null for no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunBudget? Budget { get; init; }
}

/// <summary>A named part of the data.</summary>
/// <param name="Name">Such as "single".</param>
/// <param name="Where">The condition, in the language of cohorts.</param>
public sealed record NamedCohort(string Name, string Where);

/// <summary>A limit of a spec on one metric, of one slice.</summary>
public sealed record AuditGate
{
    /// <summary>A short name, unique in the spec.</summary>
    public required string Id { get; init; }

    /// <summary>Family and metric, such as fairness.demographic_parity_ratio.</summary>
    public required string Metric { get; init; }

    /// <summary>The protected column or intersection that it is of; null for each of them, or for none in other families.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Attribute { get; init; }

    /// <summary>The group that it is of; null for the summary over groups, or each group where the metric has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>The cohort that it is of; null for all rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cohort { get; init; }

    /// <summary>The column or feature that it is of, for drift and explanations; null for each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }

    /// <summary>The least value that meets it, inclusive.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtLeast { get; init; }

    /// <summary>The greatest value that meets it, inclusive.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtMost { get; init; }

    /// <summary>One of <see cref="Registry.Policies.GateFamilies"/>.</summary>
    [JsonIgnore]
    public string Family => Metric[..Metric.IndexOf('.')];

    /// <summary>The metric's name in its family.</summary>
    [JsonIgnore]
    public string Name => Metric[(Metric.IndexOf('.') + 1)..];
}

/// <summary>The most that a run may cost.</summary>
/// <param name="Seconds">Wall time; null for no limit.</param>
/// <param name="ModelRows">Rows scored by the model; null for no limit.</param>
public sealed record RunBudget(double? Seconds, long? ModelRows);
