using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

/// <summary>Plans, rows and references of a synthetic deployment: a number, a level, a group, a score and a label.</summary>
internal static class GivenMonitors
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A plan of these monitors, with windows of a day and pools of three.</summary>
    public static MonitorSpec Plan(string monitors, string budget = "{ falseAlerts: 1, per: month }") => ReadMonitorSpec.Run($$"""
        governance: monitors/1
        name: synthetic
        seed: 7
        budget: {{budget}}
        cohorts: { west: "level = 'west'" }
        windows:
          day: { every: day }
          three: { every: day, over: 3 }
        monitors:
        {{string.Join('\n', monitors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => "  " + line))}}
        """);

    /// <summary>Rows in which the label is positive with the chance that the score says.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Other seeds, other rows.</param>
    /// <param name="rowsADay">Rows of a day; 0 gives all the same moment, as in a reference.</param>
    /// <param name="change">Changes number and level of a row before anything else is made of it.</param>
    /// <param name="flip">The chance that a label is turned round, by day.</param>
    public static MonitoredRows Rows(
        int count, int seed, int rowsADay = 0, Func<int, double, string, (double, string)>? change = null, Func<int, double>? flip = null)
    {
        SeededRandom random = new(seed, 0);
        double[] numbers = new double[count];
        string[] levels = new string[count];
        string[] groups = new string[count];
        double[] scores = new double[count];
        string?[] labels = new string?[count];
        DateTimeOffset[] times = new DateTimeOffset[count];
        for (int row = 0; row < count; row++)
        {
            int day = rowsADay == 0 ? 0 : row / rowsADay;
            double number = random.NextDouble() + random.NextDouble() + random.NextDouble();
            double place = random.NextDouble();
            string level = place < 0.3 ? "north" : place < 0.65 ? "south" : place < 0.9 ? "east" : "west";
            (numbers[row], levels[row]) = change?.Invoke(day, number, level) ?? (number, level);
            groups[row] = random.NextDouble() < 0.5 ? "f" : "m";
            scores[row] = 1 / (1 + Math.Exp(-3 * (number - 1.5 + (random.NextDouble() / 2))));
            bool positive = random.NextDouble() < scores[row];
            labels[row] = positive ^ (random.NextDouble() < (flip?.Invoke(day) ?? 0)) ? "yes" : "no";
            times[row] = rowsADay == 0 ? default : Start.AddDays(day).AddSeconds(60.0 * (row % rowsADay));
        }

        return new MonitoredRows
        {
            Table = new Table([new NumberColumn("number", numbers), TextColumn.Of("level", levels), TextColumn.Of("group", groups)]),
            Times = times,
            Scores = scores,
            Predicted = [.. scores.Select(score => score >= 0.5 ? "yes" : "no")],
            Labels = labels,
            LabelsKnownAt = rowsADay == 0 ? null : [.. times.Select(at => (DateTimeOffset?)at.AddDays(2))],
        };
    }

    /// <summary>A reference of rows that nothing was done to.</summary>
    public static MonitorReference Reference(MonitoredRows rows) => new() { Rows = rows, Positive = "yes", Favourable = "yes" };

    /// <summary>The alerts of a replay.</summary>
    public static async Task<IReadOnlyList<ReplayedAlert>> AlertsAsync(MonitorSpec spec, MonitoredRows reference, MonitoredRows traffic) =>
        ReplayedAlert.Of(await ReplayMonitors.RunAsync(PreparedPlan.Make(spec, Reference(reference), CancellationToken.None), traffic, CancellationToken.None));

    /// <summary>The number of the day, from 1, on which an alert became known.</summary>
    public static int DayOf(ReplayedAlert alert) => alert.Day.DayNumber - DateOnly.FromDateTime(Start.UtcDateTime).DayNumber + 1;
}
