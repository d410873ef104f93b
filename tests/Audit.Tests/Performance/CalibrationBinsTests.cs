using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class CalibrationBinsTests
{
    // Four rows in two of ten bins: |1/2 − 0.15| and |1/2 − 0.95|, half the rows each.
    [Fact]
    public void The_error_is_the_mean_distance_of_the_bins()
    {
        IReadOnlyList<CalibrationBin> bins =
            CalibrationBins.Compute([0.1, 0.19, 0.91, 1.0], [0, 1, 1, 0], [], 10, Binning.Uniform, 0.95);

        (double expected, double maximum) = CalibrationBins.Errors(bins);

        Assert.Equal([0, 2, 0, 0, 0, 0, 0, 0, 0, 2], bins.Select(bin => bin.Count));
        Assert.Equal(((0.5 - 0.145) + (0.955 - 0.5)) / 2, expected, 1e-15);
        Assert.Equal(0.955 - 0.5, maximum, 1e-15);
        Assert.Null(bins[0].Observed);
    }

    [Fact]
    public void Quantile_bins_hold_equally_many_rows()
    {
        double[] scores = [.. Enumerable.Range(0, 100).Select(i => i / 400.0)];

        IReadOnlyList<CalibrationBin> bins =
            CalibrationBins.Compute(scores, new sbyte[100], [], 10, Binning.Quantile, 0.95);

        Assert.All(bins, bin => Assert.Equal(10, bin.Count));
        Assert.Equal((0, 1), (bins[0].Low, bins[^1].High));
    }

    // Three equal rows of weight 2 are worth three rows: Wilson of 1/3 with n = 3.
    [Fact]
    public void Weights_that_are_all_alike_change_no_interval()
    {
        IReadOnlyList<CalibrationBin> plain = CalibrationBins.Compute([0.5, 0.5, 0.5], [1, 0, 0], [], 1, Binning.Uniform, 0.9);
        IReadOnlyList<CalibrationBin> doubled = CalibrationBins.Compute([0.5, 0.5, 0.5], [1, 0, 0], [2, 2, 2], 1, Binning.Uniform, 0.9);

        Assert.Equal(plain[0].Interval![0], doubled[0].Interval![0], 1e-12);
        Assert.Equal(6, doubled[0].Weight);
    }
}
