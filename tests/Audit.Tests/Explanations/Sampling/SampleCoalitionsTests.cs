using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

/// <summary>Growing samples of both methods.</summary>
public sealed class SampleCoalitionsTests
{
    private const int Players = 12;

    // Looking several times must not spoil the intervals: the stop is chosen by the width.
    [Theory]
    [InlineData("kernel", "root", 0.01)]
    [InlineData("kernel", "largest", 0.03)]
    [InlineData("kernel", "sigmoid", 0.1)]
    [InlineData("permutation", "root", 0.04)]
    [InlineData("permutation", "sigmoid", 0.1)]
    public void Stops_as_soon_as_the_widest_interval_is_narrow_enough_and_intervals_still_hold(string method, string game, double width)
    {
        Coverage coverage = new();
        HashSet<int> spent = [];
        for (int seed = 1; seed <= 24; seed++)
        {
            double[] table = Games.Table(game, Players, seed % 6);
            double[] exact = new double[Players];
            ExactShapley.Compute(table, exact);

            SampledRow sampled = Games.Sample(Games.Method(method), table, Players, new SampleBudget(60_000, width), seed, 0);

            Assert.True(sampled.Converged);
            Assert.InRange(sampled.Attribution.Width, 0, width);
            spent.Add(sampled.Evaluations);
            coverage.Add(sampled.Attribution, exact);
        }

        Assert.True(spent.Count > 1);
        Assert.True(coverage.Share >= 0.92, coverage.ToString());
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("permutation")]
    public void Says_that_a_width_was_not_reached_within_the_budget(string method)
    {
        SampledRow sampled = Games.Sample(Games.Method(method), Games.Table("noise", Players, 1), Players, new SampleBudget(700, 1e-6), 1, 0);

        Assert.False(sampled.Converged);
        Assert.InRange(sampled.Evaluations, 600, 700);
    }

    [Fact]
    public void Asks_for_no_coalition_twice_and_reaches_the_exact_values()
    {
        double[] table = Games.Table("noise", 8, 2);
        double[] exact = new double[8];
        ExactShapley.Compute(table, exact);
        HashSet<ulong> asked = [];

        SampledRow sampled = SampleCoalitions.Run(8, new SampleBudget(5000, 1e-9), new SeededRandom(1, 0), [table[0]], [table[^1]], coalitions =>
        {
            Assert.All(Enumerable.Range(0, coalitions.Count), c => Assert.True(asked.Add(coalitions.Bits(c)[0])));
            return Given.LookUp(coalitions, table, 1);
        });

        Assert.True(sampled.Converged && sampled.Attribution.Exact);
        Assert.Equal(256, sampled.Evaluations);
        Assert.Equal(254, asked.Count);
        Assert.All(exact.Zip(sampled.Attribution.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
