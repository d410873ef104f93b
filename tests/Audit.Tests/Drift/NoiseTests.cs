using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Drift.Distances;
using Governance.Audit.Drift.Noise;
using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Drift;

public sealed class NoiseTests
{
    // 400 pairs of samples a cell, short of bench drift-level's 10,000: 5 % is 20, four standard deviations more are 38.
    [Theory]
    [InlineData("ks", 30)]
    [InlineData("chi2", 30)]
    [InlineData("js", 30)]
    [InlineData("wasserstein", 100)]
    public void A_column_that_has_not_changed_is_rarely_named(string test, int size)
    {
        int named = 0;
        for (int i = 0; i < 400; i++)
        {
            SeededRandom random = new(3, i);
            ColumnDrift drift = CompareColumn.Run(
                PreparedColumn.Of(Sample(ref random, size, test)), Sample(ref random, size, test), new DriftOptions { Test = test, EveryFloor = false });
            named += drift.Drifted == true ? 1 : 0;
        }

        Assert.InRange(named, 0, 38);
    }

    // The χ² limits of the closed form against drawn deals, where cells are large enough for both.
    [Theory]
    [InlineData(DriftTest.Psi)]
    [InlineData(DriftTest.Js)]
    [InlineData(DriftTest.Kl)]
    [InlineData(DriftTest.Hellinger)]
    public void The_closed_form_of_a_floor_is_what_deals_come_to(DriftTest test)
    {
        long[] reference = [4_000, 3_000, 2_000, 1_000];
        long[] current = [410, 290, 195, 105];

        double closed = NoiseFloor.OfCells(test, reference, current, 0.05, 0);
        double drawn = CellNoise.Simulate(test, reference, current, 0).Ascending[(int)(0.95 * 4_999)];

        Assert.InRange(closed / drawn, 0.96, 1.04);
    }

    // Two samples of one size n of uniform numbers: the Wasserstein distance is the area under a bridge of scale √(2/n).
    // Its mean is √(π/32) · √(2/n) · … : E|B(t)| = √(2 t (1 − t) / π), whose integral is √(2/π) · π/8.
    [Fact]
    public void The_transport_null_has_the_mean_of_a_bridge()
    {
        double[] a = [.. Enumerable.Range(0, 5_000).Select(i => (i + 0.25) / 5_000)];
        double[] b = [.. Enumerable.Range(0, 5_000).Select(i => (i + 0.75) / 5_000)];

        NullSample sample = TransportNoise.Of(a, b, 0);

        double expected = Math.Sqrt(2 / Math.PI) * (Math.PI / 8) * Math.Sqrt(2.0 / 5_000);
        Assert.InRange(sample.Ascending.Average() / expected, 0.98, 1.03);
    }

    [Fact]
    public void Radix_order_is_the_order_of_numbers()
    {
        SeededRandom random = new(9, 0);
        double[] values = [0.0, -0.0, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, .. Enumerable.Range(0, 3_000).Select(_ => BitConverter.UInt64BitsToDouble(random.Next())).Where(double.IsFinite)];
        double[] expected = [.. values.Order()];

        SortNumbers.Ascending(values);

        Assert.Equal(expected, values);
    }

    // The urn's numbers against their law: mean and variance of a hypergeometric number, in each of its three regimes.
    [Theory]
    [InlineData(60, 20, 12)]
    [InlineData(5_000, 100, 400)]
    [InlineData(50_000, 20_000, 3_000)]
    public void An_urn_gives_hypergeometric_numbers(int total, int marked, int handful)
    {
        SeededRandom random = new(4, 0);
        double[] drawn = new double[20_000];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = UrnDraw.Next(ref random, total, marked, handful);
        }

        double share = (double)marked / total;
        double mean = handful * share;
        double variance = mean * (1 - share) * (total - handful) / (total - 1);
        Assert.Equal(mean, drawn.Average(), 5 * Math.Sqrt(variance / drawn.Length));
        Assert.InRange(drawn.Sum(value => (value - mean) * (value - mean)) / drawn.Length / variance, 0.9, 1.15);
    }

    // The lattice of samples of sizes n and n + 1 against the series for n and n: a little below, because its distances are
    // finer, so that fewer orders reach one: by at most half a step of 1/500, which costs exp(−distance) in the tail.
    [Fact]
    public void The_lattice_inside_its_band_meets_the_series_for_samples_of_one_size()
    {
        for (double distance = 0.02; distance < 0.6; distance += 0.06)
        {
            double series = KolmogorovSmirnov.PValue(Math.Round(distance * 500) / 500, 500, 500);
            double lattice = KolmogorovSmirnov.PValue(Math.Round(distance * 500) / 500, 500, 501);
            Assert.InRange(lattice / series, Math.Exp(-distance) - 0.03, 1.01);
        }
    }

    // Birnbaum's table: P(D_10 ≥ 0.409) = 0.05, and the tail of one value, P(D_1 ≥ 0.75) = 0.5.
    [Fact]
    public void The_one_sample_distribution_is_the_published_one()
    {
        Assert.Equal(0.05, KolmogorovDistribution.Beyond(10, 0.40925), 2e-4);
        Assert.Equal(0.5, KolmogorovDistribution.Beyond(1, 0.75), 1e-12);

        // One value more, and another method: the tail falls by the factor exp(−2x²) of its limit.
        Assert.Equal(KolmogorovDistribution.Beyond(140, 0.12) * Math.Exp(-2 * 0.12 * 0.12), KolmogorovDistribution.Beyond(141, 0.12), 1e-5);
    }

    private static Column Sample(ref SeededRandom random, int size, string test)
    {
        double[] values = new double[size];
        for (int row = 0; row < size; row++)
        {
            values[row] = test is "chi2" or "js" ? Math.Min(random.NextBelow(4), random.NextBelow(4)) : Math.Tan(2 * (random.NextDouble() - 0.5));
        }

        return test is "chi2" or "js" ? TextColumn.Of("x", [.. values.Select(value => $"level {value}")]) : new NumberColumn("x", values);
    }
}
