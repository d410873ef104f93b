using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Fairness;

/// <summary>
/// The figures that scikit-learn 1.2.1 and plain arithmetic gave for the model hmda_biased on the 476 test rows of HMDA
/// (Stock and Watson's Boston mortgages, R package AER), rebuilt from its table of outcomes by afam. Its author counted
/// the favourable class "no" (not denied) as the reference, we count "yes" as positive: their tpr is our tnr and our
/// favourable_tpr, their fpr our fnr and favourable_fpr, their ppv our npv and favourable_ppv.
/// </summary>
public sealed class HmdaBiasedTests
{
    private static readonly FairnessReport Report = Measure();

    [Fact]
    public void Each_group_has_the_figures_of_the_author()
    {
        AssertGroup("no", 395, 0.9139240506329114, 0.9721518987341772, 0.9916897506925207, 0.7647058823529411, 0.9322916666666666, 0.9265822784810127);
        AssertGroup("yes", 81, 0.7160493827160493, 0.25925925925925924, 0.3620689655172414, 0, 1, 0.5432098765432098);
    }

    [Fact]
    public void The_differences_from_the_reference_group_are_signed()
    {
        Assert.Equal(0.26668595679012347, Report.Attributes[0].Summary["disparate_impact"]!.Value, 1e-12);
        Assert.Equal(0.26668595679012347, Report.Attributes[0].Summary["demographic_parity_ratio"]!.Value, 1e-12);
        Assert.Equal(-0.712892639474918, Test("selection_rate").Difference, 1e-12);
        Assert.Equal(-0.6296207851752793, Test("favourable_tpr").Difference, 1e-12);
        Assert.Equal(-0.6971633337641102, Test("favourable_average_odds").Difference, 1e-12);
    }

    [Fact]
    public void Rates_of_the_two_classes_are_each_others_complements()
    {
        IReadOnlyDictionary<string, double?> metrics = Report.Attributes[0].Groups[0].Metrics;

        Assert.Equal(metrics["tnr"], metrics["favourable_tpr"]);
        Assert.Equal(metrics["fnr"], metrics["favourable_fpr"]);
        Assert.Equal(metrics["npv"], metrics["favourable_ppv"]);
        Assert.Equal(1 - metrics["fpr"]!.Value, metrics["tnr"]!.Value, 1e-15);
    }

    [Fact]
    public void The_impact_ratio_lies_surely_below_four_fifths()
    {
        IReadOnlyList<double> interval = Report.Attributes[0].SummaryIntervals["demographic_parity_ratio"];

        Assert.InRange(interval[0], 0.15, 0.266);
        Assert.InRange(interval[1], 0.267, 0.45);
        Assert.True(Test("selection_rate").AdjustedPValue < 1e-10);
    }

    private static GroupTest Test(string metric) =>
        Report.Attributes[0].Tests.Single(test => test.Metric == metric && test.GroupA == "yes" && test.GroupB == "no");

    private static void AssertGroup(
        string name, int count, double baseRate, double selection, double tpr, double fpr, double ppv, double accuracy)
    {
        GroupMetrics group = Report.Attributes[0].Groups.Single(group => group.Group == name);
        Assert.Equal(count, group.Count);
        Assert.Equal(baseRate, group.Metrics["base_rate_favourable"]!.Value, 1e-12);
        Assert.Equal(selection, group.Metrics["selection_rate"]!.Value, 1e-12);
        Assert.Equal(tpr, group.Metrics["favourable_tpr"]!.Value, 1e-12);
        Assert.Equal(fpr, group.Metrics["favourable_fpr"]!.Value, 1e-12);
        Assert.Equal(ppv, group.Metrics["favourable_ppv"]!.Value, 1e-12);
        Assert.Equal(accuracy, group.Metrics["accuracy"]!.Value, 1e-12);
    }

    // By afam: denied and predicted so, granted but predicted denied, granted and predicted so, denied but predicted granted.
    private static FairnessReport Measure()
    {
        Table table = CsvTable.Parse(
            "deny,prediction,afam\n"
            + Repeat("yes,yes,no\n", 8) + Repeat("no,yes,no\n", 3) + Repeat("no,no,no\n", 358) + Repeat("yes,no,no\n", 26)
            + Repeat("yes,yes,yes\n", 23) + Repeat("no,yes,yes\n", 37) + Repeat("no,no,yes\n", 21));
        return MeasureFairness.Run(
            table,
            new DecisionColumns { Label = "deny", Prediction = "prediction", Positive = "yes", Favourable = "no" },
            new FairnessOptions { Protected = ["afam"], ReferenceGroups = new Dictionary<string, string> { ["afam"] = "no" } },
            _ => { }, default);
    }

    private static string Repeat(string line, int times) => string.Concat(Enumerable.Repeat(line, times));
}
