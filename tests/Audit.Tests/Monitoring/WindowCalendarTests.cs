using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

public sealed class WindowCalendarTests
{
    private static readonly DateTimeOffset Friday = new(2026, 2, 27, 13, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(WindowPeriod.Hour, "2026-02-27T13:00", "2026-02-27T14:00", "2026-02-27T15:00")]
    [InlineData(WindowPeriod.Day, "2026-02-27", "2026-02-28", "2026-03-01")]
    [InlineData(WindowPeriod.Week, "2026-02-23", "2026-03-02", "2026-03-09")]
    [InlineData(WindowPeriod.Month, "2026-02-01", "2026-03-01", "2026-04-01")]
    public void Windows_begin_with_the_period_that_holds_the_first_moment(WindowPeriod period, string from, string between, string to)
    {
        IReadOnlyList<MonitorWindow> windows = WindowCalendar.Closed(new WindowSpec(period, 1, null, 1), Friday, At(to));

        Assert.Equal([new MonitorWindow(At(from), At(between)), new MonitorWindow(At(between), At(to))], windows);
    }

    [Fact]
    public void A_window_is_not_closed_a_moment_before_its_end() =>
        Assert.Empty(WindowCalendar.Closed(new WindowSpec(WindowPeriod.Day, 1, null, 1), Friday, At("2026-02-28").AddTicks(-1)));

    [Fact]
    public void A_pool_closes_every_period_and_reaches_back_no_further_than_the_first()
    {
        IReadOnlyList<MonitorWindow> windows = WindowCalendar.Closed(new WindowSpec(WindowPeriod.Day, 3, null, 1), Friday, At("2026-03-03"));

        Assert.Equal(
            [
                new MonitorWindow(At("2026-02-27"), At("2026-02-28")), new MonitorWindow(At("2026-02-27"), At("2026-03-01")),
                new MonitorWindow(At("2026-02-27"), At("2026-03-02")), new MonitorWindow(At("2026-02-28"), At("2026-03-03")),
            ],
            windows);
    }

    [Fact]
    public void Windows_of_rows_hold_as_many_each_and_wait_for_the_last()
    {
        DateTimeOffset[] times = [.. Enumerable.Range(0, 25).Select(minute => Friday.AddMinutes(minute))];

        IReadOnlyList<(MonitorWindow Window, Range Rows)> windows = WindowCalendar.Counted(10, times);

        Assert.Equal(2, windows.Count);
        Assert.All(windows, window => Assert.Equal(10, times.Count(window.Window.Holds)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text + (text.Contains('T') ? ":00Z" : "T00:00:00Z"), System.Globalization.CultureInfo.InvariantCulture);
}
