using Governance.Audit.Explanations;
using Governance.Audit.Fairness;

namespace Governance.Audit.Tests.Fairness;

public sealed class InequalityTests
{
    // Two of four get 2, the others 0: Theil's index is ln 2, the variance 1, so the index at 2 is 1/2 and the variation 1.
    [Fact]
    public void Half_with_double_is_the_known_case()
    {
        Assert.Equal(Math.Log(2), EntropyIndex.Compute([2, 0, 2, 0], [], 1), 1e-15);
        Assert.Equal(0.5, EntropyIndex.Compute([2, 0, 2, 0], [], 2), 1e-15);
        Assert.Equal(1, EntropyIndex.Variation([2, 0, 2, 0], []), 1e-15);
        Assert.Equal(double.PositiveInfinity, EntropyIndex.Compute([2, 0, 2, 0], [], 0));
    }

    // Mean logarithmic deviation of 1 and 3: ln 2 − (ln 1 + ln 3) / 2.
    [Fact]
    public void At_zero_it_is_the_mean_logarithmic_deviation() =>
        Assert.Equal(Math.Log(2) - (Math.Log(3) / 2), EntropyIndex.Compute([1, 3], [], 0), 1e-15);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_0_for_equal_benefits_does_not_change_with_the_unit_and_a_weight_is_a_number_of_rows(double alpha)
    {
        Assert.Equal(0, EntropyIndex.Compute([3, 3, 3], [], alpha), 1e-15);
        Assert.Equal(EntropyIndex.Compute([1, 2, 5], [], alpha), EntropyIndex.Compute([10, 20, 50], [], alpha), 1e-12);
        Assert.Equal(EntropyIndex.Compute([1, 2, 2, 5], [], alpha), EntropyIndex.Compute([1, 2, 5], [1, 2, 1], alpha), 1e-12);
    }

    // Foulds and others: (10 + ½) / 21 against (2 + ½) / 21; the other outcome's ratio is smaller.
    [Fact]
    public void Differential_fairness_is_the_largest_log_ratio_of_smoothed_shares()
    {
        Assert.Equal(Math.Log(10.5 / 2.5), DifferentialFairness.Compute([10, 2], [20, 20]), 1e-12);
        Assert.Equal(Math.Log(18.5 / 0.5), DifferentialFairness.Compute([20, 2, 0], [20, 20, 0]), 1e-12);
        Assert.Equal(double.NaN, DifferentialFairness.Compute([1], [2]));
    }

    [Fact]
    public void Neighbours_are_those_of_comparing_all_with_all()
    {
        SeededRandom random = new(3, 0);
        const int rows = 120;
        const int width = 3;
        float[] features = [.. Enumerable.Range(0, rows * width).Select(_ => (float)random.NextDouble())];
        double[] predictions = [.. Enumerable.Range(0, rows).Select(_ => (double)random.NextBelow(2))];

        double[] distances = Consistency.Distances(features, predictions, 4, default);

        for (int row = 0; row < rows; row++)
        {
            double Squared(int other) => Enumerable.Range(0, width).Sum(i => Math.Pow(features[(row * width) + i] - features[(other * width) + i], 2));
            double mean = Enumerable.Range(0, rows).OrderBy(Squared).Take(4).Average(other => predictions[other]);
            Assert.Equal(Math.Abs(predictions[row] - mean), distances[row], 1e-12);
        }
    }

    [Fact]
    public void Alike_rows_of_different_decisions_are_inconsistent_and_of_one_decision_not()
    {
        float[] features = [0, 0, 0, 5, 5, 5];

        Assert.Equal(0, Consistency.Distances(features, [1, 1, 1, 0, 0, 0], 3, default).Sum(), 1e-12);
        Assert.Equal(4.0 / 3, Consistency.Distances(features, [1, 0, 1, 0, 0, 0], 3, default).Sum(), 1e-12);
    }
}
