using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Explanations.Summaries;

namespace Governance.Portal.Tests.Explanations.Summaries;

public sealed class SwarmCellsTests
{
    private const int Many = 100_000;

    [Fact]
    public void Every_row_is_counted_once_and_the_number_of_dots_is_bounded()
    {
        double[] values = Bell(20_000);

        List<SwarmCell> cells = SwarmCells.Place(values, Rows(20_000), values.Min(), values.Max(), 90, 12);

        Assert.Equal(20_000, cells.Sum(cell => cell.Count));
        Assert.InRange(cells.Count, 1, 90 * 12);
        Assert.All(cells, cell => Assert.InRange(cell.Offset, -SwarmOffsets.HalfWidth, SwarmOffsets.HalfWidth));
    }

    [Fact]
    public void The_picture_is_the_same_whatever_the_order_of_the_rows()
    {
        double[] values = Bell(5_000);
        int[] rows = Rows(5_000);

        List<SwarmCell> once = SwarmCells.Place(values, rows, -4, 4, 90, 10);
        List<SwarmCell> again = SwarmCells.Place([.. values.Reverse()], [.. rows.Reverse()], -4, 4, 90, 10);

        Assert.Equal(
            once.Select(cell => (rows[cell.Index], cell.Offset, cell.Count)), again.Select(cell => (rows[^(cell.Index + 1)], cell.Offset, cell.Count)));
    }

    [Fact]
    public void A_single_outlier_keeps_its_dot_on_the_line()
    {
        double[] values = [.. Bell(3_000), 25];

        List<SwarmCell> cells = SwarmCells.Place(values, Rows(3_001), -4, 25, 90, 10);

        SwarmCell outlier = Assert.Single(cells, cell => cell.Index == 3_000);
        Assert.Equal((0.0, 1), (outlier.Offset, outlier.Count));
    }

    [Fact]
    public void The_colours_of_a_dense_bin_keep_their_mixture()
    {
        // All rows at one value; every third row is of the other kind.
        List<SwarmCell> cells = [.. Enumerable.Range(0, 60).SelectMany(bin => SwarmCells.Place(
            new double[3_000], [.. Enumerable.Range(bin * 3_000, 3_000)], 0, 0, 1, 16).Select(cell => cell with { Index = cell.Index + (bin * 3_000) }))];

        double share = cells.Count(cell => cell.Index % 3 == 0) / (double)cells.Count;

        Assert.Equal(1 / 3.0, share, 0.05); // 960 draws: a standard error of 0.015
    }

    [Fact]
    public void A_hundred_thousand_rows_of_twenty_features_make_a_small_figure()
    {
        double[] values = new double[Many * 20];
        SeededRandom random = new(3, 0);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) / (1 + (i % 20));
        }

        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"feature {i}")];
        AttributionMatrix attributions = new(names, Rows(Many), values, new double[Many]);
        Table data = new([.. names.Select(name => new NumberColumn(name, [.. Rows(Many).Select(row => row * 0.37)]))]);

        PlotDrawing drawing = BeeswarmPlot.Draw(attributions, new AttributionUnit("yes", "identity", "p"), names, data);

        string json = drawing.Figure.ToJson(drawing.Height);
        Assert.InRange(drawing.Figure.Data.Sum(trace => trace!["x"]!.AsArray().Count), 2_000, SwarmTraces.MostDots);
        Assert.InRange(System.Net.WebUtility.HtmlEncode(json).Length, 1, 500_000);
        Assert.Equal(Many * 20, drawing.Figure.Data.Sum(trace => trace!["customdata"]!.AsArray().Sum(cell => ((JsonArray)cell!)[1]!.GetValue<int>())));
        Assert.Contains("n = 100,000", drawing.Title, StringComparison.Ordinal);
    }

    private static int[] Rows(int count) => [.. Enumerable.Range(0, count)];

    private static double[] Bell(int count)
    {
        SeededRandom random = new(9, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
        }

        return values;
    }
}
