using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class MeasurePerformanceTests
{
    // 23 of 28 right: by hand from tp 6, fp 2, tn 17, fn 3.
    [Fact]
    public void Binary_metrics_follow_from_the_confusion_matrix()
    {
        PerformanceReport report = Run(Confusion(6, 2, 17, 3), new PerformanceOptions { Label = "y", Prediction = "p", Positive = "yes" });

        Assert.Equal(["no", "yes"], report.Confusion!.Labels);
        Assert.Equal([17, 2, 3, 6], report.Confusion.Matrix.SelectMany(row => row));
        AssertMetric(23 / 28.0, "accuracy");
        AssertMetric(((6 / 9.0) + (17 / 19.0)) / 2, "balanced_accuracy");
        AssertMetric(6 / 8.0, "precision");
        AssertMetric(6 / 9.0, "recall");
        AssertMetric(12 / 17.0, "f1");
        AssertMetric(((6 * 17) - (2 * 3)) / Math.Sqrt(8 * 9 * 19 * 20), "mcc");
        Assert.DoesNotContain("roc_auc", report.Metrics.Keys);

        void AssertMetric(double expected, string metric) => Assert.Equal(expected, report.Metrics[metric]!.Value, 1e-15);
    }

    [Fact]
    public void Weights_count_as_repeated_rows_do()
    {
        Table once = Table("y,p,s,w\n1,1,0.9,3\n0,1,0.6,2\n0,0,0.2,4\n1,0,0.4,1\n");
        Table repeated = once.Take([0, 0, 0, 1, 1, 2, 2, 2, 2, 3]);

        PerformanceReport weighted = Run(once, new PerformanceOptions { Label = "y", Prediction = "p", Scores = ["s"], Weight = "w" });
        PerformanceReport counted = Run(repeated, new PerformanceOptions { Label = "y", Prediction = "p", Scores = ["s"] });

        Assert.Equal(counted.Metrics.Keys, weighted.Metrics.Keys);
        Assert.All(counted.Metrics, metric => Assert.Equal(metric.Value!.Value, weighted.Metrics[metric.Key]!.Value, 1e-12));
    }

    [Fact]
    public void A_class_that_was_never_there_leaves_its_metrics_undefined_with_the_reason()
    {
        PerformanceReport report = Run(Confusion(0, 2, 3, 0), new PerformanceOptions { Label = "y", Prediction = "p", Positive = "yes" });

        Assert.Null(report.Metrics["recall"]);
        Assert.Contains(new UndefinedScore("recall", "no row is 'yes'"), report.Undefined);
        Assert.Equal(0, report.Metrics["precision"]);
    }

    // -ln(1e-15) for a wrong certainty, -ln(1 - 1e-15) for a right one, half each.
    [Fact]
    public void The_log_loss_of_a_wrong_certainty_is_finite()
    {
        PerformanceReport report = Run(Table("y,s\n1,0\n0,0\n"), new PerformanceOptions { Label = "y", Scores = ["s"], Threshold = 0.5 });

        Assert.Equal(-Math.Log(1e-15) / 2, report.Metrics["log_loss"]!.Value, 1e-12);
        Assert.Equal(0.5, report.Metrics["brier"]);
    }

    // The leaves of a forest in 32 bits sum to 1.0000001.
    [Fact]
    public void What_rounding_leaves_outside_0_and_1_is_a_probability_still()
    {
        PerformanceReport two = Run(Table("y,s\n1,1.00000012\n0,-0.0000001\n0,0.5\n"), new PerformanceOptions { Label = "y", Scores = ["s"], Threshold = 0.5 });
        PerformanceReport three = Run(
            Table("y,a,b,c\na,1.00000012,0,0\nb,0,1,0\nc,0.5,0,0.5\n"), new PerformanceOptions { Label = "y", Classes = ["a", "b", "c"], Scores = ["a", "b", "c"] });

        Assert.Equal(0.25 / 3, two.Metrics["brier"]!.Value, 1e-15);
        Assert.Equal(0.5 / 3, three.Metrics["brier"]!.Value, 1e-15);
        Assert.Equal(Math.Log(2) / 3, three.Metrics["log_loss"]!.Value, 1e-12);
    }

    [Fact]
    public void Scores_outside_0_and_1_rank_but_are_no_probabilities()
    {
        PerformanceReport report = Run(Table("y,s\n1,3\n0,-1\n0,5\n"), new PerformanceOptions { Label = "y", Scores = ["s"], Threshold = 0 });

        Assert.Equal(0.5, report.Metrics["roc_auc"]);
        Assert.Null(report.Metrics["brier"]);
        Assert.Empty(report.Calibration);
    }

    [Fact]
    public void A_threshold_that_was_not_named_is_a_half_and_is_said_so()
    {
        List<AuditWarning> warnings = [];

        PerformanceReport report = MeasurePerformance.Run(
            Table("y,s\n1,0.5\n0,0.2\n"), new PerformanceOptions { Label = "y", Scores = ["s"] }, warnings.Add, default);

        Assert.Equal(1, report.Metrics["accuracy"]);
        Assert.Contains(warnings, warning => warning.Code == "default-threshold");
    }

    [Fact]
    public void Folds_and_groups_have_the_metrics_of_their_own_rows()
    {
        PerformanceReport report = Run(
            Table("y,p,f,g\n1,1,a,x\n0,1,a,\n1,1,b,x\n0,0,b,z\n"),
            new PerformanceOptions { Label = "y", Prediction = "p", Fold = "f", Group = "g" });

        Assert.Equal([("a", 2, 0.5), ("b", 2, 1.0)], report.Folds.Select(fold => (fold.Fold, fold.Count, fold.Metrics["accuracy"]!.Value)));
        Assert.Equal([("x", 2, 1.0), ("z", 1, 1.0)], report.Groups.Select(group => (group.Group, group.Count, group.Metrics["accuracy"]!.Value)));
    }

    // Three classes: recalls 1, 1/2, 0; precisions 2/3, 1, 0.
    [Fact]
    public void Averages_over_classes_follow_from_the_confusion_matrix()
    {
        PerformanceReport report = Run(Table("y,p\na,a\na,a\nb,b\nb,c\nc,a\n"), new PerformanceOptions { Label = "y", Prediction = "p" });

        Assert.Equal("multiclass", report.Task);
        Assert.Equal(0.6, report.Metrics["accuracy"]!.Value, 1e-15);
        Assert.Equal((1 + 0.5 + 0) / 3, report.Metrics["macro_recall"]!.Value, 1e-15);
        Assert.Equal(((2 * 2 / 3.0) + (2 * 1.0)) / 5, report.Metrics["weighted_precision"]!.Value, 1e-15);
        Assert.Equal(0.6, report.Metrics["micro_f1"]!.Value, 1e-15);
    }

    // Errors 1, -1, 2 on 2, 4, 6: mean square 2, spread of the truth 8/3.
    [Fact]
    public void Errors_of_numbers_follow_from_their_definitions()
    {
        PerformanceReport report = Run(
            Table("y,p\n2,3\n4,3\n6,8\n"), new PerformanceOptions { Label = "y", Prediction = "p", Task = PerformanceTask.Regression });

        Assert.Equal(Math.Sqrt(2), report.Metrics["rmse"]!.Value, 1e-15);
        Assert.Equal(4 / 3.0, report.Metrics["mae"]!.Value, 1e-15);
        Assert.Equal(1 - (2 / (8 / 3.0)), report.Metrics["r2"]!.Value, 1e-15);
        Assert.Equal((0.5 + 0.25 + (1 / 3.0)) / 3, report.Metrics["mape"]!.Value, 1e-15);
    }

    [Fact]
    public void A_constant_truth_has_no_r2() =>
        Assert.Null(Run(
            Table("y,p\n5,4\n5,6\n"), new PerformanceOptions { Label = "y", Prediction = "p", Task = PerformanceTask.Regression }).Metrics["r2"]);

    [Theory]
    [InlineData("y,p\nno,1\nyes,0\n", "The prediction column 'p' holds '0', which is no class of 'y' ('no', 'yes').")]
    [InlineData("y,p\na,a\nb,b\n", "Which class of 'y' is positive? Name it with --positive: 'a', 'b'.")]
    [InlineData("y,q\na,a\nb,b\n", "The data has no column 'p'.")]
    [InlineData("y,p\n,1\n,0\n", "No row has a label in 'y'.")]
    public void Refuses_in_one_sentence(string csv, string sentence)
    {
        InputException refusal = Assert.Throws<InputException>(
            () => Run(Table(csv), new PerformanceOptions { Label = "y", Prediction = "p" }));

        Assert.Equal(sentence, refusal.Message);
    }

    [Fact]
    public void Names_the_line_of_a_score_that_is_no_number()
    {
        InputException refusal = Assert.Throws<InputException>(
            () => Run(Table("y,s\n1,0.5\n0,abc\n"), new PerformanceOptions { Label = "y", Scores = ["s"] }));

        Assert.Equal("The column 's' must hold finite numbers. Data row 2 (line 3) holds 'abc'.", refusal.Message);
    }

    private static Table Table(string csv) => CsvTable.Parse(csv);

    private static Table Confusion(int tp, int fp, int tn, int fn) => Table(
        "y,p\n" + Repeat("yes,yes\n", tp) + Repeat("no,yes\n", fp) + Repeat("no,no\n", tn) + Repeat("yes,no\n", fn));

    private static string Repeat(string line, int times) => string.Concat(Enumerable.Repeat(line, times));

    private static PerformanceReport Run(Table table, PerformanceOptions options) =>
        MeasurePerformance.Run(table, options, _ => { }, default);
}
