using Governance.Audit.Robustness;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Robustness;

namespace Governance.Portal.Tests.Robustness;

public sealed class RobustnessPlotTests
{
    [Fact]
    public void A_curve_has_a_trace_for_changes_and_one_a_metric_and_all_numbers_in_its_table()
    {
        RobustnessReport report = Given("classes", Point(0.1, 0.02), Point(0.5, 0.25));

        PlotDrawing drawing = RobustnessPlot.Draw(report, report.Curves[0]);

        Assert.Equal("Noise: 25.0 % [20.0 %, 30.0 %] of the answers change at strength 0.5, n = 100", drawing.Title);
        Assert.Equal(2, drawing.Figure.Data.Count);
        Assert.Equal(3, drawing.Table.Rows.Count);
        Assert.Equal(["as is", "0.1", "0.5"], drawing.Figure.Data[1]!["x"]!.AsArray().Select(strength => strength!.GetValue<string>()));
        Assert.Equal([0.9, 0.8, 0.8], drawing.Figure.Data[1]!["y"]!.AsArray().Select(value => value!.GetValue<double>())); // from the metric of the rows as they are
        Assert.Equal(0, drawing.Figure.Data[0]!["y"]![0]!.GetValue<double>());
        Assert.Equal(5, drawing.Table.Columns.Count);
        Assert.All(drawing.Table.Rows, row => Assert.Equal(5, row.Count));
    }

    [Fact]
    public void A_strength_that_the_model_refuses_is_in_the_table_and_not_in_the_drawing()
    {
        RobustnessReport report = Given("classes", Point(0.1, 0.02), Point(0.5, double.NaN) with { Refusal = "out of bounds" });

        PlotDrawing drawing = RobustnessPlot.Draw(report, report.Curves[0]);

        Assert.Equal("Noise: the model refuses such rows", drawing.Title);
        Assert.Equal(2, drawing.Figure.Data[0]!["x"]!.AsArray().Count);
        Assert.Equal("refused", drawing.Table.Rows[2][1]);
    }

    [Fact]
    public void Values_move_and_do_not_flip()
    {
        RobustnessReport report = Given("value", Point(0.1, double.NaN), Point(0.5, double.NaN));

        Assert.Equal("Noise: values move by 0.100 [0.050, 0.150] at strength 0.5, n = 100", RobustnessPlot.Draw(report, report.Curves[0]).Title);
        Assert.StartsWith("a is the most fragile column: noise of 0.5 in it alone moves values by 0.100", FragilePlot.Draw(report).Title, StringComparison.Ordinal);
        Assert.StartsWith("Noise: values move most", RobustnessWords.Finding(report), StringComparison.Ordinal);
    }

    private static RobustnessPoint Point(double strength, double flips) => new()
    {
        Strength = strength,
        FlipRate = flips,
        FlipInterval = double.IsNaN(flips) ? null : [flips - 0.05, flips + 0.05],
        ScoreShift = 0.1,
        ScoreShiftInterval = [0.05, 0.15],
        MeanShift = 0,
        NoAnswer = 0,
        Metrics = [new RobustMetric("accuracy", 0.8, [0.7, 0.9], -0.1, [-0.2, 0])],
    };

    private static RobustnessReport Given(string task, params RobustnessPoint[] points) => new()
    {
        Task = task,
        Rows = 100,
        Weighted = false,
        Baseline = [new RobustMetric("accuracy", 0.9, [0.8, 1], 0, null)],
        Curves = [new RobustnessCurve { Test = "noise", Title = "Noise", Unit = "standard deviations", Changed = ["a"], Skipped = [], Points = points }],
        Fragile = [new FragileColumn("a", 1, points[^1], null)],
        FragileStrength = 0.5,
        Notes = [],
        Repeats = 1,
        Resamples = 10,
        Level = 0.95,
        Seed = 0,
        ModelRows = 300,
    };
}
