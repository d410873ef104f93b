using Governance.Registry.Monitors;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Everything that a monitoring page shows of one deployment in a span of time.</summary>
public sealed record MonitoringBoard
{
    /// <summary>The address of the page without a query.</summary>
    public required string Page { get; init; }

    /// <summary>What is kept in links: deployment, cohort and span, such as "cohort=young&amp;days=30"; empty for nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>The readings of the cohort, in order of their windows' end.</summary>
    public required IReadOnlyList<MonitorReading> Readings { get; init; }

    /// <summary>What happened on the time axis, in order.</summary>
    public IReadOnlyList<AxisEvent> Events { get; init; } = [];

    /// <summary>Features with their share of the mean absolute attribution, in [0, 1]; empty where no evidence says.</summary>
    public IReadOnlyDictionary<string, double> Importance { get; init; } = new Dictionary<string, double>();

    /// <summary>The window that is looked at; null where there is none.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Window { get; init; }

    /// <summary>Every window, in order of its end.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Windows =>
        [.. Readings.Select(reading => (reading.WindowFrom, reading.WindowTo)).Distinct().OrderBy(window => window.WindowTo).ThenBy(window => window.WindowFrom)];

    /// <summary>The readings of the window that is looked at.</summary>
    public IReadOnlyList<MonitorReading> Chosen => Window is (DateTimeOffset from, DateTimeOffset to)
        ? [.. Readings.Where(reading => reading.WindowFrom == from && reading.WindowTo == to)] : [];

    /// <summary>The readings of one series, in order of their windows' end.</summary>
    public IReadOnlyList<IGrouping<MonitoringSeries, MonitorReading>> Series =>
        [.. Readings.GroupBy(reading => new MonitoringSeries(reading.Monitor, reading.Kind, reading.Metric, reading.Column, reading.Cohort, reading.Attribute))];

    /// <summary>The address that shows a window.</summary>
    public string AddressOf(DateTimeOffset from, DateTimeOffset to) =>
        $"{Page}?{(Query.Length == 0 ? "" : Query + "&")}from={MonitoringLink.Text(from)}&to={MonitoringLink.Text(to)}#window";
}

/// <summary>What tells series of readings apart.</summary>
public sealed record MonitoringSeries(string Monitor, string Kind, string? Metric, string? Column, string? Cohort, string? Attribute)
{
    /// <summary>What it measures, for people: the column or the metric, and of what.</summary>
    public string Name => MonitoringWords.NameOf(this);
}

/// <summary>Something that happened, on the time axis.</summary>
/// <param name="At">When.</param>
/// <param name="What">A short sentence.</param>
/// <param name="Address">Where it is recorded; null for nowhere.</param>
public sealed record AxisEvent(DateTimeOffset At, string What, string? Address);
