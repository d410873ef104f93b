using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

/// <summary>Monitors of all columns together and of distances, on traffic that changed and on traffic that did not.</summary>
public sealed class MonitorKindsTests
{
    private static readonly MonitoredRows Reference = GivenMonitors.Rows(1_000, 21);

    [Theory]
    [InlineData("mmd")]
    [InlineData("classifier")]
    public async Task A_correlation_that_turns_round_is_told_by_a_test_of_all_columns_and_by_no_column_alone(string test)
    {
        MonitoredRows reference = Pairs(1_000, 22, 0, _ => false);
        MonitoredRows traffic = Pairs(1_400, 23, 200, day => day >= 4);
        MonitorSpec spec = GivenMonitors.Plan($$"""
            - { id: together, kind: multivariate, window: day, test: {{test}}, rows: 200, columns: [a, b] }
            - { id: alone, kind: drift, window: day, columns: [a, b] }
            """);

        IReadOnlyList<WindowReading> readings = await ReadAsync(spec, reference, traffic);

        ReplayedAlert alert = Assert.Single(ReplayedAlert.Of(readings));
        Assert.Equal(("together", 5), (alert.Monitor, GivenMonitors.DayOf(alert)));
        Assert.All(readings.Where(reading => reading.Monitor == "together"), reading => Assert.Equal(test, reading.Measure.Metric));
        WindowReading[] quiet = [.. readings.Where(reading => reading.Monitor == "together").Take(4)];
        Assert.All(quiet, reading => Assert.True(test == "mmd" ? reading.Measure.NoiseFloor > 0 : reading.Measure.NoiseFloor is null));
    }

    [Theory]
    [InlineData("psi")]
    [InlineData("js")]
    [InlineData("hellinger")]
    [InlineData("linf")]
    [InlineData("tvd")]
    [InlineData("wasserstein")]
    public async Task A_shift_is_told_by_every_distance_and_lies_above_its_noise_floor(string test)
    {
        MonitoredRows traffic = GivenMonitors.Rows(600, 24, 100, (day, number, level) => (day == 4 ? number + 0.7 : number, level));
        MonitorSpec spec = GivenMonitors.Plan($$"""- { id: far, kind: drift, window: day, test: {{test}}, columns: [number] }""");

        IReadOnlyList<WindowReading> readings = await ReadAsync(spec, Reference, traffic);

        Assert.Equal(5, GivenMonitors.DayOf(Assert.Single(ReplayedAlert.Of(readings))));
        Assert.Equal([false, false, false, false, true, false], readings.Select(reading => reading.IsLoud));
        Assert.True(readings[4].Measure.Value > readings[4].Measure.NoiseFloor);
    }

    // Half of the reference's size: a null that took the reference for the truth would alarm far too often.
    [Fact]
    public async Task A_distance_from_a_small_reference_passes_its_floor_in_one_window_of_twenty()
    {
        const int Windows = 200;
        MonitorSpec spec = GivenMonitors.Plan("- { id: far, kind: drift, window: day, test: js, columns: [level] }");
        int above = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            IReadOnlyList<WindowReading> readings = await ReadAsync(
                spec, GivenMonitors.Rows(200, 500 + seed), GivenMonitors.Rows(Windows / 10 * 100, 600 + seed, 100));
            above += readings.Count(reading => reading.Measure.Value > reading.Measure.NoiseFloor);
        }

        // Windows of one reference share its noise, so the spread is about twice that of independent ones (0.015).
        Assert.InRange(above / (double)Windows, 0.0, 0.05 + (3 * 0.03));
    }

    [Fact]
    public async Task A_gap_in_a_column_is_no_distance()
    {
        MonitoredRows rows = GivenMonitors.Rows(600, 25, 100);
        NumberColumn numbers = (NumberColumn)rows.Table.Need("number");
        NumberColumn gappy = new("number", [.. Enumerable.Range(0, rows.Count).Select(row => row % 2 == 0 ? double.NaN : numbers.Number(row))]);
        MonitoredRows traffic = new() { Table = new Table([gappy]), Times = rows.Times };
        MonitorSpec spec = GivenMonitors.Plan("- { id: far, kind: drift, window: day, test: psi, columns: [number] }", "{ falseAlerts: 0.01, per: month }");

        IReadOnlyList<WindowReading> readings = await ReadAsync(spec, Reference, traffic);

        Assert.All(readings, reading => Assert.Equal((50, ReadingVerdict.Within), (reading.Measure.Rows, reading.Verdict)));
    }

    [Fact]
    public async Task A_reference_with_too_few_values_measures_nothing_and_ends_nothing()
    {
        MonitoredRows reference = new()
        {
            Table = new Table([new NumberColumn("number", [.. Enumerable.Range(0, 100).Select(row => row == 0 ? 1.0 : double.NaN)])]),
            Times = new DateTimeOffset[100],
        };
        MonitorSpec spec = GivenMonitors.Plan("- { id: far, kind: drift, window: day, test: psi, columns: [number] }");

        IReadOnlyList<WindowReading> readings = await ReadAsync(spec, reference, GivenMonitors.Rows(300, 26, 100));

        Assert.Equal(3, readings.Count);
        Assert.All(readings, reading => Assert.Equal(ReadingVerdict.Unmeasured, reading.Verdict));
    }

    [Fact]
    public async Task The_floor_of_kolmogorov_and_smirnov_is_where_its_p_value_is_a_twentieth()
    {
        IReadOnlyList<WindowReading> readings = await ReadAsync(
            GivenMonitors.Plan("- { id: inputs, kind: drift, window: day, columns: [number] }"), Reference, GivenMonitors.Rows(200, 27, 200));

        double floor = Assert.Single(readings).Measure.NoiseFloor!.Value;
        Assert.Equal(0.05, Governance.Audit.Drift.KolmogorovSmirnov.PValue(floor, 1_000, 200), 0.003);
    }

    // Two numbers that rise together; after the change one falls where the other rises. Each alone stays as it was.
    private static MonitoredRows Pairs(int count, int seed, int rowsADay, Func<int, bool> turned)
    {
        SeededRandom random = new(seed, 0);
        (double[] a, double[] b) = (new double[count], new double[count]);
        DateTimeOffset[] times = new DateTimeOffset[count];
        for (int row = 0; row < count; row++)
        {
            int day = rowsADay == 0 ? 0 : row / rowsADay;
            double common = random.NextDouble() - 0.5;
            a[row] = common + (0.2 * (random.NextDouble() - 0.5));
            b[row] = (turned(day) ? -common : common) + (0.2 * (random.NextDouble() - 0.5));
            times[row] = rowsADay == 0 ? default : GivenMonitors.Start.AddDays(day).AddSeconds(row % rowsADay);
        }

        return new MonitoredRows { Table = new Table([new NumberColumn("a", a), new NumberColumn("b", b)]), Times = times };
    }

    private static Task<IReadOnlyList<WindowReading>> ReadAsync(MonitorSpec spec, MonitoredRows reference, MonitoredRows traffic) =>
        ReplayMonitors.RunAsync(PreparedPlan.Make(spec, GivenMonitors.Reference(reference), CancellationToken.None), traffic, CancellationToken.None);
}
