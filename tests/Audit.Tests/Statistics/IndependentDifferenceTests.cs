using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class IndependentDifferenceTests
{
    [Theory]
    [InlineData(56, 70, 48, 80)]
    [InlineData(9, 10, 3, 10)]
    [InlineData(0, 10, 0, 20)]
    public void Of_two_Wilson_intervals_it_is_Newcombes_method_10(int a, int n, int b, int m)
    {
        Interval expected = NewcombeInterval.Compute((double)a / n, n, (double)b / m, m, 0.95);

        Interval computed = IndependentDifference.Compute(
            (double)a / n, WilsonInterval.Compute((double)a / n, n, 0.95), (double)b / m, WilsonInterval.Compute((double)b / m, m, 0.95));

        Assert.Equal(expected.Low, computed.Low, 1e-12);
        Assert.Equal(expected.High, computed.High, 1e-12);
    }

    // Newcombe (1998), table II (a): 56/70 less 48/80 by method 10.
    [Fact]
    public void Gives_the_published_interval()
    {
        Interval computed = IndependentDifference.Compute(
            0.8, WilsonInterval.Compute(0.8, 70, 0.95), 0.6, WilsonInterval.Compute(0.6, 80, 0.95));

        Assert.Equal(0.0524, computed.Low, 5e-5);
        Assert.Equal(0.3339, computed.High, 5e-5);
    }

    [Fact]
    public void Symmetric_intervals_add_as_squares_and_swapping_turns_the_sign()
    {
        Interval computed = IndependentDifference.Compute(5, new Interval(2, 8), 1, new Interval(-3, 5));
        Interval swapped = IndependentDifference.Compute(1, new Interval(-3, 5), 5, new Interval(2, 8));

        Assert.Equal(new Interval(-1, 9), computed);
        Assert.Equal(new Interval(-9, 1), swapped);
    }
}
