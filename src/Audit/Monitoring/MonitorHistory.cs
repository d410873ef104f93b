namespace Governance.Audit.Monitoring;

/// <summary>What monitors of a plan have read so far, in the order in which it became known.</summary>
public sealed class MonitorHistory
{
    private readonly Dictionary<string, List<WindowReading>> byMonitor = new(StringComparer.Ordinal);

    /// <summary>The readings of a monitor, the latest last.</summary>
    public IReadOnlyList<WindowReading> Of(string monitor) => byMonitor.GetValueOrDefault(monitor) ?? [];

    /// <summary>Adds a reading.</summary>
    public void Add(WindowReading reading)
    {
        if (!byMonitor.TryGetValue(reading.Monitor, out List<WindowReading>? own))
        {
            byMonitor[reading.Monitor] = own = [];
        }

        own.Add(reading);
    }

    /// <summary>Whether the last measured reading of a series, before this window, was loud.</summary>
    public bool WasLoud(string monitor, string series, MonitorWindow window) =>
        Of(monitor).LastOrDefault(reading => reading.Series == series && reading.Verdict != ReadingVerdict.Unmeasured && reading.Window != window)?.IsLoud == true;

    /// <summary>
    /// The monitor of all rows that was loud on a column in a window that overlaps, and by at least half of what the cohort
    /// shows: else the cohort is what moved all rows, and not the other way round. Null for none.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="window">The cohort's window.</param>
    /// <param name="figure">The cohort's figure.</param>
    public string? LoudOnAllRows(string column, MonitorWindow window, double figure) => byMonitor.Values.SelectMany(readings => readings)
        .FirstOrDefault(reading => reading.Cohort is null && reading.IsLoud && reading.Measure.Column == column && reading.Window.Overlaps(window)
            && reading.Measure.Value >= figure / 2)?.Monitor;
}
