using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class BrierPartsTests
{
    // Worked by hand: two scores, 0.2 (5 rows, 2 positive) and 0.8 (5 rows, 4 positive). Share 0.6.
    [Fact]
    public void Two_scores_give_the_parts_worked_by_hand()
    {
        double[] score = [.. Enumerable.Repeat(0.2, 5), .. Enumerable.Repeat(0.8, 5)];
        sbyte[] label = [1, 1, 0, 0, 0, 1, 1, 1, 1, 0];

        BrierParts parts = BrierParts.Of(score, label, [], 10, Binning.Uniform);

        Assert.Equal(0.22, parts.Score, 1e-12); // (2 · 0.64 + 3 · 0.04 + 4 · 0.04 + 0.64) / 10
        Assert.Equal(0.02, parts.Reliability, 1e-12); // half the rows, observed 0.4 where 0.2 was said
        Assert.Equal(0.04, parts.Resolution, 1e-12); // 0.4 and 0.8 observed, 0.6 overall
        Assert.Equal(0.24, parts.Uncertainty, 1e-12);
        Assert.Equal(0, parts.WithinBins, 1e-12);
    }

    [Theory]
    [InlineData(Binning.Uniform)]
    [InlineData(Binning.Quantile)]
    public void The_parts_add_up_to_the_score(Binning binning)
    {
        Random random = new(4);
        double[] score = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble())];
        sbyte[] label = [.. score.Select(value => (sbyte)(random.NextDouble() < value * value ? 1 : 0))];
        double[] weight = [.. score.Select(_ => 0.5 + random.NextDouble())];

        BrierParts parts = BrierParts.Of(score, label, weight, 10, binning);

        double all = weight.Sum();
        double brier = score.Select((value, row) => weight[row] * (value - label[row]) * (value - label[row])).Sum() / all;
        double share = label.Select((value, row) => weight[row] * value).Sum() / all;
        Assert.Equal(brier, parts.Score, 1e-12);
        Assert.Equal(share * (1 - share), parts.Uncertainty, 1e-12);
        Assert.Equal(parts.Score, parts.Reliability - parts.Resolution + parts.Uncertainty + parts.WithinBins, 1e-12);
        Assert.True(parts is { Reliability: > 0, Resolution: > 0 });
    }

    [Fact]
    public void The_share_said_of_every_row_has_uncertainty_alone()
    {
        BrierParts parts = BrierParts.Of([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0], [], 10, Binning.Uniform);

        Assert.Equal(0.1875, parts.Score, 1e-12);
        Assert.Equal(0.1875, parts.Uncertainty, 1e-12);
        Assert.Equal(0, parts.Reliability, 1e-12);
        Assert.Equal(0, parts.Resolution, 1e-12);
    }

    [Fact]
    public void Without_rows_nothing_is_defined() => Assert.True(double.IsNaN(BrierParts.Of([], [], [], 10, Binning.Uniform).Score));
}
