namespace Governance.Audit.Monitoring;

/// <summary>What a monitor read in a window, and what follows from it.</summary>
public sealed record WindowReading
{
    /// <summary>The monitor's id in the plan.</summary>
    public required string Monitor { get; init; }

    /// <summary>What the monitor measures.</summary>
    public required MonitorKind Kind { get; init; }

    /// <summary>The figure, before it was judged.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The cohort's name in the plan; null for all rows.</summary>
    public string? Cohort { get; init; }

    /// <summary>The window.</summary>
    public required MonitorWindow Window { get; init; }

    /// <summary>When it could first be read: the window's end, or later when enough labels were known.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The level of the whole window: an adjusted p value at or below it is loud.</summary>
    public required double Threshold { get; init; }

    /// <summary>The p value, adjusted over the window's columns and metrics; null where nothing was measured.</summary>
    public double? Adjusted { get; init; }

    /// <summary>What it comes to.</summary>
    public required ReadingVerdict Verdict { get; init; }

    /// <summary>The monitor of all rows that was loud on the same column at the same time, so that no alert is raised for this cohort; null for none.</summary>
    public string? ExplainedBy { get; init; }

    /// <summary>Whether no later label can change it.</summary>
    public required bool Settled { get; init; }

    /// <summary>Whether it passes its threshold.</summary>
    public bool IsLoud => Verdict is ReadingVerdict.Warning or ReadingVerdict.Breach;

    /// <summary>Whether an alert follows.</summary>
    public bool Alerts => IsLoud && ExplainedBy is null;

    /// <summary>What tells series of readings apart within a monitor.</summary>
    public string Series => $"{Measure.Metric} {Measure.Column}".TrimEnd();
}

/// <summary>What a reading comes to.</summary>
public enum ReadingVerdict
{
    /// <summary>As expected.</summary>
    Within,

    /// <summary>Past the threshold in this window.</summary>
    Warning,

    /// <summary>Past the threshold in this window and in the one before.</summary>
    Breach,

    /// <summary>Too few rows or labels, or nothing to compare with.</summary>
    Unmeasured,
}
