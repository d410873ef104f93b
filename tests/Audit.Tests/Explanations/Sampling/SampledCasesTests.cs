using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;
using Governance.Bench;

namespace Governance.Audit.Tests.Explanations.Sampling;

/// <summary>Against committed models: boosted trees on HMDA, and trees of 30 continuous features with known exact values.</summary>
public sealed class SampledCasesTests
{
    // Mean absolute errors as a share of the mean absolute value. The bounds at 512 and 4,096 of 30 features are those promised.
    [Theory]
    [InlineData("hmda", 256, 10, 0.0075)]
    [InlineData("hmda", 2048, 4, 0.0006)]
    [InlineData("breast_cancer", 512, 10, 0.025)]
    [InlineData("breast_cancer", 4096, 1, 0.005)]
    [InlineData("friedman", 512, 4, 0.002)]
    public void Errors_are_small_and_intervals_hold(string name, int samples, int rows, double mostError)
    {
        SampledCase known = SampledCases.Find(name)!;
        Coverage coverage = new();
        for (int row = 0; row < rows; row++)
        {
            coverage.Add(Sample(known, row, samples, 1), known.Rows[row].Exact);
        }

        Assert.InRange(coverage.MeanError / known.Rows.Take(rows).Average(row => row.Exact.Average(Math.Abs)), 0, mostError);
        Assert.True(coverage.Share >= 0.9 && coverage.WidthOverError <= 5, coverage.ToString());
    }

    [Fact]
    public void The_committed_exact_values_add_up_to_the_models_own()
    {
        foreach (string name in (ReadOnlySpan<string>)["breast_cancer", "friedman"])
        {
            SampledCase known = SampledCases.Find(name)!;
            Assert.Equal(30, known.Players);
            Assert.All(known.Rows, row => Assert.Equal(row.Full - row.Empty, row.Exact.Sum(), 1e-10));
        }
    }

    private static SampledAttribution Sample(SampledCase known, int row, int samples, int seed) =>
        SampleCoalitions.Run(
            known.Players, new SampleBudget(samples, null), new SeededRandom(seed, row), [known.Rows[row].Empty], [known.Rows[row].Full], known.Rows[row].Value)
            .Attribution;
}
