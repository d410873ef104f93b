using Governance.Audit.Explanations;
using Governance.Audit.Monitoring;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Monitoring;

public sealed class LevelShiftTests
{
    [Fact]
    public void Of_two_levels_it_is_fisher_s_exact_test()
    {
        (int _, double change, double p) = LevelShift.Test([60, 40], [10, 20]);

        Assert.Equal(FisherExact.TwoSided(10, 30, 60, 100), p, 12);
        Assert.Equal(0.2667, Math.Abs(change), 4);
    }

    [Fact]
    public void Of_more_levels_the_smallest_p_value_times_their_number()
    {
        (int level, double _, double p) = LevelShift.Test([50, 30, 20], [5, 5, 20]);

        Assert.Equal(2, level);
        Assert.Equal(3 * FisherExact.TwoSided(20, 30, 20, 100), p, 12);
    }

    [Theory]
    [InlineData(new[] { 100 }, new[] { 30 })]
    [InlineData(new[] { 0, 0 }, new[] { 0, 0 })]
    public void One_level_alone_cannot_shift(int[] before, int[] now) => Assert.Equal(1, LevelShift.Test(before, now).PValue);

    // Fisher's test may not pass its level; with four levels Bonferroni's bound is slack as well.
    [Fact]
    public void Where_nothing_changed_it_keeps_its_level_far_out()
    {
        SeededRandom random = new(11, 0);
        double[] cumulative = [0.6, 0.85, 0.97, 1];
        int below = 0;
        const int Trials = 4_000;
        for (int trial = 0; trial < Trials; trial++)
        {
            int[] before = Draw(ref random, 400, cumulative);
            below += LevelShift.Test(before, Draw(ref random, 60, cumulative)).PValue <= 0.01 ? 1 : 0;
        }

        Assert.InRange(below, 1, (int)(0.01 * Trials));
    }

    [Fact]
    public void Rows_in_millions_take_the_normal_limit_which_is_the_exact_test_there()
    {
        double exact = FisherExact.TwoSided(5_200, 20_000, 5_000, 20_000);
        double limit = LevelShift.Proportions(5_200 * 2, 40_000, 5_000 * 2, 40_000);

        Assert.InRange(LevelShift.Proportions(5_200, 20_000, 5_000, 20_000) / exact, 0.999, 1.001);
        Assert.InRange(limit, 1e-4, exact);
    }

    private static int[] Draw(ref SeededRandom random, int rows, double[] cumulative)
    {
        int[] counts = new int[cumulative.Length];
        for (int row = 0; row < rows; row++)
        {
            double at = random.NextDouble();
            counts[Array.FindIndex(cumulative, edge => at < edge)]++;
        }

        return counts;
    }
}
