using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Registry.Monitors;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Monitoring;

/// <summary>The body of both monitoring pages.</summary>
public sealed partial class MonitoringView
{
    private const int MostSeries = 60;
    private const int MostAside = 8;

    private PlotDrawing? lanes;
    private PlotDrawing? impact;
    private IReadOnlyList<SeriesRow> series = [];
    private int hidden;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public MonitoringDesk Desk { get; set; } = default!;

    private MonitoringBoard Board => Desk.Board;

    private string SpanWords => Board.Windows is not { Count: > 0 } windows ? ""
        : $"{Alerts.AlertWords.Day(windows[0].From)} to {Alerts.AlertWords.Day(windows[^1].To)}, {PlainNumbers.Count(Board.Readings.Count)} readings";

    private string SeriesTitle => series.Count(row => MonitoringWords.Sounds(row.Last)) switch
    {
        0 => "Every series is within its limits",
        1 => $"One of {PlainNumbers.Count(series.Count + hidden)} series is past its limit",
        int count => $"{PlainNumbers.Count(count)} of {PlainNumbers.Count(series.Count + hidden)} series are past their limits",
    };

    // What sounds, then what people ask for first; single columns only where they sound.
    private IEnumerable<MonitorReading> Aside => Board.Chosen.Where(reading => reading.Value is not null)
        .Where(reading => MonitoringWords.Sounds(reading) || reading.Kind is not (ReadingKind.Drift or ReadingKind.Quality))
        .OrderByDescending(reading => (int)reading.Verdict % (int)MonitorVerdict.Unmeasured).ThenBy(reading => reading.Adjusted ?? 1).Take(MostAside);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        SeriesRow[] all =
        [
            .. Board.Series.Select(group => new SeriesRow(group.Key, [.. group.Select(reading => reading.Value ?? double.NaN)], group.Last()))
                .OrderByDescending(row => MonitoringWords.Sounds(row.Last)).ThenByDescending(row => row.Last.Verdict == MonitorVerdict.Breach)
                .ThenBy(row => row.Last.Adjusted ?? 2).ThenBy(row => row.Key.Name, StringComparer.Ordinal),
        ];
        series = [.. all.Take(Math.Max(MostSeries, all.Count(row => MonitoringWords.Sounds(row.Last))))];
        hidden = all.Length - series.Count;
        lanes = LanePlot.Draw(Board);
        impact = Board.Importance.Count > 0 ? ImpactPlot.Draw(Board) : null;
    }

    private string Loud(DateTimeOffset from, DateTimeOffset to) =>
        Board.Readings.Count(reading => reading.WindowFrom == from && reading.WindowTo == to && MonitoringWords.Sounds(reading)) is int count and > 0
            ? $", {count} past {(count == 1 ? "its limit" : "their limits")}" : "";

    /// <summary>One line of the table of series.</summary>
    private sealed record SeriesRow(MonitoringSeries Key, IReadOnlyList<double> Values, MonitorReading Last);
}
