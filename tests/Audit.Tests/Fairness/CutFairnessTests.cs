using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Fairness;

public sealed class CutFairnessTests
{
    // The explorer and the audit must say the same of the same decisions: shares, summaries and their intervals.
    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public void Says_of_a_cut_what_an_audit_says_of_its_decisions(string favourable)
    {
        Random random = new(9);
        string[] groups = ["a", "b", "c"];
        double[] score = [.. Enumerable.Range(0, 600).Select(_ => Math.Round(random.NextDouble(), 2))];
        string[] label = [.. score.Select(value => random.NextDouble() < value ? "yes" : "no")];
        string[] group = [.. score.Select(value => groups[value > 0.6 ? random.Next(3) : random.Next(2)])];
        const double Cut = 0.42;
        FairnessReport audit = MeasureFairness.Run(
            new Table([TextColumn.Of("y", label), TextColumn.Of("g", group), new NumberColumn("s", score)]),
            new DecisionColumns { Label = "y", Score = "s", Threshold = Cut, Positive = "yes", Favourable = favourable },
            new FairnessOptions { Protected = ["g"], MinGroup = 1, Proxies = false, Neighbours = 0 }, _ => { }, default);

        GroupCuts cuts = GroupCuts.Of(
            score, Array.ConvertAll(label, value => (sbyte)(value == "yes" ? 1 : 0)), [], Array.ConvertAll(group, value => Array.IndexOf(groups, value)), 3);
        CutFairness live = CutFairness.Of(groups, [.. cuts.Groups.Select(table => table.At(Cut))], cuts.All.At(Cut), favourable == "yes", 1, 0.95);

        AttributeFairness sealedFigures = Assert.Single(audit.Attributes);
        foreach ((CutRates own, GroupMetrics expected) in live.Groups.Zip(sealedFigures.Groups))
        {
            Assert.Equal(expected.Count, own.Rows);
            Same(expected, "selection_rate", own.Selection);
            Same(expected, "tpr", own.Tpr);
            Same(expected, "fpr", own.Fpr);
            Same(expected, "ppv", own.Ppv);
            Same(expected, "accuracy", own.Accuracy);
        }

        Summary(sealedFigures, "demographic_parity_ratio", live.ImpactRatio);
        Summary(sealedFigures, "demographic_parity_difference", live.SelectionDifference);
        Summary(sealedFigures, "equal_opportunity_difference", live.TprDifference);
    }

    [Fact]
    public void One_group_with_enough_rows_is_no_comparison()
    {
        Outcomes[] groups = [Given(40), Given(5)];

        CutFairness live = CutFairness.Of(["a", "b"], groups, Given(45), true, 30, 0.95);

        Assert.Equal(CutFigure.None, live.ImpactRatio);
        Assert.Equal(0.5, live.Groups[1].Selection.Value); // the small one is measured, only not compared
    }

    private static Outcomes Given(int rows)
    {
        OutcomeCell half = new(rows, rows, rows);
        return new Outcomes(half, half, half, half, default, default);
    }

    private static void Same(GroupMetrics expected, string metric, CutFigure figure)
    {
        Assert.Equal(expected.Metrics[metric]!.Value, figure.Value!.Value, 1e-12);
        Assert.Equal(expected.Intervals[metric][0], figure.Interval![0], 1e-12);
        Assert.Equal(expected.Intervals[metric][1], figure.Interval[1], 1e-12);
    }

    private static void Summary(AttributeFairness attribute, string metric, CutFigure figure)
    {
        Assert.Equal(attribute.Summary[metric]!.Value, figure.Value!.Value, 1e-12);
        Assert.Equal(attribute.SummaryIntervals[metric][0], figure.Interval![0], 1e-12);
        Assert.Equal(attribute.SummaryIntervals[metric][1], figure.Interval[1], 1e-12);
    }
}
