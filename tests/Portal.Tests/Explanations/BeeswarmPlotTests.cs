using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Explanations.Summaries;

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

        JsonArray traces = Draw(values, data).Figure.Data;

        Assert.Equal(2, traces.Count);
        for (int line = 0; line < 2; line++)
        {
            Assert.All(Numbers(traces[line]!["y"]!), place => Assert.InRange(place!.Value, line - SwarmOffsets.HalfWidth, line + SwarmOffsets.HalfWidth));
        }
    }

    [Fact]
    public void Colour_goes_from_the_lowest_value_to_the_highest_and_missing_is_grey()
    {
        PlotDrawing drawing = Draw(
            [[0.1, 0], [0.2, 0], [0.3, 0], [0.4, 0]],
            Given.Numbers(("debt", [5, double.NaN, 1, 9]), ("age", [1, 1, 1, 1])));

        JsonNode debt = drawing.Figure.Data[0]!;
        Assert.Equal([0.1, 0.2, 0.3, 0.4], Numbers(debt["x"]!));
        Assert.Equal([0.5, null, 0, 1], Numbers(debt["shade"]!)); // plot-dots.js paints what has none in the colour "without"
    }

    [Theory]
    [InlineData(SwarmTraces.MostDots / 2, false)]
    [InlineData((SwarmTraces.MostDots / 2) + 1, true)]
    [InlineData(10_000, true)]
    public void Beyond_the_most_dots_a_dot_stands_for_all_rows_at_its_place(int rows, bool dense)
    {
        double[][] values = [.. Enumerable.Range(0, rows).Select(row => new[] { Math.Sin(row), Math.Cos(row) })];
        Table data = Given.Numbers(("debt", [.. Enumerable.Range(0, rows).Select(row => (double)row)]), ("age", new double[rows]));

        PlotDrawing drawing = Draw(values, data);

        int dots = drawing.Figure.Data.Sum(trace => trace!["x"]!.AsArray().Count);
        Assert.InRange(dots, dense ? 1_000 : 2 * rows, SwarmTraces.MostDots);
        Assert.Equal(2 * rows, drawing.Figure.Data.Sum(trace => trace!["customdata"]!.AsArray().Sum(cell => cell![1]!.GetValue<int>())));
        Assert.Equal(dense, drawing.Description.Contains("stands for all rows", StringComparison.Ordinal));
        Assert.All(drawing.Figure.Data, trace => Assert.Equal(dense, trace!["hovertemplate"]!.GetValue<string>().Contains("one of", StringComparison.Ordinal)));
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

    private static IEnumerable<double?> Numbers(JsonNode array) => array.AsArray().Select(value => value?.GetValue<double>());

    private static PlotDrawing Draw(double[][] values, Table data) =>
        BeeswarmPlot.Draw(Given.Report(0.5, ["debt", "age"], values), 0, ["debt", "age"], data);
}
