using Governance.Audit.Slices;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Slices;

public sealed class ConfirmSlicesTests
{
    // SciPy 1.10.1: ttest_ind([3, 5, 4, 6, 8, 2], [1, 2, 2, 3, 1, 2, 4], equal_var=False), and its interval.
    [Fact]
    public void Means_are_compared_as_in_scipy()
    {
        (double[]? interval, double? p) = ConfirmSlices.Compare(Sum([3, 5, 4, 6, 8, 2]), Sum([1, 2, 2, 3, 1, 2, 4]), isRate: false, weighted: false, 0.95);

        Assert.Equal(0.03507635839360768, p!.Value, 1e-9);
        Assert.Equal(0.23390832960457297, interval![0], 1e-9);
        Assert.Equal(4.813710718014475, interval[1], 1e-9);
    }

    [Fact]
    public void Rates_have_the_intervals_and_tests_of_two_shares()
    {
        (double[]? interval, double? p) = ConfirmSlices.Compare(Sum([1, 1, 0, 1, 1]), Sum([0, 0, 0, 1, 0, 0, 0, 0]), isRate: true, weighted: false, 0.95);

        Assert.Equal(FisherExact.TwoSided(4, 5, 1, 8), p!.Value, 1e-12);
        Assert.Equal(NewcombeInterval.Compute(0.8, 5, 0.125, 8, 0.95).Low, interval![0], 1e-12);
        SliceFigure figure = ConfirmSlices.Figure(Sum([1, 1, 0, 1, 1]), isRate: true, 0.95);
        Assert.Equal(WilsonInterval.Compute(0.8, 5, 0.95).High, figure.Interval![1], 1e-12);
    }

    [Fact]
    public void Too_few_rows_decide_nothing()
    {
        Assert.Equal((null, null), ConfirmSlices.Compare(Sum([1]), Sum([0, 1, 0]), isRate: true, weighted: false, 0.95));
        Assert.Equal((null, null), ConfirmSlices.Compare(default, Sum([0, 1, 0]), isRate: true, weighted: false, 0.95));
        Assert.True(double.IsNaN(ConfirmSlices.Figure(default, isRate: true, 0.95).Value));
    }

    private static SliceSums Sum(double[] losses)
    {
        SliceSums sums = default;
        foreach (double loss in losses)
        {
            sums.Add(loss, 1);
        }

        return sums;
    }
}
