using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Tests.Explanations.Profiles;

public sealed class RowBootstrapTests
{
    [Fact]
    public void Of_means_it_is_the_bootstrap_of_global_importance()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
        double[] mean = new double[2];
        double[] low = new double[2];
        double[] high = new double[2];
        GlobalImportance.Compute(values, 300, 0.9, 8, mean, low, high);
        double[] value = new double[2];
        double[] from = new double[2];
        double[] to = new double[2];

        RowBootstrap.Run(
            RowBootstrap.Equal(6), (weights, result) => PartialDependence.Mean(values, weights, result), 300, 0.9, 8, value, from, to, default);

        Assert.Equal(mean, value, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(low, from, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(high, to, (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void Has_no_interval_where_resamples_have_no_figure()
    {
        double[] value = new double[1];
        double[] low = new double[1];
        double[] high = new double[1];

        // Defined only where the one row that matters was drawn: 1 − (1 − 1/4)^4 = 68 % of the resamples.
        RowBootstrap.Run(
            RowBootstrap.Equal(4), (weights, result) => result[0] = weights[2] > 0 ? 7 : double.NaN, 400, 0.95, 1, value, low, high, default);

        Assert.Equal(7, value[0]);
        Assert.True(double.IsNaN(low[0]) && double.IsNaN(high[0]));
    }

    [Fact]
    public void Draws_as_many_rows_as_asked_for_without_repeating_any()
    {
        int[] drawn = SampleRows.Draw([.. Enumerable.Range(10, 500)], 40, 6);

        Assert.Equal(40, drawn.Distinct().Count());
        Assert.Equal(drawn.Order(), drawn);
        Assert.All(drawn, row => Assert.InRange(row, 10, 509));
        Assert.Equal([1, 2, 3], SampleRows.Draw([1, 2, 3], 3, 6));
    }
}
