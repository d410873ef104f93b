using Governance.Audit.Equivalence;

namespace Governance.Audit.Tests.Equivalence;

public sealed class SpeedTurnsTests
{
    // 1 to 100 ms: quantiles are linear between order statistics, so the 95th percentile of 100 values is 95.05.
    [Fact]
    public void Percentiles_and_throughput_are_those_of_the_times()
    {
        double[] a = [.. Enumerable.Range(1, 100).Select(i => i / 1_000.0)];
        double[] b = [.. a.Select(seconds => 3 * seconds)];

        SpeedAtSize size = SpeedTurns.Of(a, b, 32, 0.95);

        Assert.Equal((0.0505, 0.09505, 0.09901), (Math.Round(size.A.P50, 9), Math.Round(size.A.P95, 9), Math.Round(size.A.P99, 9)));
        Assert.Equal(32 * 100 / 5.05, size.A.RowsPerSecond, 1e-6);
        Assert.Equal(3, size.P95Ratio, 1e-9);
        Assert.Equal([3, 3], size.P95Interval.Select(end => Math.Round(end, 9))); // a turn is drawn with both of its times
        // 0.95 ± 1.959964 √(0.95 · 0.05 / 100): the quantiles 0.907283 and 0.992717 of 1 to 100 ms.
        Assert.Equal([0.090821, 0.099279], size.A.P95Interval!.Select(end => Math.Round(end, 6)));
        Assert.Equal((0.001, 0.1, 21), (size.A.Quantiles[0], size.A.Quantiles[^1], size.A.Quantiles.Count));
    }

    [Fact]
    public void Turns_belong_together() => Assert.Throws<ArgumentException>(() => SpeedTurns.Of([1, 2], [1], 1, 0.95));
}
