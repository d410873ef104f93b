using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Fairness;

public sealed class StratifiedTestsTests
{
    // UC Berkeley 1973, the six largest departments (Bickel, Hammel and O'Connell, Science 187, 1975): admitted and rejected
    // men and women. Overall men are admitted more often; within departments the common difference turns round.
    private static readonly (string Department, int MenIn, int MenOut, int WomenIn, int WomenOut)[] Berkeley =
    [
        ("A", 512, 313, 89, 19), ("B", 353, 207, 17, 8), ("C", 120, 205, 202, 391),
        ("D", 138, 279, 131, 244), ("E", 53, 138, 94, 299), ("F", 22, 351, 24, 317),
    ];

    private static readonly FairnessReport Report = MeasureFairness.Run(
        CsvTable.Parse("y,p,sex,department\n" + string.Concat(Berkeley.SelectMany(row => (IEnumerable<string>)
        [
            .. Enumerable.Repeat($"1,1,men,{row.Department}\n", row.MenIn), .. Enumerable.Repeat($"1,0,men,{row.Department}\n", row.MenOut),
            .. Enumerable.Repeat($"1,1,women,{row.Department}\n", row.WomenIn), .. Enumerable.Repeat($"1,0,women,{row.Department}\n", row.WomenOut),
        ]))),
        new DecisionColumns { Label = "y", Prediction = "p", Positive = "1" },
        new FairnessOptions { Protected = ["sex"], Control = ["department"] }, _ => { }, default);

    // R's mantelhaen.test(UCBAdmissions, correct = FALSE): X-squared 1.5246, p 0.2169.
    [Fact]
    public void Berkeley_within_departments_has_the_known_test()
    {
        StratifiedTest test = Report.Attributes[0].Stratified!.Single(test => test.Metric == "selection_rate");

        Assert.Equal((6, "men", "women"), (test.Strata, test.GroupA, test.GroupB));
        Assert.Equal(0.2169, test.PValue!.Value, 0.0005);
        Assert.True(test.Difference < 0 && test.Interval![1] > 0);
        Assert.True(Report.Attributes[0].Tests.Single(pair => pair.Metric == "selection_rate").Difference > 0.1);
    }

    [Fact]
    public void Each_department_is_a_slice_of_its_own()
    {
        Assert.Equal(6, Report.Slices.Count);
        FairnessSlice first = Report.Slices[0];
        Assert.Equal("control: department=A", first.Slice);
        Assert.Equal(512.0 / 825, first.Report.Attributes[0].Groups[0].Metrics["selection_rate"]!.Value, 1e-12);
    }

    // With one level the pooled difference is the plain one, and the ratio too.
    [Fact]
    public void One_level_pools_to_what_it_is()
    {
        FairnessReport report = MeasureFairness.Run(
            CsvTable.Parse("y,p,g,c\n" + string.Concat(Enumerable.Repeat("1,1,a,x\n", 30)) + string.Concat(Enumerable.Repeat("1,0,a,x\n", 70))
                + string.Concat(Enumerable.Repeat("1,1,b,x\n", 20)) + string.Concat(Enumerable.Repeat("1,0,b,x\n", 20))),
            new DecisionColumns { Label = "y", Prediction = "p", Positive = "1" },
            new FairnessOptions { Protected = ["g"], Control = ["c"] }, _ => { }, default);

        StratifiedTest test = report.Attributes[0].Stratified!.Single(test => test.Metric == "selection_rate");

        Assert.Equal(-0.2, test.Difference, 1e-12);
        Assert.Equal(0.6, test.Ratio!.Value, 1e-12);

        // Katz's interval is what Greenland and Robins's variance comes to with one level.
        double error = 1.959963984540054 * Math.Sqrt((0.7 / 30) + (0.5 / 20));
        Assert.Equal(0.6 * Math.Exp(-error), test.RatioInterval![0], 1e-9);
    }
}
