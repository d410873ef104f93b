using Governance.Audit.Serving;

namespace Governance.Audit.Tests.Serving;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantiles_are_within_a_sixty_fourth_of_the_nearest_rank()
    {
        Random random = new(7);
        long[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 20))];
        LatencyHistogram histogram = new();
        foreach (long value in values)
        {
            histogram.Add(value);
        }

        Array.Sort(values);
        foreach (double share in (double[])[0.001, 0.25, 0.5, 0.95, 0.99, 1])
        {
            long exact = values[(int)Math.Ceiling(values.Length * share) - 1];
            Assert.InRange(histogram.Quantile(share), exact * (1 - (1 / 64.0)), exact * (1 + (1 / 64.0)));
        }

        Assert.Equal(values.Average(), histogram.Mean, 1e-6);
        Assert.Equal((values.Length, values[^1]), (histogram.Count, histogram.Most));
    }

    [Fact]
    public void Small_values_are_exact()
    {
        LatencyHistogram histogram = new();
        for (int value = 0; value <= 63; value++)
        {
            histogram.Add(value);
        }

        Assert.Equal([0, 31, 63], new[] { 1 / 64.0, 0.5, 1 }.Select(histogram.Quantile));
    }

    [Fact]
    public void Two_merged_are_one_filled_with_both()
    {
        (LatencyHistogram left, LatencyHistogram right, LatencyHistogram both) = (new(), new(), new());
        foreach (long value in (long[])[3, 500, 70_000, 900_000_000, 3])
        {
            (value % 2 == 0 ? left : right).Add(value);
            both.Add(value);
        }

        left.Merge(right);

        Assert.Equal((both.Count, both.Sum, both.Most), (left.Count, left.Sum, left.Most));
        Assert.Equal(new[] { 0.2, 0.4, 0.6, 0.8, 1 }.Select(both.Quantile), new[] { 0.2, 0.4, 0.6, 0.8, 1 }.Select(left.Quantile));
    }

    [Fact]
    public void Of_nothing_nothing_is_known()
    {
        LatencyHistogram histogram = new();

        Assert.True(double.IsNaN(histogram.Mean) && double.IsNaN(histogram.Quantile(0.5)));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => histogram.Quantile(0));
    }

    [Fact]
    public void Many_threads_lose_nothing()
    {
        LatencyHistogram histogram = new();

        Parallel.For(0, 50_000, at => histogram.Add(at));

        Assert.Equal((50_000, 50_000L * 49_999 / 2, 49_999), (histogram.Count, histogram.Sum, histogram.Most));
    }
}
