using System.Globalization;
using Governance.Audit.Monitoring;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary>Plans and replays as tables for people and as JSON.</summary>
internal static class ReplayWords
{
    /// <summary>How the budget is dealt out.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Budget(MonitorSpec spec) =>
    [
        ["monitor", "kind", "window", "cohort", "looks a month", "level of a window", "false alerts a month"],
        .. spec.Monitors.Select(terms => (IReadOnlyList<string>)
        [
            terms.Id, terms.Kind.ToString().ToLowerInvariant(), terms.Window, terms.Cohort ?? "", Number(spec.Windows[terms.Window].LooksAMonth, "0.#"),
            Number(spec.Budget.LevelOf(spec, terms), "0.####"), Number(spec.Budget.LevelOf(spec, terms) * spec.Windows[terms.Window].LooksAMonth, "0.###"),
        ]),
        ["all", "", "", "", "", "", Number(spec.Budget.ExpectedAMonth(spec), "0.###")],
    ];

    /// <summary>The same as JSON.</summary>
    public static object BudgetJson(MonitorSpec spec) => new
    {
        spec.Name,
        spec.Sha256,
        falseAlerts = spec.Budget.FalseAlerts,
        per = spec.Budget.Per,
        expectedAMonth = spec.Budget.ExpectedAMonth(spec),
        monitors = spec.Monitors.Select(terms => new
        {
            terms.Id, kind = terms.Kind.ToString().ToLowerInvariant(), terms.Window, terms.Cohort,
            looksAMonth = spec.Windows[terms.Window].LooksAMonth, level = spec.Budget.LevelOf(spec, terms),
        }),
    };

    /// <summary>Alerts by the day on which each became known.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Alerts(IReadOnlyList<ReplayedAlert> alerts) =>
    [
        ["day", "monitor", "column", "cohort", "severity", "loud windows", "what"],
        .. alerts.Select(alert => (IReadOnlyList<string>)
        [
            Day(alert.Day), alert.Monitor, alert.Column ?? "", alert.Cohort ?? "", alert.Critical ? "critical" : "warning",
            Number(alert.Windows, "0"), alert.Sentence,
        ]),
    ];

    /// <summary>The whole replay as JSON.</summary>
    public static object Json(
        MonitorSpec spec, IReadOnlyList<WindowReading> readings, IReadOnlyList<ReplayedAlert> alerts, IReadOnlyList<TrackRecord> records) => new
    {
        plan = BudgetJson(spec),
        alerts = alerts.Select(alert => new
        {
            day = Day(alert.Day), alert.RaisedAt, alert.Monitor, alert.Column, alert.Cohort, severity = alert.Critical ? "critical" : "warning", alert.Windows,
            windowFrom = alert.Window.From, windowTo = alert.Window.To, alert.RecoveredAt, alert.Sentence,
        }),
        trackRecord = records,
        readings = readings.Select(reading => new
        {
            reading.Monitor, kind = reading.Kind.ToString().ToLowerInvariant(), reading.Measure.Metric, reading.Measure.Column, reading.Cohort,
            windowFrom = reading.Window.From, windowTo = reading.Window.To, reading.DueAt, n = reading.Measure.Rows, reading.Measure.Value,
            interval = reading.Measure.Interval?.ToArray(), reading.Measure.Reference, reading.Measure.NoiseFloor, pValue = reading.Measure.PValue, adjustedPValue = reading.Adjusted,
            reading.Threshold, verdict = reading.Verdict.ToString().ToLowerInvariant(), reading.ExplainedBy, reading.Settled, reading.Measure.Sentence,
        }),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
