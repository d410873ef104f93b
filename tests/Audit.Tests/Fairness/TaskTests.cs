using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Audit.Training;

namespace Governance.Audit.Tests.Fairness;

public sealed class TaskTests
{
    [Fact]
    public void A_score_alone_has_no_selection_rates_but_ranking_and_calibration()
    {
        FairnessReport report = MeasureFairness.Run(
            CsvTable.Parse("y,s,g\n1,0.9,a\n0,0.2,a\n0,0.4,a\n1,0.3,b\n0,0.1,b\n1,0.7,b\n"), new DecisionColumns { Label = "y", Score = "s" },
            new FairnessOptions { Protected = ["g"], Task = FairnessTask.Score }, _ => { }, default);

        GroupMetrics group = report.Attributes[0].Groups[0];
        Assert.False(group.Metrics.ContainsKey("selection_rate"));
        Assert.Equal(1, group.Metrics["roc_auc"]);
        Assert.Equal(0.5, group.Metrics["mean_score"]!.Value, 1e-12);
        Assert.Contains("roc_auc_difference", report.Attributes[0].Summary.Keys);
        Assert.DoesNotContain("equalized_odds_difference", report.Attributes[0].Summary.Keys);
    }

    [Fact]
    public void Several_classes_have_rates_of_each_class_and_a_favourable_one()
    {
        FairnessReport report = MeasureFairness.Run(
            CsvTable.Parse("y,p,g\nx,x,a\ny,x,a\nz,z,a\nx,x,b\ny,y,b\n"), new DecisionColumns { Label = "y", Prediction = "p", Favourable = "x" },
            new FairnessOptions { Protected = ["g"], Task = FairnessTask.Multiclass }, _ => { }, default);

        AttributeFairness attribute = report.Attributes[0];
        Assert.Equal(2.0 / 3, attribute.Groups[0].Metrics["selection_rate"]!.Value, 1e-12);
        Assert.Equal(0, attribute.Groups[0].Metrics["tpr_y"]);
        Assert.Null(attribute.Groups[1].Metrics["tpr_z"]);
        Assert.Contains(attribute.Undefined, lack => lack.Metric == "macro_recall" && lack.Groups is ["b"]);
        Assert.Equal((1.0 / 6).ToString("F6"), attribute.Summary["demographic_parity_difference"]!.Value.ToString("F6"));
    }

    [Fact]
    public void Numbers_have_errors_by_group_and_tests_between_groups()
    {
        SeededRandom random = new(4, 0);
        string rows = string.Concat(Enumerable.Range(0, 400).Select(i =>
            FormattableString.Invariant($"{i % 7},{(i % 7) + random.NextDouble() - 0.5 + (i % 2 == 0 ? 0.3 : 0)},{(i % 2 == 0 ? "a" : "b")}\n")));

        AttributeFairness attribute = MeasureFairness.Run(
            CsvTable.Parse("y,p,g\n" + rows), new DecisionColumns { Label = "y", Prediction = "p" },
            new FairnessOptions { Protected = ["g"], Task = FairnessTask.Regression, Interval = FairnessInterval.Bca, Resamples = 300 }, _ => { }, default).Attributes[0];

        GroupTest test = attribute.Tests.Single(pair => pair.Metric == "mean_error");
        Assert.Equal(0.3, test.Difference, 0.1);
        Assert.True(test.PValue < 1e-6 && test.Interval![0] > 0.2 && test.Interval[1] < 0.4);
        Assert.True(attribute.SummaryIntervals["mean_error_difference"][0] > 0.2);
        Assert.NotNull(attribute.Groups[0].Intervals["r2"]);
        Assert.DoesNotContain("mean_error_ratio", attribute.Summary.Keys);
    }

    [Fact]
    public void Cohorts_are_slices_and_seven_attributes_are_measured_alone_in_pairs_and_together()
    {
        List<AuditWarning> warnings = [];
        string[] names = [.. Enumerable.Range(0, 7).Select(i => $"a{i}")];
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i =>
            $"{i % 2},{i / 3 % 2},{string.Join(',', names.Select((_, bit) => i >> bit & 1))},{i}\n"));

        FairnessReport report = MeasureFairness.Run(
            CsvTable.Parse($"y,p,{string.Join(',', names)},n\n{rows}"), new DecisionColumns { Label = "y", Prediction = "p", Positive = "1" },
            new FairnessOptions { Protected = names, Intersections = true, Cohorts = new Dictionary<string, string> { ["late"] = "n >= 150" } },
            warnings.Add, default);

        Assert.Equal(7 + 21 + 1, report.Attributes.Count);
        Assert.Equal(string.Join('|', names), report.Attributes[^1].Attribute);
        Assert.Contains(warnings, warning => warning.Code == "intersections-left-out");
        Assert.Equal(("cohort: late", 50), (report.Slices[0].Slice, report.Slices[0].Report.Overall.Count));
    }

    // A planted proxy tells the group, a column of noise does not; and together they tell no less.
    [Fact]
    public void A_planted_proxy_stands_first_and_noise_tells_nothing()
    {
        SeededRandom random = new(9, 0);
        string rows = string.Concat(Enumerable.Range(0, 1_000).Select(i =>
        {
            string group = random.NextDouble() < 0.4 ? "a" : "b";
            string street = random.NextDouble() < 0.85 ? group + "-street" : "c-street";
            return FormattableString.Invariant($"{random.NextBelow(2)},{random.NextBelow(2)},{group},{random.NextDouble()},{street}\n");
        }));

        ProxyReport proxies = MeasureFairness.Run(
            CsvTable.Parse("y,p,g,noise,street\n" + rows), new DecisionColumns { Label = "y", Prediction = "p", Positive = "1" },
            new FairnessOptions { Protected = ["g"], Proxies = true, Neighbours = 3 }, _ => { }, default).Attributes[0].Proxies!;

        Assert.Equal(["street", "noise"], proxies.Columns.Select(column => column.Column));
        Assert.True(proxies.Columns[0] is { RocAuc: > 0.9, Explained: > 0.7, AdjustedPValue: < 1e-10 });
        Assert.InRange(proxies.Columns[1].RocAuc!.Value, 0.42, 0.58);
        Assert.True(proxies.Columns[1].AdjustedPValue > 0.01);
        Assert.True(proxies.Together![0].RocAuc > 0.9);
    }

    // The decision is "yes" from 0.5 on of score = 0.3 + 0.4 for women: a change of sex decides rows apart by the column alone.
    [Fact]
    public void Flips_count_decisions_that_the_attribute_alone_decides()
    {
        Table table = CsvTable.Parse("sex,x\nf,1\nm,1\nm,0\nf,0\n");
        static Decisions Decide(Table rows)
        {
            double[] scores = [.. Enumerable.Range(0, rows.Rows).Select(row =>
                0.3 + (rows.Need("sex").Text(row) == "f" ? 0.4 * rows.Need("x").Number(row) : 0))];
            return new Decisions(scores, [.. scores.Select(score => score >= 0.5 ? "yes" : "no")], null, null);
        }

        FlipReport flips = MeasureFlips.Run(table, "sex", ["sex", "x"], Decide, "yes", new FairnessOptions { Protected = ["sex"] }, default);
        FlipReport blind = MeasureFlips.Run(table, "sex", ["x"], Decide, "yes", new FairnessOptions { Protected = ["sex"] }, default);

        Assert.Equal((true, 0.5), (flips.IsInput, flips.Rate));
        FlipLevel women = flips.To.Single(level => level.Group == "f");
        Assert.Equal((2, 0.5, 0.5, 0.0), (women.Count, women.Rate, women.BecomeFavourable, women.BecomeUnfavourable));
        Assert.Equal(0.2, women.MeanScoreChange!.Value, 1e-12);
        Assert.Equal((false, 0.0), (blind.IsInput, blind.Rate));
    }

    // Against the general trainer: a logistic regression of the label on the log-odds without penalty.
    [Fact]
    public void Calibration_slope_is_that_of_a_logistic_regression_on_the_log_odds()
    {
        SeededRandom random = new(2, 0);
        double[] score = new double[600];
        sbyte[] label = new sbyte[600];
        for (int row = 0; row < score.Length; row++)
        {
            score[row] = 0.05 + (0.9 * random.NextDouble());
            double odds = 0.4 + (0.7 * Math.Log(score[row] / (1 - score[row])));
            label[row] = (sbyte)(random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? 1 : 0);
        }

        CalibrationFit fit = CalibrationFit.Compute(score, label, [], [], 1)[0];
        LogisticModel model = FitLogistic.Run(
            new TrainingRows(["odds"], Array.ConvertAll(score, value => (float)Math.Log(value / (1 - value)))), Array.ConvertAll(label, value => (double)value), 0);

        Assert.Equal(model.Coefficients[0], fit.Slope, 1e-5);
        Assert.InRange(fit.Slope, 0.7 - (2.5 * fit.SlopeError), 0.7 + (2.5 * fit.SlopeError));
        double mean = 0;
        for (int row = 0; row < score.Length; row++)
        {
            mean += label[row] - (1 / (1 + Math.Exp(-(fit.Intercept + Math.Log(score[row] / (1 - score[row]))))));
        }

        Assert.Equal(0, mean, 1e-6);
    }

    [Fact]
    public void Separated_classes_and_a_single_class_have_no_calibration()
    {
        Assert.True(double.IsNaN(CalibrationFit.Compute([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], [], [], 1)[0].Slope));
        Assert.True(double.IsNaN(CalibrationFit.Compute([0.1, 0.2, 0.8], [1, 1, 1], [], [], 1)[0].Slope));
    }

    [Fact]
    public void Groups_in_the_data_have_shares_evenness_and_the_test_of_their_labels()
    {
        DataBalance data = MeasureFairness.Run(
            CsvTable.Parse("y,p,g\n" + string.Concat(Enumerable.Repeat("1,1,a\n0,0,a\n", 30)) + string.Concat(Enumerable.Repeat("1,1,b\n", 10)) + string.Concat(Enumerable.Repeat("0,1,b\n", 10)) + "1,1,\n"),
            new DecisionColumns { Label = "y", Prediction = "p", Positive = "1" }, new FairnessOptions { Protected = ["g"] }, _ => { }, default)
            .Attributes[0].Data!;

        Assert.Equal([0.75, 0.25], data.Groups.Select(group => group.Share));
        Assert.Equal(WilsonInterval.Compute(0.75, 80, 0.95).ToArray(), data.Groups[0].ShareInterval);
        Assert.Equal((1, 1.0 / 3), (data.Missing, data.RepresentationRatio));
        Assert.Equal(0.8112781244591328, data.Evenness!.Value, 1e-12);
        Assert.Equal((0.0, 1.0), (data.LabelAssociation!.Value, data.LabelPValue!.Value));
    }
}
