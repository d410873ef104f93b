using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class TestOfProportionsTests
{
    // Fisher's tea tasting: tables 4, 3, 2, 1, 0 of 4 have 1, 16, 36, 16, 1 of 70 ways.
    [Theory]
    [InlineData(3, 34 / 70.0)]
    [InlineData(4, 2 / 70.0)]
    [InlineData(2, 1)]
    public void Fisher_gives_the_p_of_the_lady_tasting_tea(int right, double expected) =>
        Assert.Equal(expected, FisherExact.TwoSided(right, 4, 4 - right, 4), 1e-12);

    [Fact]
    public void Fisher_agrees_with_counting_every_table()
    {
        for (int hitsA = 0; hitsA <= 7; hitsA++)
        {
            for (int hitsB = 0; hitsB <= 9; hitsB++)
            {
                Assert.Equal(ByCounting(hitsA, 7, hitsB, 9), FisherExact.TwoSided(hitsA, 7, hitsB, 9), 1e-12);
            }
        }
    }

    // The square of the pooled z is the chi-square of the 2×2 table: 100 (40·30 − 10·20)² / (50·50·60·40) = 16.667.
    [Fact]
    public void Large_samples_take_the_pooled_z_test()
    {
        double p = TwoProportions.PValue(0.8, 50, 0.4, 50, weighted: false);

        Assert.Equal(NormalQuantile.TwoSidedP(Math.Sqrt(100.0 / 6)), p, 1e-12);
        Assert.Equal(4.456e-5, p, 1e-8);
    }

    [Fact]
    public void A_small_expected_count_takes_the_exact_test() =>
        Assert.Equal(FisherExact.TwoSided(0, 9, 4, 9), TwoProportions.PValue(0, 9, 4 / 9.0, 9, weighted: false), 1e-15);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Equal_certainties_do_not_differ(double share) =>
        Assert.Equal(1, TwoProportions.PValue(share, 40, share, 50, weighted: true));

    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") and "BH".
    [Fact]
    public void Holm_and_Benjamini_Hochberg_adjust_as_R_does()
    {
        double[] pValues = [0.01, 0.04, 0.03, 0.005];

        Assert.Equal([0.03, 0.06, 0.06, 0.02], MultipleTests.Holm(pValues), Near);
        Assert.Equal([0.02, 0.04, 0.04, 0.02], MultipleTests.BenjaminiHochberg(pValues), Near);
    }

    // Five numbers 1 to 5: mean 3, standard error sqrt(2.5 / 5), Student's 97.5 % quantile with 4 degrees of freedom 2.776445.
    [Fact]
    public void A_mean_has_Students_interval()
    {
        MeanEstimate mean = default;
        foreach (double value in (double[])[1, 2, 3, 4, 5])
        {
            mean.Add(value, 2);
        }

        Interval interval = mean.Interval(0.95)!.Value;

        Assert.Equal(3, mean.Value);
        Assert.Equal(3 - (2.7764451 * Math.Sqrt(0.5)), interval.Low, 1e-6);
        Assert.Equal(3 + (2.7764451 * Math.Sqrt(0.5)), interval.High, 1e-6);
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-12;

    private static double ByCounting(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        int rows = rowsA + rowsB;
        double[] ways = new double[rowsA + 1];
        for (int set = 0; set < 1 << rows; set++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)set) == hitsA + hitsB)
            {
                ways[System.Numerics.BitOperations.PopCount((uint)(set & ((1 << rowsA) - 1)))]++;
            }
        }

        return ways.Where(count => count <= ways[hitsA]).Sum() / ways.Sum();
    }
}
