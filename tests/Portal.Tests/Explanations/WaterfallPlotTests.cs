using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Tests.Explanations;

public sealed class WaterfallPlotTests
{
    [Fact]
    public void Bars_run_from_the_average_to_the_prediction_without_a_gap()
    {
        ExplanationReport report = Given.Report(0.2, ["a", "b", "c"], [[0.1, -0.3, 0.05]]);

        IReadOnlyList<WaterfallStep> steps = WaterfallStep.Of(report.Rows[0], 0, 0.2, report.Features, _ => "1", 10);

        Assert.Equal(["b", "a", "c"], steps.Select(step => step.Feature));
        Assert.Equal(0.2, steps[0].Start);
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start, 1e-15));
        Assert.Equal(report.Rows[0].Prediction[0], steps[^1].End, 1e-15);
    }

    [Fact]
    public void A_long_tail_is_folded_and_still_adds_up()
    {
        string[] features = [.. Enumerable.Range(0, 30).Select(i => $"f{i}")];
        double[] values = [.. Enumerable.Range(1, 30).Select(i => (i % 2 == 0 ? 1.0 : -1) / i)];
        ExplanationReport report = Given.Report(0, features, [values]);

        IReadOnlyList<WaterfallStep> steps = WaterfallStep.Of(report.Rows[0], 0, 0, features, _ => "1", 10);

        Assert.Equal(11, steps.Count);
        Assert.Equal("20 other features", steps[^1].Feature);
        Assert.Equal(values.Sum(), steps[^1].End, 1e-12);
    }

    [Fact]
    public void One_feature_too_many_is_not_folded_alone()
    {
        string[] features = ["a", "b", "c"];
        ExplanationReport report = Given.Report(0, features, [[3.0, 2, 1]]);

        Assert.Equal(features, WaterfallStep.Of(report.Rows[0], 0, 0, features, _ => "1", 2).Select(step => step.Feature));
    }

    [Fact]
    public void Whiskers_end_at_the_interval_and_a_bar_whose_interval_includes_zero_is_hatched()
    {
        ExplanationReport report = Given.Report(0.2, ["a", "b"], [[0.1, -0.01]], halfWidth: 0.02);

        PlotDrawing drawing = Draw(report);

        JsonNode lowers = drawing.Figure.Data[0]!;
        JsonNode raises = drawing.Figure.Data[1]!;
        JsonNode whiskers = drawing.Figure.Data[2]!;
        Assert.Equal("/", lowers["marker"]!["pattern"]!["shape"]![0]!.GetValue<string>());
        Assert.Equal("", raises["marker"]!["pattern"]!["shape"]![0]!.GetValue<string>());
        Assert.Equal(0.3, whiskers["x"]![0]!.GetValue<double>(), 1e-15);
        Assert.Equal(0.02, whiskers["error_x"]!["array"]![0]!.GetValue<double>(), 1e-15);
    }

    [Fact]
    public void The_title_states_score_average_and_the_largest_part()
    {
        PlotDrawing drawing = Draw(Given.Report(0.118, ["race", "debt"], [[0.25, 0.082]]));

        Assert.Equal(
            "Case 0 scores 0.450 probability of yes, 0.332 above the average of 0.118; race moves it by +0.250", drawing.Title);
    }

    [Fact]
    public void The_table_begins_with_the_average_and_ends_with_the_case()
    {
        PlotTable table = Draw(Given.Report(0.2, ["a", "b"], [[-0.1, 0.05]])).Table;

        Assert.Equal(["Average", "", "0.200", "", "", "0.200"], table.Rows[0]);
        Assert.Equal(["a", "1", "−0.100", "", "", "0.100"], table.Rows[1]);
        Assert.Equal(["This case", "", "−0.050", "", "", "0.150"], table.Rows[^1]);
    }

    private static PlotDrawing Draw(ExplanationReport report) => WaterfallPlot.Draw(report, report.Rows[0], 0, _ => "1", 0.5);
}
