using Governance.Audit.Encodings;
using Governance.Audit.Fairness;
using Governance.Audit.Mitigation;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Mitigations;

namespace Governance.Portal.Tests.Mitigations;

public sealed class MitigationFindingsTests
{
    [Fact]
    public void The_finding_and_its_cost_are_said_in_sentences()
    {
        MitigationReport report = Report();

        Assert.Equal("The largest difference in the selection rate by race and sex falls from 0.300 to 0.050", MitigationFindings.Title(report));
        Assert.Contains("Accuracy over all rows changes by −0.020 [−0.030, −0.010]", MitigationFindings.Costs(report), StringComparison.Ordinal);
        Assert.Contains("A is given “hired” less often: −0.100", MitigationFindings.Costs(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "above 0.4 (chance 0.25), always (chance 0.75)")]
    [InlineData(0.1, "above 0.4 (chance 0.25), always (chance 0.75); with a chance of 0.1 the score is not looked at and the class predicted with 0.3")]
    [InlineData(1, "with a chance of 0.3, whatever the score")]
    public void A_rule_is_a_sentence(double ignored, string sentence) => Assert.Equal(sentence, MitigationSentences.Rule(new GroupRule(
        "A", ignored, 0.3, [new ThresholdRule(0.25, ThresholdOperator.Above, 0.4), new ThresholdRule(0.75, ThresholdOperator.Always, null), new ThresholdRule(0, ThresholdOperator.Never, null)])));

    [Fact]
    public void The_frontier_has_a_table_of_all_its_points()
    {
        PlotDrawing drawing = FrontierPlot.Draw(Report());

        Assert.Equal(2, drawing.Table.Rows.Count);
        Assert.Equal(4, drawing.Figure.Data.Count);
        Assert.Contains("goes from 0.280 to 0.020", drawing.Title, StringComparison.Ordinal);
        Assert.Contains("cannot be judged", FrontierPlot.Draw(Report() with { Frontier = [Point(0.28), Point(null)] }).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_rate_of_groups_is_drawn_before_and_after_with_the_interval_of_its_change()
    {
        MitigationReport report = Report();

        PlotDrawing drawing = ChangePlot.Draw(report, "selection_rate");

        Assert.Equal(["selection_rate"], ChangePlot.Metrics(report)); // accuracy is of all rows alone here
        Assert.EndsWith("the groups lie 30.0 points apart before and 5.0 after, n = 200", drawing.Title, StringComparison.Ordinal);
        Assert.Equal(["B", "100", "20.0 %", "35.0 %", "+15.0 % [+10.0 %, +20.0 %]"], drawing.Table.Rows[1]);
        Assert.Equal([0.05, 0.05], drawing.Figure.Data[2]!["error_x"]!["array"]!.AsArray().Select(end => end!.GetValue<double>()), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(drawing.Figure.Layout["annotations"]!.AsArray(), label => Assert.StartsWith("<b>", label!["text"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    private static FrontierPoint Point(double? disparity) => new(0.1, 0.1, 0.8, disparity, 0.79, 0.79);

    private static MitigationReport Report() => new()
    {
        Method = MitigationMethod.Threshold,
        Constraint = ParityConstraint.DemographicParity,
        Objective = MitigationObjective.Accuracy,
        Tolerance = 0,
        Randomised = true,
        Attribute = "race|sex",
        Positive = "hired",
        Favourable = "hired",
        Threshold = 0.5,
        Before = Side(0.3),
        After = Side(0.05),
        Changes =
        [
            new GroupChange("A", "selection_rate", 100, 0.5, 0.4, -0.1, [-0.15, -0.05]),
            new GroupChange("B", "selection_rate", 100, 0.2, 0.35, 0.15, [0.1, 0.2]),
            new GroupChange("", "accuracy", 200, 0.8, 0.78, -0.02, [-0.03, -0.01]),
        ],
        HeldOut = new HeldOutRows("split", 0.3, 0, 400, 200),
        Frontier = [Point(0.28), Point(0.02)],
    };

    private static MitigatedSide Side(double disparity) => new()
    {
        Objective = 0.8,
        Disparity = disparity,
        Overall = new GroupMetrics { Count = 200, Weight = 200, Metrics = new Dictionary<string, double?>(), Intervals = new Dictionary<string, IReadOnlyList<double>>() },
        Groups = [],
        Summary = new Dictionary<string, double?>(),
        SummaryIntervals = new Dictionary<string, IReadOnlyList<double>>(),
    };
}
