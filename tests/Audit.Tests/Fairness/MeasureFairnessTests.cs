using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Fairness;

public sealed class MeasureFairnessTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Rates_agree_with_filtering_the_rows(int seed, bool weighted)
    {
        (string csv, List<(string Y, string P, string G, double W)> rows) = Random(seed, 500);

        FairnessReport report = Run(csv, weight: weighted ? "w" : null, favourable: "no");

        foreach (GroupMetrics group in report.Attributes[0].Groups)
        {
            List<(string Y, string P, string G, double W)> own = [.. rows.Where(row => row.G == group.Group)];
            AssertShare("selection_rate", own, row => row.P == "no");
            AssertShare("tpr", [.. own.Where(row => row.Y == "yes")], row => row.P == "yes");
            AssertShare("fpr", [.. own.Where(row => row.Y == "no")], row => row.P == "yes");
            AssertShare("ppv", [.. own.Where(row => row.P == "yes")], row => row.Y == "yes");
            AssertShare("favourable_tpr", [.. own.Where(row => row.Y == "no")], row => row.P == "no");
            AssertShare("favourable_fpr", [.. own.Where(row => row.Y == "yes")], row => row.P == "no");
            AssertShare("favourable_ppv", [.. own.Where(row => row.P == "no")], row => row.Y == "no");
            AssertShare("accuracy", own, row => row.P == row.Y);

            void AssertShare(string metric, List<(string Y, string P, string G, double W)> of, Func<(string Y, string P, string G, double W), bool> part)
            {
                double W((string Y, string P, string G, double W) row) => weighted ? row.W : 1;
                double share = of.Where(part).Sum(W) / of.Sum(W);
                double count = of.Sum(W) * of.Sum(W) / of.Sum(row => W(row) * W(row));
                Assert.Equal(share, group.Metrics[metric]!.Value, 1e-12);
                Assert.Equal(WilsonInterval.Compute(share, count, 0.95).Low, group.Intervals[metric][0], 1e-12);
            }
        }
    }

    [Fact]
    public void Renaming_the_groups_changes_no_number()
    {
        (string csv, _) = Random(3, 300);

        AttributeFairness one = Run(csv).Attributes[0];
        AttributeFairness other = Run(csv.Replace(",a,", ",zz,", StringComparison.Ordinal)).Attributes[0];

        Assert.Equal(one.Summary, other.Summary);
        Assert.Equal("zz", other.Groups[^1].Group);
        Assert.Equal(one.Groups[0].Metrics, other.Groups[^1].Metrics);
    }

    [Fact]
    public void Groups_that_are_alike_have_differences_whose_intervals_hold_zero_and_ratios_whose_intervals_hold_one()
    {
        AttributeFairness attribute = Run(Lines(("yes,yes,a,1", 30), ("no,yes,a,1", 10), ("no,no,a,1", 40), ("yes,no,a,1", 20),
            ("yes,yes,b,1", 30), ("no,yes,b,1", 10), ("no,no,b,1", 40), ("yes,no,b,1", 20))).Attributes[0];

        foreach (string name in (string[])["demographic_parity", "equal_opportunity", "equalized_odds", "predictive_parity"])
        {
            Assert.Equal(0, attribute.Summary[name + "_difference"]!.Value, 1e-15);
            Assert.Equal(1, attribute.Summary[name + "_ratio"]!.Value, 1e-15);
            Assert.Equal(0, attribute.SummaryIntervals[name + "_difference"][0], 1e-15);
            Assert.Equal(1, attribute.SummaryIntervals[name + "_ratio"][1], 1e-15);
        }

        Assert.All(attribute.Tests.Where(test => test.PValue is not null), test => Assert.Equal(1, test.AdjustedPValue!.Value, 1e-12));
    }

    // 40 of 100 against 20 of 100: 0.2 with Newcombe's interval, exactly as for one pair.
    [Fact]
    public void Two_groups_have_the_interval_of_their_pair()
    {
        AttributeFairness attribute = Run(Lines(("no,yes,a,1", 40), ("no,no,a,1", 60), ("no,yes,b,1", 20), ("no,no,b,1", 80))).Attributes[0];

        Interval pair = NewcombeInterval.Compute(0.4, 100, 0.2, 100, 0.95);
        Assert.Equal(pair.Low, attribute.SummaryIntervals["demographic_parity_difference"][0], 1e-12);
        Assert.Equal(pair.High, attribute.SummaryIntervals["demographic_parity_difference"][1], 1e-12);
        Assert.Equal(pair.Low, attribute.Tests.Single(test => test.Metric == "selection_rate").Interval![0], 1e-12);
        Assert.Null(attribute.Summary["equalized_odds_difference"]);
        Assert.Contains(attribute.Undefined, undefined => undefined.Metric == "tpr" && undefined.Groups is ["a", "b"]);
    }

    [Fact]
    public void A_small_group_is_shown_named_and_left_out_of_the_second_summary()
    {
        List<AuditWarning> warnings = [];

        FairnessReport report = Run(
            Lines(("yes,yes,a,1", 20), ("no,no,a,1", 20), ("yes,yes,b,1", 25), ("no,no,b,1", 15), ("yes,yes,c,1", 1)), warn: warnings.Add);

        AttributeFairness attribute = report.Attributes[0];
        Assert.Equal(0.5, attribute.Summary["demographic_parity_difference"]!.Value, 1e-15);
        Assert.Equal(0.125, attribute.SupportedSummary!["demographic_parity_difference"]!.Value, 1e-15);
        Assert.Equal(["c"], attribute.SmallGroups);
        Assert.Contains(warnings, warning => warning.Code == "small-group" && warning.Column == "g");
    }

    [Fact]
    public void Rows_without_a_group_count_overall_and_rows_without_a_label_in_selection_rates()
    {
        FairnessReport report = Run("y,p,g,w\nyes,yes,a,1\n,no,a,1\nno,no,,1\n");

        Assert.Equal(new SkippedRows(1, 1), report.SkippedRows);
        Assert.Equal(3, report.Overall.Count);
        Assert.Equal(0.5, report.Attributes[0].Groups[0].Metrics["selection_rate"]);
        Assert.Equal(1, report.Attributes[0].Groups[0].Metrics["accuracy"]);
    }

    [Fact]
    public void A_group_without_weight_is_undefined_and_harms_no_other()
    {
        AttributeFairness attribute = Run("y,p,g,w\nyes,yes,a,1\nno,no,a,1\nyes,no,b,0\n", weight: "w").Attributes[0];

        Assert.Null(attribute.Groups[1].Metrics["selection_rate"]);
        Assert.Equal(0.5, attribute.Groups[0].Metrics["selection_rate"]);
        Assert.Contains(attribute.Undefined, undefined => undefined.Metric == "selection_rate" && undefined.Groups is ["b"]);
    }

    [Fact]
    public void A_group_of_one_class_has_no_area_and_harms_no_other()
    {
        FairnessReport report = MeasureFairness.Run(
            CsvTable.Parse("y,s,g\n1,0.9,a\n0,0.2,a\n1,0.3,b\n"), new DecisionColumns { Label = "y", Score = "s", Threshold = 0.5 },
            new FairnessOptions { Protected = ["g"] }, _ => { }, default);

        Assert.Equal(1, report.Attributes[0].Groups[0].Metrics["roc_auc"]);
        Assert.Null(report.Attributes[0].Groups[1].Metrics["roc_auc"]);
        Assert.Equal(0.3, report.Attributes[0].Groups[1].Metrics["mean_score"]);
        Assert.Contains(report.Attributes[0].Undefined, undefined => undefined.Metric == "roc_auc" && undefined.Groups is ["b"]);
    }

    [Fact]
    public void Intersections_hold_the_combinations_that_occur_and_take_both_reference_groups()
    {
        FairnessReport report = MeasureFairness.Run(
            CsvTable.Parse("y,p,race,sex\n1,1,A,F\n0,0,A,M\n1,0,B,F\n0,1,A,F\n"), new DecisionColumns { Label = "y", Prediction = "p" },
            new FairnessOptions
            {
                Protected = ["race", "sex"],
                Intersections = true,
                ReferenceGroups = new Dictionary<string, string> { ["race"] = "A", ["sex"] = "F" },
            },
            _ => { }, default);

        AttributeFairness crossed = report.Attributes[^1];
        Assert.Equal("race|sex", crossed.Attribute);
        Assert.Equal([("A|F", 2), ("A|M", 1), ("B|F", 1)], crossed.Groups.Select(group => (group.Group, group.Count)));
        Assert.All(crossed.Tests, test => Assert.Equal("A|F", test.GroupB));
    }

    [Fact]
    public void P_values_are_adjusted_inside_the_comparisons_of_one_metric()
    {
        (string csv, _) = Random(7, 400);

        AttributeFairness attribute = Run(csv).Attributes[0];

        foreach (IGrouping<string, GroupTest> family in attribute.Tests.Where(test => test.PValue is not null).GroupBy(test => test.Metric))
        {
            Assert.Equal(3, family.Count());
            Assert.Equal(
                MultipleTests.Holm([.. family.Select(test => test.PValue!.Value)]), family.Select(test => test.AdjustedPValue!.Value));
        }
    }

    // Fairlearn: NaN where nobody is selected in any group, 0 where in one.
    [Theory]
    [InlineData("no,no,a,1\nno,no,b,1\n", null)]
    [InlineData("no,yes,a,1\nno,no,b,1\n", 0.0)]
    public void The_ratio_of_nobody_to_nobody_is_undefined(string rows, double? ratio)
    {
        AttributeFairness attribute = Run("y,p,g,w\nyes,no,b,1\n" + rows).Attributes[0];

        Assert.Equal(ratio, attribute.Summary["demographic_parity_ratio"]);
        Assert.Equal(ratio is null, attribute.Undefined.Any(undefined => undefined.Metric == "demographic_parity_ratio"));
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        (string csv, _) = Random(9, 300);

        Assert.Equal(JsonSerializer.Serialize(Run(csv), ReportJson.Options), JsonSerializer.Serialize(Run(csv), ReportJson.Options));
    }

    private static FairnessReport Run(string csv, string? weight = null, string? favourable = null, Action<AuditWarning>? warn = null) =>
        MeasureFairness.Run(
            CsvTable.Parse(csv),
            new DecisionColumns { Label = "y", Prediction = "p", Weight = weight, Positive = "yes", Favourable = favourable },
            new FairnessOptions { Protected = ["g"] }, warn ?? (_ => { }), default);

    private static string Lines(params (string Line, int Times)[] lines) =>
        "y,p,g,w\n" + string.Concat(lines.SelectMany(line => Enumerable.Repeat(line.Line + "\n", line.Times)));

    private static (string Csv, List<(string Y, string P, string G, double W)> Rows) Random(int seed, int count)
    {
        Random random = new(seed);
        List<(string Y, string P, string G, double W)> rows = [.. Enumerable.Range(0, count).Select(_ => (
            random.NextDouble() < 0.4 ? "yes" : "no", random.NextDouble() < 0.5 ? "yes" : "no",
            "abc"[random.Next(3)].ToString(), random.Next(1, 9) / 4.0))];
        return ("y,p,g,w\n" + string.Concat(rows.Select(row => FormattableString.Invariant($"{row.Y},{row.P},{row.G},{row.W}\n"))), rows);
    }
}
