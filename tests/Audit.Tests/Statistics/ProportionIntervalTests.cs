using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class ProportionIntervalTests
{
    // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_gives_the_published_intervals(int hits, int rows, double low, double high)
    {
        Interval interval = WilsonInterval.Compute((double)hits / rows, rows, 0.95);

        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    // The definition: at its ends the score test just rejects.
    [Theory]
    [InlineData(7, 30, 0.9)]
    [InlineData(299, 300, 0.99)]
    public void Wilson_ends_where_the_score_test_rejects(int hits, int rows, double level)
    {
        double share = (double)hits / rows;

        Interval interval = WilsonInterval.Compute(share, rows, level);

        foreach (double end in (double[])[interval.Low, interval.High])
        {
            Assert.Equal(NormalQuantile.TwoSided(level), Math.Abs(share - end) / Math.Sqrt(end * (1 - end) / rows), 1e-9);
        }
    }

    [Theory]
    [InlineData(-0.1, 10, 0.95)]
    [InlineData(double.NaN, 10, 0.95)]
    [InlineData(0.5, 0, 0.95)]
    [InlineData(0.5, 10, 1)]
    public void Wilson_refuses_what_is_no_share(double share, double rows, double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Compute(share, rows, level));

    // Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    public void Newcombe_gives_the_published_intervals(int hitsA, int rowsA, int hitsB, int rowsB, double low, double high)
    {
        Interval interval = NewcombeInterval.Compute((double)hitsA / rowsA, rowsA, (double)hitsB / rowsB, rowsB, 0.95);

        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    // exp(ln(0.3 / 0.6) ± 1.959964 · sqrt(0.7 / 30 + 0.4 / 60)), worked by hand: 0.5 · e^(±0.339477).
    [Fact]
    public void Katz_gives_the_interval_worked_by_hand()
    {
        Interval interval = LogRatioInterval.Compute(0.3, 100, 0.6, 100, 0.95);

        Assert.Equal(0.5 * Math.Exp(-0.339477), interval.Low, 1e-5);
        Assert.Equal(0.5 * Math.Exp(0.339477), interval.High, 1e-5);
    }

    [Fact]
    public void A_ratio_turned_round_has_the_interval_turned_round()
    {
        Interval there = LogRatioInterval.Compute(0.3, 40, 0.7, 90, 0.9);
        Interval back = LogRatioInterval.Compute(0.7, 90, 0.3, 40, 0.9);

        Assert.Equal(1 / there.High, back.Low, 1e-12);
        Assert.Equal(1 / there.Low, back.High, 1e-12);
    }

    // 0 of 50 has Wilson's upper end z² / (50 + z²); against a known share it would just be divided by that.
    [Fact]
    public void A_ratio_of_zero_still_has_an_upper_end()
    {
        Interval interval = LogRatioInterval.Compute(0, 50, 0.4, 1e12, 0.95);

        Assert.Equal(0, interval.Low);
        Assert.Equal(3.841459 / 53.841459 / 0.4, interval.High, 1e-5);
    }

    // One row that was selected: its share may be as low as 1 / (1 + z²) = 0.2065, so the ratio is at least doubtful up to 2.
    [Fact]
    public void One_selected_row_gives_a_ratio_no_false_certainty()
    {
        Interval interval = LogRatioInterval.Compute(0.5, 270, 1, 1, 0.95);

        Assert.Equal(WilsonInterval.Compute(0.5, 270, 0.95).Low, interval.Low, 1e-12);
        Assert.InRange(interval.High, 2, 3);
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 0.6)]
    public void A_ratio_with_a_certainty_turned_round_has_the_interval_turned_round(double a, double b)
    {
        Interval there = LogRatioInterval.Compute(a, 20, b, 35, 0.95);
        Interval back = LogRatioInterval.Compute(b, 35, a, 20, 0.95);

        Assert.Equal(1 / there.High, back.Low, 1e-12);
        Assert.Equal(1 / there.Low, back.High, 1e-12);
    }
}
