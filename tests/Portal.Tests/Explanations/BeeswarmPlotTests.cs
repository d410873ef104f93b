using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Tests.Explanations;

public sealed class BeeswarmPlotTests
{
    [Fact]
    public void Every_attribution_is_one_dot_at_its_value()
    {
        PlotDrawing drawing = Draw([[0.1, -0.2], [0.3, 0], [-0.1, 0.05]], Given.Numbers(("debt", [1, 2, 3]), ("age", [30, 40, 50])));

        double[] x = [.. drawing.Figure.Data.SelectMany(trace => trace!["x"]!.AsArray()).Select(value => value!.GetValue<double>())];
        Assert.Equal([-0.2, -0.1, 0, 0.05, 0.1, 0.3], x.Order());
    }

    [Fact]
    public void A_dot_stays_within_the_line_of_its_feature()
    {
        double[][] values = [.. Enumerable.Range(0, 500).Select(row => new[] { Math.Sin(row), Math.Cos(row) })];
        Table data = Given.Numbers(("debt", [.. Enumerable.Range(0, 500).Select(row => (double)row)]), ("age", new double[500]));

        JsonNode trace = Draw(values, data).Figure.Data[0]!;

        double[] y = [.. trace["y"]!.AsArray().Select(value => value!.GetValue<double>())];
        Assert.All(y[..500], place => Assert.InRange(place, -SwarmOffsets.HalfWidth, SwarmOffsets.HalfWidth));
        Assert.All(y[500..], place => Assert.InRange(place, 1 - SwarmOffsets.HalfWidth, 1 + SwarmOffsets.HalfWidth));
    }

    [Fact]
    public void Colour_goes_from_the_lowest_value_to_the_highest_and_missing_is_grey()
    {
        PlotDrawing drawing = Draw(
            [[0.1, 0], [0.2, 0], [0.3, 0], [0.4, 0]],
            Given.Numbers(("debt", [5, double.NaN, 1, 9]), ("age", [1, 1, 1, 1])));

        JsonNode grey = drawing.Figure.Data[0]!;
        JsonNode shaded = drawing.Figure.Data[1]!;
        Assert.Equal([0.2], grey["x"]!.AsArray().Select(value => value!.GetValue<double>()));
        Assert.Equal([0.5, 0, 1], shaded["marker"]!["color"]!.AsArray().Take(3).Select(value => value!.GetValue<double>()));
    }

    [Fact]
    public void Ten_thousand_dots_a_feature_are_drawn_in_canvas_and_in_less_than_two_seconds()
    {
        double[][] values = [.. Enumerable.Range(0, 10_000).Select(row => new[] { Math.Sin(row), Math.Cos(row) })];
        Table data = Given.Numbers(("debt", [.. Enumerable.Range(0, 10_000).Select(row => (double)row)]), ("age", new double[10_000]));
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();

        JsonNode trace = Draw(values, data).Figure.Data[0]!;

        Assert.Equal("scattergl", trace["type"]!.GetValue<string>());
        Assert.Equal(20_000, trace["x"]!.AsArray().Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"took {clock.Elapsed}");
    }

    [Fact]
    public void The_same_rows_lie_in_the_same_places_whatever_the_order_of_the_features()
    {
        int[] rows = [.. Enumerable.Range(0, 50)];
        double[] values = new double[50];

        double[] once = SwarmOffsets.Place(values, rows, -1, 1, 10);
        int[] turned = [.. rows.Reverse()];
        double[] again = SwarmOffsets.Place(values, turned, -1, 1, 10);

        Assert.Equal(once, again.Reverse());
        Assert.Equal(SwarmOffsets.HalfWidth, once.Max(), 1e-15);
        Assert.Equal(-SwarmOffsets.HalfWidth, once.Min(), 1e-15);
    }

    [Fact]
    public void Two_text_levels_go_by_the_alphabet_and_three_have_no_order()
    {
        TextColumn two = new("single", [0, 1, -1], ["yes", "no"]);
        TextColumn three = new("town", [0, 1, 2], ["a", "b", "c"]);

        Assert.Equal([1, 0, double.NaN], FeatureShade.Of(two, [0, 1, 2]));
        Assert.Equal([double.NaN, double.NaN, double.NaN], FeatureShade.Of(three, [0, 1, 2]));
    }

    private static PlotDrawing Draw(double[][] values, Table data) =>
        BeeswarmPlot.Draw(Given.Report(0.5, ["debt", "age"], values), 0, ["debt", "age"], data);
}
