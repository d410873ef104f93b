using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

/// <summary>Windows of a number of rows, and plans that begin in the middle of a period.</summary>
public sealed class RowWindowsTests
{
    private static readonly MonitoredRows Reference = GivenMonitors.Rows(1_000, 31);

    private static readonly MonitorSpec Plan = ReadMonitorSpec.Run("""
        governance: monitors/1
        name: rows
        seed: 7
        budget: { falseAlerts: 1, per: month }
        windows:
          hundred: { rows: 100, looks: 30 }
          week: { every: week }
        monitors:
          - { id: inputs, kind: drift, window: hundred, columns: [number] }
          - { id: weekly, kind: drift, window: week, columns: [level] }
        """);

    [Fact]
    public void The_budget_is_dealt_out_over_the_looks_that_the_plan_names() =>
        Assert.Equal(1.0 / 2 / 30, Plan.Budget.LevelOf(Plan, Plan.Monitors[0]), 12);

    [Fact]
    public async Task A_window_closes_with_its_last_row_and_a_shift_is_told_in_the_window_that_holds_it()
    {
        // 70 rows a day: the shift of the eighth day lies in rows 490 to 559, so in the fifth and sixth hundred.
        MonitoredRows traffic = GivenMonitors.Rows(770, 32, 70, (day, number, level) => (day == 7 ? number + 1.5 : number, level));

        List<WindowReading> readings = await ReadAsync(traffic, GivenMonitors.Start.AddDays(20));

        WindowReading[] inputs = [.. readings.Where(reading => reading.Monitor == "inputs")];
        Assert.Equal(7, inputs.Length);
        Assert.All(inputs, reading => Assert.Equal(100, reading.Measure.Rows));
        Assert.All(inputs.Zip(inputs.Skip(1)), pair => Assert.True(pair.First.Window.To <= pair.Second.Window.From));
        Assert.True(inputs[5].IsLoud);
        Assert.All(inputs.Where((_, at) => at is not (4 or 5)), reading => Assert.False(reading.IsLoud));
    }

    [Fact]
    public void Rows_of_one_moment_stay_in_one_window()
    {
        DateTimeOffset at = GivenMonitors.Start;
        DateTimeOffset[] times = [.. Enumerable.Range(0, 60).Select(row => at.AddMinutes(row / 25))];

        IReadOnlyList<(MonitorWindow Window, Range Rows)> windows = WindowCalendar.Counted(10, times);

        Assert.Equal([0..25, 25..50, 50..60], windows.Select(window => window.Rows));
        Assert.All(windows, window => Assert.Equal(window.Rows.End.Value - window.Rows.Start.Value, times.Count(window.Window.Holds)));
    }

    [Fact]
    public async Task Rows_that_arrive_late_move_no_window_that_was_cut()
    {
        MonitoredRows all = GivenMonitors.Rows(600, 33, 100);
        int[] late = [.. Enumerable.Range(0, 600).Where(row => row is >= 50 and < 90)];
        List<WindowReading> before = await ReadAsync(all.Take([.. Enumerable.Range(0, 400).Except(late)]), GivenMonitors.Start.AddDays(4));

        List<WindowReading> after = await ReadAsync(all, GivenMonitors.Start.AddDays(20), before);

        MonitorWindow[] inputs = [.. after.Where(reading => reading.Monitor == "inputs").Select(reading => reading.Window)];
        MonitorWindow[] cut = [.. before.Where(reading => reading.Monitor == "inputs").Select(reading => reading.Window)];
        Assert.Equal(3, cut.Length);
        Assert.Empty(inputs.Intersect(cut));
        Assert.Equal(2, inputs.Length); // rows 340 to 599
        Assert.All(inputs, window => Assert.True(window.From >= cut[^1].To));
    }

    [Fact]
    public async Task Nothing_before_the_moment_where_a_plan_goes_on_is_read_again()
    {
        // The first of March 2026 is a Sunday: the plan goes on in the middle of the first whole week.
        DateTimeOffset since = GivenMonitors.Start.AddDays(4);

        List<WindowReading> readings = await ReadAsync(GivenMonitors.Rows(2_000, 34, 100), GivenMonitors.Start.AddDays(20), null, since);

        WindowReading first = readings.First(reading => reading.Monitor == "weekly");
        Assert.Equal((since, GivenMonitors.Start.AddDays(8), 400), (first.Window.From, first.Window.To, first.Measure.Rows));
        Assert.All(readings, reading => Assert.True(reading.Window.From >= since));
    }

    private static async Task<List<WindowReading>> ReadAsync(
        MonitoredRows traffic, DateTimeOffset upTo, IReadOnlyList<WindowReading>? before = null, DateTimeOffset? since = null)
    {
        List<WindowReading> readings = [];
        PreparedPlan plan = PreparedPlan.Make(Plan, GivenMonitors.Reference(Reference), CancellationToken.None);
        MonitorHistory history = new();
        foreach (WindowReading reading in before ?? [])
        {
            history.Add(reading);
        }

        ReadWindows reader = new(plan, new RowsInMemory(traffic), history, (before ?? []).GroupBy(reading => reading.Monitor).ToDictionary(
            group => group.Key, group => (IReadOnlyList<MonitorWindow>)[.. group.Select(reading => reading.Window).Distinct()]));
        await reader.RunAsync(
            since, upTo, (terms, window) => before?.Any(reading => reading.Monitor == terms.Id && reading.Window == window) == true,
            made =>
            {
                readings.AddRange(made);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return readings;
    }
}
