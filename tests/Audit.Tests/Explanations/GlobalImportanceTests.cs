using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Explanations;

public sealed class GlobalImportanceTests
{
    [Fact]
    public void Means_are_those_of_the_columns_and_a_constant_column_has_no_spread()
    {
        double[] mean = new double[2];
        double[] low = new double[2];
        double[] high = new double[2];

        GlobalImportance.Compute([1, 5, 2, 5, 3, 5, 6, 5], 500, 0.95, 1, mean, low, high);

        Assert.Equal([3, 5], mean);
        Assert.Equal(5, low[1]);
        Assert.Equal(5, high[1]);
        Assert.InRange(low[0], 1, 3);
        Assert.InRange(high[0], 3, 6);
    }

    // The standard error of a mean is s / sqrt(n); a percentile interval of 95 % is 2 x 1.96 of them wide for large n.
    [Fact]
    public void The_interval_of_a_large_sample_is_that_of_the_normal_distribution()
    {
        SeededRandom random = new(5, 1);
        double[] values = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        double[] mean = new double[1];
        double[] low = new double[1];
        double[] high = new double[1];

        GlobalImportance.Compute(values, 4000, 0.95, 2, mean, low, high);

        // Uniform on [0, 1]: s = 1 / sqrt(12). Two quantiles of 4,000 resamples are good to some 4 %.
        double expected = 2 * 1.96 / Math.Sqrt(12 * 2000.0);
        Assert.Equal(expected, high[0] - low[0], 0.08 * expected);
    }

    [Fact]
    public void Players_are_ranked_by_their_mean_absolute_value()
    {
        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = (rows, _) => [.. ((float[])rows.Tensors[0].Values).Chunk(3).Select(x => x[0] - (5.0 * x[1]) + (0.1 * x[2]))],
                Outputs = 1,
                Output = "y",
                Rows = Given.RandomRows(30, 3, 1),
                Background = Given.RandomRows(10, 3, 2),
                Players = Player.OfElements(Given.RandomRows(1, 3, 1), ["a", "b", "c"]),
            },
            null, TimeProvider.System, CancellationToken.None);

        IReadOnlyList<FeatureImportance> ranked = GlobalImportance.Of(report, 0, 200, 0.95, 1);

        Assert.Equal(["b", "a", "c"], ranked.Select(player => player.Feature));
        Assert.Equal([1, 2, 3], ranked.Select(player => player.Rank));
        Assert.All(ranked, player => Assert.InRange(player.MeanAbsolute, player.Interval[0], player.Interval[1]));
        Assert.Equal(
            ranked.SelectMany(player => player.Interval),
            GlobalImportance.Of(report, 0, 200, 0.95, 1).SelectMany(player => player.Interval));
    }

    [Fact]
    public void Refuses_values_that_do_not_fit() =>
        Assert.Throws<ArgumentException>("values", () => GlobalImportance.Compute(new double[3], 1, 0.9, 1, new double[2], new double[2], new double[2]));
}
