using Governance.Registry.Deployments;

namespace Governance.Registry.Monitors;

/// <summary>What a monitor read in one window of a deployment's traffic.</summary>
/// <remarks>
/// Operational and no fact: there are thousands a month, and one that waits for labels is replaced once they are known.
/// The plan that it follows from is a fact, and the alerts that follow from it are.
/// </remarks>
public sealed record MonitorReading
{
    /// <summary>The longest sentence, in UTF-16 code units.</summary>
    public const int MaxSentenceLength = 1_000;

    /// <summary>The longest column or cohort.</summary>
    public const int MaxNameLength = 300;

    /// <summary>Of which deployment.</summary>
    public required DeploymentId Deployment { get; init; }

    /// <summary>By which plan.</summary>
    public required MonitorPlanId Plan { get; init; }

    /// <summary>The monitor's id in the plan.</summary>
    public required string Monitor { get; init; }

    /// <summary>What it measures: drift, quality, multivariate, attribution, performance, fairness, estimate, volume or latency.</summary>
    public required string Kind { get; init; }

    /// <summary>What was measured, such as ks, accuracy or p95.</summary>
    public required string Metric { get; init; }

    /// <summary>Of which column; null for none.</summary>
    public string? Column { get; init; }

    /// <summary>The cohort's name in the plan; null for all rows.</summary>
    public string? Cohort { get; init; }

    /// <summary>The protected column whose groups are compared; null for none.</summary>
    public string? Attribute { get; init; }

    /// <summary>What tells the readings of one monitor and window apart: metric and column.</summary>
    public required string Series { get; init; }

    /// <summary>The window's first moment, UTC.</summary>
    public required DateTimeOffset WindowFrom { get; init; }

    /// <summary>The first moment after the window, UTC.</summary>
    public required DateTimeOffset WindowTo { get; init; }

    /// <summary>When it could first be read: the window's end, or later when enough labels were known.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The rows that it was measured on.</summary>
    public required int Rows { get; init; }

    /// <summary>The figure; null where nothing could be measured.</summary>
    public double? Value { get; init; }

    /// <summary>The low end of its interval; null where it has none.</summary>
    public double? Low { get; init; }

    /// <summary>The high end of its interval; null where it has none.</summary>
    public double? High { get; init; }

    /// <summary>The same figure of the reference, the limit that it is judged against, or of a distance its noise floor; null for none.</summary>
    public double? Reference { get; init; }

    /// <summary>
    /// Of a distance from the reference (drift and multivariate) what sampling alone stays below in 19 of 20 windows of this
    /// size, in the figure's unit; null for other readings and where it was not measured. Kept in <see cref="Reference"/>: a
    /// distance of the reference from itself is nothing.
    /// </summary>
    public double? NoiseFloor => Kind is "drift" or "multivariate" ? Reference : null;

    /// <summary>The level of the window: an adjusted p value at or below it is loud.</summary>
    public required double Threshold { get; init; }

    /// <summary>The chance of a figure this far off where nothing changed; null where nothing could be measured.</summary>
    public double? PValue { get; init; }

    /// <summary>The p value, adjusted over the window's columns and metrics.</summary>
    public double? Adjusted { get; init; }

    /// <summary>What it comes to.</summary>
    public required MonitorVerdict Verdict { get; init; }

    /// <summary>The monitor of all rows that explains it, so that no alert follows; null for none.</summary>
    public string? ExplainedBy { get; init; }

    /// <summary>Whether no later label can change it.</summary>
    public required bool Settled { get; init; }

    /// <summary>In plain words.</summary>
    public required string Sentence { get; init; }
}

/// <summary>What a reading comes to.</summary>
public enum MonitorVerdict
{
    /// <summary>As expected.</summary>
    Within,

    /// <summary>Past the threshold in this window.</summary>
    Warning,

    /// <summary>Past the threshold in this window and the one before.</summary>
    Breach,

    /// <summary>Too few rows or labels, or nothing to compare with.</summary>
    Unmeasured,
}
