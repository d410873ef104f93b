using Governance.Audit.Statistics;

namespace Governance.Audit.Monitoring;

/// <summary>One figure of a window, before it is judged.</summary>
/// <param name="Metric">What was measured, such as ks or accuracy.</param>
/// <param name="Column">Of which column; null for none.</param>
/// <param name="Rows">The rows that it was measured on.</param>
public sealed record Measure(string Metric, string? Column, int Rows)
{
    /// <summary>The figure; null where nothing could be measured.</summary>
    public double? Value { get; init; }

    /// <summary>Its interval: 95 %, for estimates three standard errors; null where it has none.</summary>
    public Interval? Interval { get; init; }

    /// <summary>The same figure of the reference, or the limit that it is judged against; null for none.</summary>
    public double? Reference { get; init; }

    /// <summary>Of a distance: what sampling alone stays below in 19 of 20 windows of this size; null where it was not measured.</summary>
    public double? NoiseFloor { get; init; }

    /// <summary>The chance of a figure this far off where nothing changed; null where nothing could be measured.</summary>
    public double? PValue { get; init; }

    /// <summary>What it says, in plain words, or why nothing was measured.</summary>
    public required string Sentence { get; init; }

    /// <summary>A figure that could not be measured.</summary>
    public static Measure Not(string metric, string? column, int rows, string why) => new(metric, column, rows) { Sentence = why };
}

/// <summary>Measures windows; made once from the reference. Safe to use for any window in any order.</summary>
internal interface IWindowMonitor
{
    /// <summary>Measures a window.</summary>
    /// <param name="rows">Its rows, those of the monitor's cohort alone.</param>
    /// <param name="window">The window.</param>
    /// <param name="past">Figures of the windows before, of this monitor, the latest last; for figures that have no reference.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IReadOnlyList<Measure> Measure(MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken);
}
