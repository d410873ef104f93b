using Governance.Audit.Data;
using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

public sealed class ReplayMonitorsTests
{
    private static readonly MonitoredRows Reference = GivenMonitors.Rows(2_000, 1);

    [Fact]
    public async Task A_shift_of_a_column_is_told_on_its_day_becomes_critical_and_recovers()
    {
        MonitoredRows traffic = GivenMonitors.Rows(1_200, 2, 100, (day, number, level) => (day is 5 or 6 ? number + 0.6 : number, level));

        IReadOnlyList<ReplayedAlert> alerts = await GivenMonitors.AlertsAsync(
            GivenMonitors.Plan("- { id: inputs, kind: drift, window: day, columns: [number, level] }"), Reference, traffic);

        ReplayedAlert alert = Assert.Single(alerts);
        Assert.Equal(("number", 6, 2, true), (alert.Column, GivenMonitors.DayOf(alert), alert.Windows, alert.Critical));
        Assert.Equal(GivenMonitors.Start.AddDays(9), alert.RecoveredAt);
    }

    [Fact]
    public async Task What_all_rows_do_raises_no_alert_for_a_cohort_and_what_it_does_alone_does()
    {
        MonitoredRows traffic = GivenMonitors.Rows(3_000, 3, 200, (day, number, level) =>
            (day == 3 || (day is >= 8 and < 12 && level == "west") ? number + 0.9 : number, level));

        IReadOnlyList<ReplayedAlert> alerts = await GivenMonitors.AlertsAsync(
            GivenMonitors.Plan("""
                - { id: inputs, kind: drift, window: day, columns: [number] }
                - { id: west, kind: drift, window: three, cohort: west, columns: [number] }
                """),
            Reference, traffic);

        Assert.Equal(4, GivenMonitors.DayOf(alerts.First(alert => alert.Monitor == "inputs")));
        Assert.InRange(GivenMonitors.DayOf(Assert.Single(alerts, alert => alert.Monitor == "west")), 9, 11);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("text")]
    [InlineData("range")]
    [InlineData("constant")]
    [InlineData("level")]
    public async Task A_broken_column_is_told_after_one_window(string fault)
    {
        MonitoredRows rows = GivenMonitors.Rows(800, 4, 100);
        NumberColumn numbers = (NumberColumn)rows.Table.Need("number");
        bool Broken(int row) => row / 100 == 5 && (row % 4 == 0 || fault == "constant");
        Column number = fault == "text"
            ? TextColumn.Of("number", [.. Enumerable.Range(0, rows.Count).Select(row => Broken(row) ? "n/a" : numbers.Text(row))])
            : new NumberColumn("number", [.. Enumerable.Range(0, rows.Count).Select(row => !Broken(row) ? numbers.Number(row)
                : fault switch { "missing" => double.NaN, "range" => 9, "constant" => 1.5, _ => numbers.Number(row) })]);
        TextColumn level = TextColumn.Of("level", [.. Enumerable.Range(0, rows.Count).Select(row => Broken(row) && fault == "level" ? "up" : rows.Table.Need("level").Text(row))]);
        MonitoredRows traffic = WithTable(rows, new Table([number, level, rows.Table.Need("group")]));

        IReadOnlyList<ReplayedAlert> alerts = await GivenMonitors.AlertsAsync(
            GivenMonitors.Plan("- { id: cells, kind: quality, window: day }"), Reference, traffic);

        ReplayedAlert alert = Assert.Single(alerts);
        Assert.Equal((fault == "level" ? "level" : "number", 6), (alert.Column, GivenMonitors.DayOf(alert)));
    }

    [Fact]
    public async Task Labels_that_turn_round_are_told_once_nine_in_ten_are_known_and_estimates_do_not_see_them()
    {
        MonitoredRows traffic = GivenMonitors.Rows(2_000, 5, 200, flip: day => day >= 4 ? 0.4 : 0);
        MonitorSpec spec = GivenMonitors.Plan("""
            - { id: realised, kind: performance, window: day }
            - { id: estimated, kind: estimate, window: day }
            """);
        PreparedPlan plan = PreparedPlan.Make(spec, GivenMonitors.Reference(Reference), CancellationToken.None);
        IReadOnlyList<WindowReading> readings = await ReplayMonitors.RunAsync(plan, traffic, CancellationToken.None);

        // The fifth day's labels come two days later, the last of its first nine tenths before the day is over.
        ReplayedAlert alert = Assert.Single(ReplayedAlert.Of(readings));
        Assert.Equal(("realised", 7), (alert.Monitor, GivenMonitors.DayOf(alert)));

        IReadOnlyList<TrackRecord> records = TrackRecord.Of(readings.Select(reading => EstimatedFigure.Of(spec, reading)).OfType<EstimatedFigure>());
        TrackRecord accuracy = records.Single(record => record.Metric == "accuracy");
        Assert.Equal(10, accuracy.Windows);
        Assert.InRange(accuracy.Bias, 0.05, 0.25);
        Assert.InRange(accuracy.Coverage, 0.4, 0.6);
    }

    [Fact]
    public async Task A_worse_score_distribution_is_told_before_any_label()
    {
        MonitoredRows rows = GivenMonitors.Rows(1_000, 6, 100);
        MonitoredRows traffic = new()
        {
            Table = rows.Table,
            Times = rows.Times,
            Scores = [.. rows.Scores!.Select((score, row) => row >= 500 ? 0.5 + ((score - 0.5) * 0.2) : score)],
            Predicted = rows.Predicted,
        };

        IReadOnlyList<ReplayedAlert> alerts = await GivenMonitors.AlertsAsync(
            GivenMonitors.Plan("- { id: estimated, kind: estimate, window: day, metrics: [accuracy] }"), Reference, traffic);

        Assert.Equal(6, GivenMonitors.DayOf(Assert.Single(alerts)));
    }

    [Fact]
    public async Task A_gap_between_groups_is_told_against_the_reference_and_against_a_limit()
    {
        MonitoredRows rows = GivenMonitors.Rows(1_600, 8, 200);
        Column group = rows.Table.Need("group");
        string?[] decided = [.. rows.Predicted!.Select((decision, row) => row >= 800 && group.Text(row) == "f" && row % 2 == 0 ? "no" : decision)];
        MonitoredRows traffic = new() { Table = rows.Table, Times = rows.Times, Scores = rows.Scores, Predicted = decided };

        IReadOnlyList<ReplayedAlert> alerts = await GivenMonitors.AlertsAsync(
            GivenMonitors.Plan("""
                - { id: gap, kind: fairness, window: three, attribute: group }
                - { id: limit, kind: fairness, window: three, attribute: group, metrics: [demographic_parity_ratio], atLeast: 0.8 }
                """),
            Reference, traffic);

        Assert.Equal(["gap", "limit"], alerts.Select(alert => alert.Monitor).Order());
        Assert.All(alerts, alert => Assert.InRange(GivenMonitors.DayOf(alert), 5, 8));
    }

    [Fact]
    public async Task Missing_traffic_and_slow_answers_are_told()
    {
        MonitoredRows rows = GivenMonitors.Rows(2_000, 9, 100);
        int[] kept = [.. Enumerable.Range(0, rows.Count).Where(row => row / 100 != 14 || row % 10 == 0)];
        MonitoredRows taken = rows.Take(kept);
        MonitoredRows traffic = new()
        {
            Table = taken.Table,
            Times = taken.Times,
            Latency = [.. kept.Select(row => (row / 100 >= 17 ? 80.0 : 20) * (1 + (row % 7 / 20.0)))],
        };

        IReadOnlyList<ReplayedAlert> alerts = await GivenMonitors.AlertsAsync(
            GivenMonitors.Plan("- { id: volume, kind: volume, window: day }\n- { id: slow, kind: latency, window: day }"), Reference, traffic);

        Assert.Equal([("volume", 15), ("slow", 18)], alerts.Select(alert => (alert.Monitor, GivenMonitors.DayOf(alert))));
    }

    [Fact]
    public async Task Looking_often_or_once_gives_the_same_readings()
    {
        MonitoredRows traffic = GivenMonitors.Rows(1_000, 10, 100, flip: day => day >= 5 ? 0.5 : 0);
        PreparedPlan plan = PreparedPlan.Make(
            GivenMonitors.Plan("- { id: inputs, kind: drift, window: day }\n- { id: realised, kind: performance, window: day }"),
            GivenMonitors.Reference(Reference), CancellationToken.None);
        List<WindowReading> once = await ReadAsync(plan, traffic, [12]);
        List<WindowReading> often = await ReadAsync(plan, traffic, [1, 2, 3, 5, 6, 7, 8, 9, 11, 12]);

        Assert.Equal(Told(once), Told(often));
    }

    private static async Task<List<WindowReading>> ReadAsync(PreparedPlan plan, MonitoredRows traffic, int[] looks)
    {
        List<WindowReading> settled = [];
        ReadWindows reader = new(plan, new RowsInMemory(traffic), new MonitorHistory());
        foreach (int day in looks)
        {
            HashSet<(string, MonitorWindow)> known = [.. settled.Select(reading => (reading.Monitor, reading.Window))];
            await reader.RunAsync(
                null, GivenMonitors.Start.AddDays(day), (terms, window) => known.Contains((terms.Id, window)) || window.To > GivenMonitors.Start.AddDays(10),
                made =>
                {
                    settled.AddRange(made.Where(reading => reading.Settled));
                    return Task.CompletedTask;
                },
                CancellationToken.None);
        }

        return settled;
    }

    private static IEnumerable<string> Told(IEnumerable<WindowReading> readings) => readings
        .Select(reading => $"{reading.Monitor} {reading.Series} {reading.Window} {reading.DueAt} {reading.Measure.Value:R} {reading.Adjusted:R} {reading.Verdict}").Order();

    private static MonitoredRows WithTable(MonitoredRows rows, Table table) =>
        new() { Table = table, Times = rows.Times, Scores = rows.Scores, Predicted = rows.Predicted, Labels = rows.Labels, LabelsKnownAt = rows.LabelsKnownAt };
}
