using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Specs;
using Governance.Portal.Scheduling;

namespace Governance.Portal.Tests.Scheduling;

public sealed class CadenceTests
{
    // Berlin goes forward on 29 March 2026 at 01:00 UTC (02:00 becomes 03:00) and back on 25 October 2026 at 01:00 UTC (03:00 becomes 02:00).
    [Fact]
    public void A_time_of_day_that_the_day_skips_ticks_at_the_moment_the_clocks_moved_to()
    {
        string[] ticks = Ticks("0 30 2 * * ?", "Europe/Berlin", "2026-03-27T12:00:00Z", 4);

        Assert.Equal(["2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z", "2026-03-31T00:30Z"], ticks);
    }

    [Fact]
    public void A_time_of_day_that_comes_twice_ticks_once()
    {
        string[] ticks = Ticks("0 30 2 * * ?", "Europe/Berlin", "2026-10-24T12:00:00Z", 3);

        Assert.Equal(3, ticks.Length);
        Assert.Single(ticks, tick => tick.StartsWith("2026-10-25", StringComparison.Ordinal));
        Assert.Equal("2026-10-26T01:30Z", ticks[1]);
    }

    [Fact]
    public void An_hourly_clock_ticks_every_real_hour_whatever_the_clocks_say()
    {
        Cadence cadence = Cadence.Read("0 0 * * * ?", "Europe/Berlin");

        foreach (string start in (string[])["2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z"])
        {
            DateTimeOffset[] ticks = [.. cadence.After(At(start), 12)];
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second - pair.First));
        }
    }

    [Theory]
    [InlineData("0 0 6 1 *", "UTC", "cannot be read")]
    [InlineData("0 0 6 1 * ?", "Mars/Olympus", "no time zone")]
    [InlineData("0 0 6 1 1 ? 1999", "UTC", "never comes again")]
    [InlineData("0/10 * * * * ?", "UTC", "more than once a minute")]
    public void What_cannot_be_kept_is_refused_in_words(string cron, string zone, string words)
    {
        InputException fault = Assert.Throws<InputException>(() => Cadence.ReadSensible(new SpecSchedule(cron, zone), At("2026-03-01T00:00:00Z")));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tick_within_a_minute_is_on_time_and_older_ones_are_missed()
    {
        Cadence daily = Cadence.Read("0 0 6 * * ?", "UTC");

        DueTicks onTime = DueTicks.Of(daily, At("2026-03-01T06:00:00Z"), At("2026-03-02T06:00:30Z"));
        Assert.Equal((At("2026-03-02T06:00:00Z"), 0), (onTime.OnTime, onTime.Missed.Count));
        DueTicks late = DueTicks.Of(daily, At("2026-03-01T06:00:00Z"), At("2026-03-04T09:00:00Z"));
        Assert.Null(late.OnTime);
        Assert.Equal([At("2026-03-02T06:00:00Z"), At("2026-03-03T06:00:00Z"), At("2026-03-04T06:00:00Z")], late.Missed);
        DueTicks both = DueTicks.Of(daily, At("2026-03-01T06:00:00Z"), At("2026-03-04T06:00:10Z"));
        Assert.Equal((At("2026-03-04T06:00:00Z"), 2), (both.OnTime, both.Missed.Count));
    }

    [Fact]
    public void A_clock_set_back_makes_nothing_due_and_one_set_forward_misses_what_it_jumped_over()
    {
        Cadence hourly = Cadence.Read("0 0 * * * ?", "UTC");

        DueTicks back = DueTicks.Of(hourly, At("2026-03-01T06:00:00Z"), At("2026-03-01T03:30:00Z"));
        Assert.Equal((0, (DateTimeOffset?)null), (back.Missed.Count, back.OnTime));
        DueTicks forward = DueTicks.Of(hourly, At("2026-03-01T06:00:00Z"), At("2027-03-01T06:30:00Z"));
        Assert.Equal((DueTicks.MostMissed + 1, 365 * 24), (forward.Missed.Count, forward.Missed.Count + forward.Earlier));
    }

    private static string[] Ticks(string cron, string zone, string start, int count) =>
        [.. Cadence.Read(cron, zone).After(At(start), count).Select(tick => tick.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture))];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
