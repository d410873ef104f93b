using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Explanations.Summaries;

namespace Governance.Portal.Tests.Explanations.Summaries;

public sealed class DependenceTrendTests
{
    [Fact]
    public void Bins_hold_every_row_with_a_value_and_equal_values_share_one()
    {
        double[] cells = [.. Enumerable.Range(0, 1_000).Select(row => row % 10 == 0 ? double.NaN : Math.Floor(row / 30.0))];
        int[] rows = [.. Enumerable.Range(0, 1_000)];
        double[] values = [.. rows.Select(row => (double)row)];

        DependenceTrend trend = DependenceTrend.Of(new NumberColumn("x", cells), rows, values, 20);

        Assert.Equal(100, trend.Missing);
        Assert.Equal(900, trend.Bins.Sum(bin => bin.Rows));
        Assert.Equal(trend.Bins.Select(bin => bin.Middle).Order(), trend.Bins.Select(bin => bin.Middle));
        Assert.All(trend.Bins, bin => Assert.True(bin.Quarter <= bin.Median && bin.Median <= bin.ThreeQuarters));
    }

    [Fact]
    public void Few_different_numbers_are_bins_of_their_own()
    {
        DependenceTrend trend = DependenceTrend.Of(new NumberColumn("x", [0, 1, 1, 0, 1]), [0, 1, 2, 3, 4], [-1, 1, 3, -3, 2], 20);

        Assert.Equal([("0", 2, -2.0), ("1", 3, 2.0)], trend.Bins.Select(bin => (bin.Words, bin.Rows, bin.Median)));
    }

    [Fact]
    public void Levels_are_ordered_by_their_median_and_of_many_the_commonest_stay()
    {
        TextColumn town = TextColumn.Of("town", ["b", "a", "a", "b", "c", null]);

        DependenceTrend trend = DependenceTrend.Of(town, [0, 1, 2, 3, 4, 5], [5, 1, 3, 7, 0, 9], 2);

        Assert.Equal([("a", 2.0), ("b", 6.0)], trend.Bins.Select(bin => (bin.Words, bin.Median)));
        Assert.Equal(1, trend.Place(town, 0));
        Assert.Null(trend.Place(town, 4));
        Assert.Null(trend.Place(town, 5));
    }

    [Fact]
    public void The_title_names_direction_ends_and_what_else_it_depends_on()
    {
        PlotDrawing drawing = Draw(100, "age", [new Partner("age", 0.412)]);

        // Five bins of 20 rows; two rows share each value, in steps of 0.04 from −0.99.
        Assert.Equal("The attribution of debt rises with its value: median −0.810 at 0 to 19, +0.790 at 80 to 99; age goes with 41.2 % of what the value leaves open, n = 100", drawing.Title);
    }

    // 30 rows make one bin, whose median says nothing of a trend: these rise from −1 to 1.
    [Fact]
    public void Too_few_rows_for_a_trend_are_not_said_to_have_none()
    {
        Assert.Equal("30 rows with a value of debt are too few to tell how its attribution goes with it", Draw(30, null, []).Title);

        DependenceTrend same = DependenceTrend.Of(new NumberColumn("x", [3, 3, 3]), [0, 1, 2], [1, 2, 3], 20);
        Assert.Equal("x is 3 in every row that has a value, so nothing tells how its attribution goes with it, n = 3", DependenceWords.Finding("x", same, null, [], 3));
    }

    [Theory]
    [InlineData(34, 34, 0, "")]
    [InlineData(31, 34, 3, "3 of 34 rows have no value and no dot. ")]
    [InlineData(30, 34, 3, "30 of 34 rows are drawn, those of the commonest levels; line and table are of all. ")]
    [InlineData(100, 200, 3, "100 of 200 rows are drawn, chosen by a hash of the row; line and table are of all. ")]
    public void Rows_without_a_dot_are_told_with_their_reason(int drawn, int rows, int missing, string words) =>
        Assert.Equal(words, DependenceWords.Drawn(drawn, rows, missing, 100));

    [Fact]
    public void Of_many_rows_some_are_drawn_and_all_are_in_the_table()
    {
        PlotDrawing drawing = Draw(20_000, null, []);

        Assert.Equal(DependencePlot.MostDots, drawing.Figure.Data.OfType<JsonObject>().Where(trace => trace["mode"]!.GetValue<string>() == "markers").Sum(trace => trace["x"]!.AsArray().Count));
        Assert.Equal(20_000, drawing.Table.Rows.Sum(row => int.Parse(row[1].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.InRange(System.Net.WebUtility.HtmlEncode(drawing.Figure.ToJson(440)).Length, 1, 400_000);
    }

    private static PlotDrawing Draw(int rows, string? color, IReadOnlyList<Partner> partners)
    {
        double[][] values = [.. Enumerable.Range(0, rows).Select(row => new[] { (2.0 * row / rows) - 1 + (row % 2 == 0 ? 0.01 : -0.01), 0.5 })];
        ExplanationReport report = Given.Report(0.5, ["debt", "age"], values);
        return DependencePlot.Draw(
            AttributionMatrix.Of(report, 0), "debt",
            Given.Numbers(("debt", [.. Enumerable.Range(0, rows).Select(row => (double)row)]), ("age", [.. Enumerable.Range(0, rows).Select(row => (double)(row % 7))])),
            color, partners, AttributionUnit.Of(report, 0));
    }
}
