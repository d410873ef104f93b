using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class MeanAttributionsTests
{
    [Fact]
    public void Closed_intervals_are_those_of_resampled_rows()
    {
        AttributionMatrix attributions = Matrices.Drawn(2_000, [3, 1, 0.5], seed: 4);
        double[] absolute = [.. attributions.Values.ToArray().Select(Math.Abs)];
        double[] mean = new double[3], low = new double[3], high = new double[3];
        GlobalImportance.Compute(absolute, 1_000, 0.95, 7, mean, low, high);

        IReadOnlyList<FeatureImportance> closed = MeanAttributions.Of(attributions, 0.95);

        Assert.Equal(["f0", "f1", "f2"], closed.Select(feature => feature.Feature));
        for (int i = 0; i < 3; i++)
        {
            // 1,000 draws know a quantile to about a twelfth of the interval's half-width.
            double tolerance = 0.15 * (high[i] - low[i]);
            Assert.Equal(mean[i], closed[i].MeanAbsolute, 1e-12);
            Assert.Equal(low[i], closed[i].Interval[0], tolerance);
            Assert.Equal(high[i], closed[i].Interval[1], tolerance);
        }
    }

    [Fact]
    public void The_chance_to_stay_ahead_is_that_of_resampled_rows()
    {
        AttributionMatrix attributions = Matrices.Drawn(1_500, [1.03, 1, 0.4], seed: 12);
        IReadOnlyList<FeatureImportance> order = MeanAttributions.Of(attributions, 0.95);
        int[] places = [.. order.Select(feature => attributions.Features.ToList().IndexOf(feature.Feature))];
        double[] absolute = [.. Enumerable.Range(0, attributions.Count).SelectMany(row => places.Select(place => Math.Abs(attributions[row][place])).ToArray())];
        RankReport drawn = RankStability.Of(absolute, 3, RowBootstrap.DefaultResamples, 0.95, 3, CancellationToken.None);

        double[] ahead = MeanAttributions.AheadOfNext(attributions, [.. order.Select(feature => feature.Feature)]);

        Assert.Equal(drawn.Outranks[0][1], ahead[0], 0.07); // of 500 draws a share is known to 0.045
        Assert.Equal(1, ahead[1], 1e-6);
    }

    [Fact]
    public void Two_features_that_are_alike_in_every_row_are_even()
    {
        AttributionMatrix attributions = Matrices.Of(["a", "b"], [[1, -1], [2, 2], [-3, 3]]);

        Assert.Equal([0.5], MeanAttributions.AheadOfNext(attributions, ["a", "b"]));
    }
}
