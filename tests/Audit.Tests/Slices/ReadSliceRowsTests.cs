using Governance.Audit.Data;
using Governance.Audit.Slices;

namespace Governance.Audit.Tests.Slices;

public sealed class ReadSliceRowsTests
{
    private static readonly Table Binary = new(
    [
        TextColumn.Of("y", ["yes", "no", "yes", null, "no"]), TextColumn.Of("p", ["yes", "yes", "no", "no", "no"]),
        new NumberColumn("s", [0.9, 0.6, 0.2, 0.1, double.NaN]), new NumberColumn("w", [1, 2, 3, 4, 5]),
    ]);

    [Theory]
    [InlineData(SliceMetric.ErrorRate, new[] { 0, 1, 1, 0.0 })]
    [InlineData(SliceMetric.FalsePositiveRate, new[] { double.NaN, 1, double.NaN, 0 })]
    [InlineData(SliceMetric.FalseNegativeRate, new[] { 0, double.NaN, 1, double.NaN })]
    public void Rates_count_the_rows_that_they_are_of(SliceMetric metric, double[] expected)
    {
        List<AuditWarning> warnings = [];

        (Table table, SliceRows rows) = ReadSliceRows.Of(Binary, new SliceColumns { Label = "y", Prediction = "p", Weight = "w", Metric = metric }, warnings.Add);

        Assert.Equal(expected, rows.Losses);
        Assert.Equal([1, 2, 3, 5], rows.Weights!);
        Assert.Equal(4, table.Rows);
        Assert.Equal("missing-label", Assert.Single(warnings).Code);
        Assert.Equal(["y", "p", "w"], rows.Used);
    }

    [Fact]
    public void Scores_give_losses_and_squared_distances()
    {
        (Table table, SliceRows losses) = ReadSliceRows.Of(Binary, new SliceColumns { Label = "y", Score = "s" }, _ => { });
        (_, SliceRows brier) = ReadSliceRows.Of(Binary, new SliceColumns { Label = "y", Score = "s", Metric = SliceMetric.SquaredError }, _ => { });

        // The row without a score is left out as the one without a label is.
        Assert.Equal(3, table.Rows);
        Assert.Equal(SliceMetric.LogLoss, losses.Metric);
        Assert.Equal([-Math.Log(0.9), -Math.Log(0.4), -Math.Log(0.2)], losses.Losses, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.01, 0.36, 0.64], brier.Losses, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal("yes", losses.Positive);
    }

    [Fact]
    public void Several_classes_are_right_or_wrong_and_numbers_are_near_or_far()
    {
        Table classes = new([new NumberColumn("y", [1, 2, 3]), TextColumn.Of("p", ["1", "3", "3"])]);
        Table numbers = new([new NumberColumn("y", [1.5, 2, 3]), new NumberColumn("p", [1, 2, 5]), new NumberColumn("grade", [1, 2, 5])]);

        Assert.Equal([0, 1, 0], ReadSliceRows.Of(classes, new SliceColumns { Label = "y", Prediction = "p" }, _ => { }).Rows.Losses);
        SliceRows far = ReadSliceRows.Of(numbers, new SliceColumns { Label = "y", Prediction = "p" }, _ => { }).Rows;
        Assert.Equal((SliceMetric.SquaredError, "quarters of the label"), (far.Metric, far.StratifiedBy));
        Assert.Equal([0.25, 0, 4], far.Losses);

        // Grades are few whole numbers; asked for, their distance counts too.
        Assert.Equal([0, 0, 4], ReadSliceRows.Of(
            new Table([new NumberColumn("grade", [1, 2, 3]), numbers.Need("p")]), new SliceColumns { Label = "grade", Prediction = "p", Metric = SliceMetric.SquaredError }, _ => { }).Rows.Losses);
    }

    [Fact]
    public void Halves_hold_each_class_alike_and_a_seed_gives_the_same_ones()
    {
        SliceRows rows = new()
        {
            Metric = SliceMetric.ErrorRate, Losses = [.. Enumerable.Range(0, 101).Select(row => row == 7 ? double.NaN : 0)],
            Strata = [.. Enumerable.Range(0, 101).Select(row => row % 5)], StratifiedBy = "label", Used = [],
        };

        (int[] discovery, int[] heldOut) = SplitRows.Of(rows, 0.5, 3);

        Assert.Equal(Enumerable.Range(0, 101).Where(row => row != 7), discovery.Concat(heldOut).Order());
        Assert.All(Enumerable.Range(0, 5), stratum => Assert.InRange(discovery.Count(row => row % 5 == stratum) - heldOut.Count(row => row % 5 == stratum), -1, 1));
        Assert.Equal(discovery, SplitRows.Of(rows, 0.5, 3).Discovery);
        Assert.NotEqual(discovery, SplitRows.Of(rows, 0.5, 4).Discovery);
    }
}
