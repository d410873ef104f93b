using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class PairedScoreTests
{
    private const double Z = 1.959963984540054;

    // Without a discordant row the score statistic of a difference d is n d / sqrt(n d (1 − d)), so the ends are ± z² / (n + z²).
    [Theory]
    [InlineData(10)]
    [InlineData(381)]
    public void Rows_that_never_differ_still_leave_an_interval(int rows)
    {
        Interval interval = PairedScore.Compute(0, 0, rows, 0.95);

        Assert.Equal(Z * Z / (rows + (Z * Z)), interval.High, 1e-12);
        Assert.Equal(-interval.High, interval.Low, 1e-12);
    }

    // The definition by brute force: at each end the likelihood, maximised over the nuisance share, gives a statistic of exactly z.
    [Theory]
    [InlineData(3, 11, 60)]
    [InlineData(0, 1, 44)]
    [InlineData(25, 2, 300)]
    public void At_its_ends_the_score_test_is_on_the_edge_of_rejecting(int gained, int lost, int rows)
    {
        Interval interval = PairedScore.Compute(gained, lost, rows, 0.95);

        Assert.Equal(Z, Statistic(gained, lost, rows, interval.Low), 1e-4);
        Assert.Equal(-Z, Statistic(gained, lost, rows, interval.High), 1e-4);
        Assert.InRange((double)(gained - lost) / rows, interval.Low, interval.High);
        Interval turned = PairedScore.Compute(lost, gained, rows, 0.95);
        Assert.Equal(-interval.High, turned.Low, 1e-9);
    }

    [Fact]
    public void Being_no_worse_is_shown_exactly_where_the_interval_lies_above_the_margin()
    {
        foreach ((int gained, int lost, int rows) in ((int, int, int)[])[(0, 0, 380), (0, 0, 381), (4, 9, 900), (4, 9, 3_000), (20, 1, 100), (0, 30, 500)])
        {
            Assert.Equal(
                PairedScore.Compute(gained, lost, rows, 0.95).Low > -0.01, PairedScore.NotInferiorP(gained, lost, rows, 0.01) < 0.025);
        }
    }

    [Fact]
    public void Counts_and_margins_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedScore.Compute(1, 1, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedScore.Compute(0, 0, 0, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedScore.Compute(-1, 0, 5, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedScore.NotInferiorP(0, 0, 5, 0));
        Assert.Equal((-1, 1), (PairedScore.Compute(0, 5, 5, 0.95).Low, PairedScore.Compute(5, 0, 5, 0.95).High));
    }

    private static double Statistic(int gained, int lost, int rows, double difference)
    {
        // The log likelihood is concave in the share that only the first counts: thirds close in on its top.
        double low = Math.Max(0, -difference), high = (1 - difference) / 2;
        for (int i = 0; i < 300; i++)
        {
            double one = low + ((high - low) / 3), two = high - ((high - low) / 3);
            (low, high) = Likelihood(one) < Likelihood(two) ? (one, high) : (low, two);
        }

        double variance = (2 * ((low + high) / 2)) + difference - (difference * difference);
        return (gained - lost - (rows * difference)) / Math.Sqrt(rows * variance);

        double Likelihood(double q) => Term(gained, q + difference) + Term(lost, q) + Term(rows - gained - lost, 1 - (2 * q) - difference);

        static double Term(int count, double share) => count == 0 ? 0 : count * Math.Log(Math.Max(share, 1e-300));
    }
}
