using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class CohortContrastTests
{
    // |values| 1, 2, 3 and 4, 6, 8, 10: means 2 and 7, variances of the means 1/3 and 20/12, Welch's freedom 4.0755.
    // t at 0.975 of 4.0755 degrees is 2.7567 (R: qt(0.975, 4.0755)); the half-width is 2.7567 · √2 = 3.8986.
    [Fact]
    public void The_interval_is_Welchs()
    {
        ContrastedFeature one = Assert.Single(CohortContrast.Of(
            Matrices.Of(["a"], [[1], [-2], [3]]), Matrices.Of(["a"], [[4], [-6], [8], [10]]), 0.95));

        Assert.Equal((2.0, 7.0, -5.0), (one.Inside, one.Outside, one.Difference));
        Assert.Equal(Math.Sqrt(2) * MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, 4 / ((1 / 9.0 / 2) + (25 / 9.0 / 3)), 0.975), one.Interval[1] + 5, 1e-9);
        Assert.True(one.Told);
    }

    [Fact]
    public void Intervals_of_several_features_hold_together_and_so_are_wider()
    {
        double[][] inside = [[1, 1], [-2, 2], [3, 3]];
        double[][] outside = [[4, 1], [-6, 2], [8, 3], [10, 2]];

        IReadOnlyList<ContrastedFeature> two = CohortContrast.Of(Matrices.Of(["a", "b"], inside), Matrices.Of(["a", "b"], outside), 0.95);
        ContrastedFeature alone = CohortContrast.Of(
            Matrices.Of(["a"], [.. inside.Select(row => row[..1])]), Matrices.Of(["a"], [.. outside.Select(row => row[..1])]), 0.95)[0];

        Assert.Equal(["a", "b"], two.Select(feature => feature.Feature));
        Assert.True(two[0].Interval[1] - two[0].Interval[0] > alone.Interval[1] - alone.Interval[0]);
        Assert.Equal(alone.InsideInterval, two[0].InsideInterval);
        Assert.False(two[1].Told);
    }

    // Two halves of the same rows differ in some feature in 5 % of the draws; of 200 draws 10 are expected, 22 would be four standard errors off.
    [Fact]
    public void Alike_rows_are_seldom_told_apart()
    {
        int told = Enumerable.Range(0, 200).Count(draw =>
        {
            AttributionMatrix all = Matrices.Drawn(120, [1, 1, 2, 2, 0.5], seed: 1_000 + draw);
            (AttributionMatrix inside, AttributionMatrix outside) = all.Split(Enumerable.Range(0, 60));
            return CohortContrast.Of(inside, outside, 0.95).Any(feature => feature.Told);
        });

        Assert.InRange(told, 0, 22);
    }

    [Fact]
    public void A_side_without_a_row_is_refused() => Assert.Throws<ArgumentException>(
        () => CohortContrast.Of(Matrices.Of(["a"], [[1]]), Matrices.Of(["a"], []), 0.95));
}
