using Governance.Audit.Explanations;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Tests.Statistics.Resampling;

public sealed class BootstrapTests
{
    [Theory]
    [InlineData(20, 0.05)]
    [InlineData(1_000, 0.3)]
    [InlineData(1_000, 0.7)]
    [InlineData(100_000, 0.0001)]
    public void Binomial_numbers_have_the_binomial_distribution(int trials, double chance)
    {
        const int draws = 20_000;
        SeededRandom random = new(7, trials);
        int[] seen = new int[trials + 1];
        for (int i = 0; i < draws; i++)
        {
            seen[BinomialDraw.Next(ref random, trials, chance)]++;
        }

        // Cells of at least 20 expected draws, the rest together: χ² below its 99.9 % quantile.
        (double chi, double rest, double restSeen, int cells) = (0, draws, draws, 0);
        for (int hits = 0; hits <= trials; hits++)
        {
            double expected = draws * Binomial.PMF(chance, trials, hits);
            if (expected >= 20)
            {
                chi += (seen[hits] - expected) * (seen[hits] - expected) / expected;
                rest -= expected;
                restSeen -= seen[hits];
                cells++;
            }
        }

        chi += rest > 1 ? (restSeen - rest) * (restSeen - rest) / rest : 0;
        Assert.True(chi < ChiSquared.InvCDF(Math.Max(1, cells), 0.999), $"{chi} of {cells} cells");
    }

    [Fact]
    public void Drawing_kinds_and_drawing_rows_have_the_same_mean_and_spread_and_keep_the_number_of_rows()
    {
        int[] sizes = [0, 7, 40, 3, 150];
        (MeanEstimate byKinds, MeanEstimate byRows) = (default, default);
        int[] kinds = new int[sizes.Length];
        int[] rows = new int[sizes.Sum()];
        for (int i = 0; i < 5_000; i++)
        {
            SeededRandom random = new(3, i);
            ResampleCounts.OfKinds(ref random, sizes, kinds);
            ResampleCounts.OfRows(ref random, rows);
            Assert.Equal((200, 200, 0), (kinds.Sum(), rows.Sum(), kinds[0]));
            byKinds.Add(kinds[2], 1);
            byRows.Add(rows.AsSpan(7, 40).ToArray().Sum(), 1);
        }

        // Mean 40 and variance 40 · 0.8 = 32, within about four standard errors.
        Assert.Equal(40, byKinds.Value, 0.35);
        Assert.Equal(40, byRows.Value, 0.35);
        Assert.Equal(32, byKinds.Variance, 2.6);
        Assert.Equal(32, byRows.Variance, 2.6);
    }

    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.Bca)]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads(BootstrapMethod method)
    {
        double[] values = Skewed(500);
        BootstrapResult one = Mean(values, new BootstrapOptions { Resamples = 200, Seed = 5, Method = method, Threads = 1 });
        BootstrapResult two = Mean(values, new BootstrapOptions { Resamples = 200, Seed = 5, Method = method, Threads = 3 });
        BootstrapResult other = Mean(values, new BootstrapOptions { Resamples = 200, Seed = 6, Method = method });

        Assert.Equal(one.Draws(0), two.Draws(0));
        Assert.Equal(one.Interval(0), two.Interval(0));
        Assert.NotEqual(one.Interval(0), other.Interval(0));
    }

    // The normal interval of a mean is what all methods come to with many rows.
    [Fact]
    public void The_interval_of_a_mean_of_many_rows_is_the_normal_one()
    {
        SeededRandom random = new(1, 0);
        double[] values = new double[2_000];
        MeanEstimate mean = default;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextDouble();
            mean.Add(values[i], 1);
        }

        BootstrapResult result = Mean(values, new BootstrapOptions { Resamples = 2_000 });

        Interval normal = mean.Interval(0.95)!.Value;
        Assert.Equal(normal.Low, result.Interval(0)!.Value.Low, 0.0015);
        Assert.Equal(normal.High, result.Interval(0)!.Value.High, 0.0015);
        Assert.Equal(mean.StandardError, result.StandardError(0), 0.0004);
    }

    // For the mean of exponential values the acceleration is skewness / (6 √n) = 2 / (6 √n).
    [Fact]
    public void The_acceleration_of_a_mean_is_its_skewness_over_six_roots_and_leans_the_interval_to_the_long_side()
    {
        double[] values = Skewed(200);
        BootstrapResult bca = Mean(values, new BootstrapOptions { Resamples = 4_000, Method = BootstrapMethod.Bca });
        BootstrapResult plain = Mean(values, new BootstrapOptions { Resamples = 4_000, Method = BootstrapMethod.Percentile });
        double mean = values.Average();
        double second = values.Average(value => (value - mean) * (value - mean));
        double third = values.Average(value => Math.Pow(value - mean, 3));

        Assert.Equal(third / Math.Pow(second, 1.5) / (6 * Math.Sqrt(200)), bca.AllInfluences[0].Acceleration, 1e-9);
        Assert.True(bca.Interval(0)!.Value.High > plain.Interval(0)!.Value.High);
        Assert.True(bca.Interval(0)!.Value.Low > plain.Interval(0)!.Value.Low);
    }

    [Fact]
    public void Kinds_left_out_once_each_stand_for_all_their_rows()
    {
        // 30 hits of 100: each row alone against the two kinds.
        double[] rows = [.. Enumerable.Repeat(1.0, 30), .. Enumerable.Repeat(0.0, 70)];
        BootstrapOptions options = new() { Resamples = 50 };
        BootstrapResult byRows = Mean(rows, options);
        BootstrapResult byKinds = Bootstrap.OfKinds(
            [30, 70], 1, (counts, figures) => figures[0] = (double)counts[0] / (counts[0] + counts[1]), options, default);

        Assert.Equal(byRows.AllInfluences[0].Acceleration, byKinds.AllInfluences[0].Acceleration, 1e-12);
    }

    [Fact]
    public void Resamples_that_are_all_alike_or_mostly_without_the_figure_give_no_interval()
    {
        double[] alike = [.. Enumerable.Repeat(1.0, 100)];
        double[] few = [.. Enumerable.Range(0, 100).Select(i => i < 80 ? i : double.NaN)];

        Assert.Null(BootstrapInterval.Of(1, alike, default, 0.95, BootstrapMethod.Bca));
        Assert.Null(BootstrapInterval.Of(40, few, default, 0.95, BootstrapMethod.Percentile));
    }

    // numpy.quantile([1, 2, 4, 8], [0, 0.3, 0.95, 1]).
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 1.9)]
    [InlineData(0.95, 7.4)]
    [InlineData(1, 8)]
    public void Quantiles_are_those_of_type_7(double share, double quantile) =>
        Assert.Equal(quantile, Quantiles.OfSorted([1, 2, 4, 8], share), 1e-12);

    private static double[] Skewed(int count)
    {
        SeededRandom random = new(11, 0);
        return [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble()))];
    }

    private static BootstrapResult Mean(double[] values, BootstrapOptions options) => Bootstrap.OfRows(
        values.Length, 1,
        (counts, figures) =>
        {
            (double sum, double all) = (0, 0);
            for (int i = 0; i < counts.Length; i++)
            {
                sum += counts[i] * values[i];
                all += counts[i];
            }

            figures[0] = sum / all;
        },
        options, default);
}
