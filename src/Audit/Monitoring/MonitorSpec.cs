namespace Governance.Audit.Monitoring;

/// <summary>What is watched on a deployment, how often, and how many false alerts that may cost: <c>governance: monitors/1</c>.</summary>
/// <remarks>Read by <see cref="ReadMonitorSpec"/>. Everything here is fixed before any traffic is seen.</remarks>
public sealed record MonitorSpec
{
    /// <summary>A short name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the text that it was read from, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The seed of everything sampled.</summary>
    public int Seed { get; init; }

    /// <summary>How many false alerts are accepted.</summary>
    public required FalseAlarmBudget Budget { get; init; }

    /// <summary>The share of a window's rows whose labels must be known before realised figures count, in (0, 1].</summary>
    public double Maturity { get; init; } = 0.9;

    /// <summary>Days after a window's end from which on it no longer waits for labels, at least 1.</summary>
    public int LabelsWithinDays { get; init; } = 60;

    /// <summary>Fewer rows than this, in a window or in a group, are not measured.</summary>
    public int SmallestRows { get; init; } = 30;

    /// <summary>Groups with fewer rows of the kind that a rate is made of (positives for a TPR) are not measured.</summary>
    public int SmallestEvents { get; init; } = 10;

    /// <summary>The number of first days that are the reference; null takes the deployment's reference data set.</summary>
    public int? FirstDays { get; init; }

    /// <summary>Cohorts by name.</summary>
    public IReadOnlyDictionary<string, string> Cohorts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Windows by name.</summary>
    public required IReadOnlyDictionary<string, WindowSpec> Windows { get; init; }

    /// <summary>The monitors, at least one, ids distinct.</summary>
    public required IReadOnlyList<MonitorTerms> Monitors { get; init; }
}

/// <summary>What one monitor watches.</summary>
public sealed record MonitorTerms
{
    /// <summary>Its id in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>What it measures.</summary>
    public required MonitorKind Kind { get; init; }

    /// <summary>The name of its window.</summary>
    public required string Window { get; init; }

    /// <summary>The name of its cohort; null for all rows.</summary>
    public string? Cohort { get; init; }

    /// <summary>Its part of the budget, relative to the others'; above 0.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The columns; null for every feature that reference and traffic have.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The metrics: of performance, estimates, fairness and latency; empty takes the kind's own.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The protected column of fairness; null where it is none.</summary>
    public string? Attribute { get; init; }

    /// <summary>A drift test's or a multivariate test's name, or auto.</summary>
    public string Test { get; init; } = "auto";

    /// <summary>holm, or bh: how p values are adjusted over the columns and metrics of one window; where nothing changed, both alert as often.</summary>
    public string Correction { get; init; } = "holm";

    /// <summary>Rows drawn from a window where each one is costly; at least 20.</summary>
    public int Rows { get; init; } = 200;

    /// <summary>A figure below this limit is judged against it in place of the reference; null for none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>A figure above this limit is judged against it in place of the reference; null for none.</summary>
    public double? AtMost { get; init; }
}

/// <summary>What a monitor measures.</summary>
public enum MonitorKind
{
    /// <summary>Each column and the score against the reference.</summary>
    Drift,

    /// <summary>Missing cells, unseen levels, numbers out of range, text among numbers, columns gone constant.</summary>
    Quality,

    /// <summary>All columns together.</summary>
    Multivariate,

    /// <summary>The order of the features by mean absolute attribution.</summary>
    Attribution,

    /// <summary>Metrics from labels, once enough of them are known.</summary>
    Performance,

    /// <summary>Differences between groups, from decisions and, where a metric needs them, labels.</summary>
    Fairness,

    /// <summary>Metrics before labels: from calibrated scores, or a model of the error.</summary>
    Estimate,

    /// <summary>Rows in a window.</summary>
    Volume,

    /// <summary>How long answers took.</summary>
    Latency,
}

/// <summary>A kind of window: a period, a pool of the last periods, or a number of rows.</summary>
/// <param name="Period">The period; null for windows by number of rows.</param>
/// <param name="Over">How many periods a window pools, the last one and those before; 1 for one alone.</param>
/// <param name="Rows">The rows of a window; null for windows by time.</param>
/// <param name="LooksAMonth">How many windows a month the budget is planned for.</param>
public sealed record WindowSpec(WindowPeriod? Period, int Over, int? Rows, double LooksAMonth);

/// <summary>The length of a window by time, in UTC; weeks begin on Monday.</summary>
public enum WindowPeriod
{
    Hour,
    Day,
    Week,
    Month,
}
