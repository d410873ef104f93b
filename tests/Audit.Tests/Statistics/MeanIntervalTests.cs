using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class MeanIntervalTests
{
    // Ten folds with mean 0.8 and standard deviation 0.02: t(9, 0.975) = 2.262157, variance 0.0004 · (1/10 + 1/9).
    [Fact]
    public void Nadeau_and_Bengio_widen_the_interval_of_a_mean_over_folds()
    {
        double[] raw = [1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5, 0.2, -0.2];
        double scale = 0.02 / Math.Sqrt(raw.Sum(value => value * value) / 9);
        double[] folds = [.. raw.Select(value => 0.8 + (scale * value))];

        (double mean, double deviation, Interval? interval) = NadeauBengio.Compute(folds, 1 / 9.0, 0.95);

        Assert.Equal(0.8, mean, 1e-12);
        Assert.Equal(0.02, deviation, 1e-12);
        Assert.Equal(0.8 + (2.2621571627 * Math.Sqrt(0.0004 * (0.1 + (1 / 9.0)))), interval!.Value.High, 1e-9);
    }

    [Fact]
    public void Folds_that_are_all_alike_have_no_interval()
    {
        Assert.Null(NadeauBengio.Compute([0.7, 0.7, 0.7], 0.5, 0.95).Interval);
        Assert.Null(NadeauBengio.Compute([0.7], 0.5, 0.95).Interval);
    }

    // The mean of one proportion is that proportion.
    [Fact]
    public void The_mean_of_one_share_has_Wilsons_interval()
    {
        Interval wilson = WilsonInterval.Compute(0.3, 40, 0.95);
        Interval mean = MeanOfProportions.Compute([0.3], [40], 0.95);

        Assert.Equal(wilson.Low, mean.Low, 1e-12);
        Assert.Equal(wilson.High, mean.High, 1e-12);
    }

    [Fact]
    public void The_mean_of_pure_shares_does_not_collapse()
    {
        Interval mean = MeanOfProportions.Compute([1, 1], [10, 10], 0.95);

        Assert.Equal(1, mean.High);
        Assert.InRange(mean.Low, 0.7, 0.9);
    }

    // Of 10 ordered numbers the 2nd and 9th hold the median with 97.9 %, the 3rd and 8th with 89.1 % only.
    [Fact]
    public void The_median_lies_between_order_statistics()
    {
        double[] values = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];

        (double median, Interval? interval) = MedianInterval.Compute(values, [], 0.95);

        Assert.Equal(5.5, median);
        Assert.Equal(new Interval(2, 9), interval);
        Assert.Null(MedianInterval.Compute([1, 2, 3], [], 0.95).Interval);
    }

    [Fact]
    public void A_weighted_median_is_that_of_repeated_rows()
    {
        (double weighted, _) = MedianInterval.Compute([3, 1, 2], [1, 2, 4], 0.95);
        (double repeated, _) = MedianInterval.Compute([3, 1, 1, 2, 2, 2, 2], [], 0.95);

        Assert.Equal(repeated, weighted);
    }

    [Theory]
    [InlineData(0.5, 0.01)]
    [InlineData(0.97, 0.0004)]
    [InlineData(0.001, 1e-6)]
    public void Intervals_on_another_scale_stay_in_range_and_hold_the_estimate(double value, double variance)
    {
        Interval odds = TransformedInterval.LogOdds(value, variance, 0.95)!.Value;
        Interval fisher = TransformedInterval.FisherZ(value, variance, 0.95)!.Value;
        Interval below = TransformedInterval.BelowOne(value, variance, 0.95)!.Value;

        Assert.True(odds.Low > 0 && odds.Low < value && value < odds.High && odds.High < 1);
        Assert.True(fisher.Low > -1 && fisher.Low < value && value < fisher.High && fisher.High < 1);
        Assert.True(below.Low < value && value < below.High && below.High < 1);
    }

    [Fact]
    public void Without_variance_there_is_no_interval()
    {
        Assert.Null(TransformedInterval.LogOdds(1, 0.01, 0.95));
        Assert.Null(TransformedInterval.FisherZ(0.5, 0, 0.95));
        Assert.Null(TransformedInterval.Plain(0.5, double.NaN, 0.95));
    }
}
