using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class TrafficWatchTests
{
    private const int Width = DrawnReference.Width;
    private static readonly WatchCalibration Calibration = WatchCalibration.Fit(DrawnReference.Make(2_000, 1), 7, default);

    [Fact]
    public void Honest_rows_raise_no_alarm_in_ten_thousand()
    {
        float[] rows = DrawnReference.Rows(10_000, 5);
        TrafficWatch watch = new(Calibration);
        for (int row = 0; row < 10_000; row++)
        {
            ReadOnlySpan<float> own = rows.AsSpan(row * Width, Width);
            Assert.False(watch.Observe(own, DrawnReference.Margin(own), knownRow: false).IsAlarm);
        }
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        TrafficWatch watch = new(Calibration);
        float[] row = DrawnReference.Rows(1, 6);
        WatchReading first = watch.Observe(row, 0.5, knownRow: false);
        WatchReading again = watch.Observe(row, 0.5, knownRow: false);

        Assert.True(again.IsRepeat);
        Assert.Equal(first.Level, again.Level);
        Assert.Equal(1, again.Observed);
    }

    // Edits of one row, a hair apart: an alarm outside a what-if session, none within.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Small_edits_alarm_unless_they_are_a_what_if(bool knownRow)
    {
        TrafficWatch watch = new(Calibration);
        float[] row = DrawnReference.Rows(1, 6);
        for (int edit = 0; edit < 30; edit++)
        {
            row[0] += 0.0001f;
            watch.Observe(row, 0.9, knownRow);
        }

        Assert.NotEqual(knownRow, watch.Reading.IsAlarm);
        if (!knownRow)
        {
            Assert.Equal(WatchDetector.Near, watch.Reading.Strongest);
        }
    }

    // A strange value stays in the row while others are edited: half of a session's edits may carry one, every edit of two may not.
    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void A_what_if_session_may_keep_a_strange_value_but_not_ask_strange_rows_alone(int everyOther, bool alarms)
    {
        TrafficWatch watch = new(Calibration);
        float[] rows = DrawnReference.Rows(60, 12);
        for (int edit = 0; edit < 60; edit++)
        {
            Span<float> own = rows.AsSpan(edit * Width, Width);
            own[2] = edit % everyOther == 0 ? 400 : own[2];
            watch.Observe(own, 0.9, knownRow: true);
        }

        Assert.Equal(alarms, watch.Reading.IsAlarm);
    }

    [Fact]
    public void Rows_at_the_boundary_alarm_by_the_boundary()
    {
        TrafficWatch watch = new(Calibration);
        float[] rows = DrawnReference.Rows(20_000, 9);
        int asked = 0;
        for (int row = 0; row < 20_000 && asked < 200; row++)
        {
            ReadOnlySpan<float> own = rows.AsSpan(row * Width, Width);
            if (DrawnReference.Margin(own) < 0.005)
            {
                watch.Observe(own, DrawnReference.Margin(own), knownRow: false);
                asked++;
            }
        }

        Assert.True(watch.Reading.IsAlarm);
        Assert.Equal(WatchDetector.Boundary, watch.Reading.Strongest);
    }

    [Fact]
    public void A_restored_watch_goes_on_as_the_first_would()
    {
        float[] rows = DrawnReference.Rows(600, 8);
        TrafficWatch first = new(Calibration);
        for (int row = 0; row < 300; row++)
        {
            first.Observe(rows.AsSpan(row * Width, Width), 0.3, knownRow: row % 7 == 0);
        }

        TrafficWatch second = TrafficWatch.Restore(WatchCalibration.Read(Calibration.ToBytes()), first.ToBytes())!;
        for (int row = 250; row < 600; row++)
        {
            ReadOnlySpan<float> own = rows.AsSpan(row * Width, Width);
            Assert.Equal(first.Observe(own, 0.3, knownRow: false), second.Observe(own, 0.3, knownRow: false));
        }

        Assert.Equal(first.Bets, second.Bets);
    }

    [Fact]
    public void A_state_of_another_calibration_is_not_taken_and_a_cut_one_refused()
    {
        byte[] state = new TrafficWatch(Calibration).ToBytes();

        Assert.Null(TrafficWatch.Restore(WatchCalibration.Fit(DrawnReference.Make(200, 1), 7, default), state));
        Assert.Throws<InvalidDataException>(() => TrafficWatch.Restore(Calibration, state[..^2]));
    }

    [Fact]
    public void An_alarm_stays_until_it_is_reset_and_the_past_stays_known()
    {
        TrafficWatch watch = new(Calibration);
        for (int i = 0; i < 20; i++)
        {
            watch.Observe([40 + i, -40, 12, 1, 1, 1, 5], 0.1, knownRow: false);
        }

        float[] honest = DrawnReference.Rows(1, 3);
        Assert.True(watch.Observe(honest, 0.5, knownRow: false).IsAlarm);
        watch.Reset();

        Assert.False(watch.Reading.IsAlarm);
        Assert.Equal(1, watch.Reading.Level);
        Assert.True(watch.Observe(honest, 0.5, knownRow: false).IsRepeat);
    }
}
