using Governance.Audit.CrossValidation;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.CrossValidation;

public sealed class CrossValidateTests
{
    [Theory]
    [InlineData(TrainedKind.Logistic)]
    [InlineData(TrainedKind.Trees)]
    [InlineData(TrainedKind.Mlp)]
    public void Every_kind_learns_what_there_is_to_learn_and_beats_the_baseline(TrainedKind kind)
    {
        CrossValidationReport report = Run(Made(500), Options(kind));

        Assert.Equal(("binary", "yes", "stratified", 4), (report.Task, report.Positive, report.Scheme, report.Folds.Count));
        Assert.True(Mean(report.Means, "roc_auc").Mean > 0.8, $"{Mean(report.Means, "roc_auc").Mean}");
        Assert.Equal(0.5, Mean(report.BaselineMeans, "roc_auc").Mean, 1e-12);
        Assert.True(Mean(report.Gains, "log_loss").Interval![0] > 0);
        Assert.Equal(500, report.Folds.Sum(fold => fold.Test));
        Assert.All(report.Folds, fold => Assert.Equal(500, fold.Train + fold.Test));
    }

    [Fact]
    public void Labels_that_hang_on_nothing_are_not_learned()
    {
        SeededRandom random = new(4, 0);
        Table rows = new(
        [
            new NumberColumn("x", [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())]),
            TextColumn.Of("y", [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() < 0.5 ? "yes" : "no")]),
        ]);

        CrossValidationReport report = Run(rows, Options(TrainedKind.Logistic));

        FoldMean area = Mean(report.Means, "roc_auc");
        Assert.InRange(0.5, area.Interval![0], area.Interval[1]);
    }

    [Fact]
    public void Threads_and_the_order_of_folds_change_nothing()
    {
        Table rows = Made(200);
        CrossValidationOptions options = Options(TrainedKind.Trees) with { Repeats = 2, Seed = 7 };

        CrossValidationReport one = Run(rows, options with { Threads = 1 });
        CrossValidationReport two = Run(rows, options with { Threads = 2 });
        CrossValidationReport other = Run(rows, options with { Seed = 8 });

        Assert.Equal(one.Means.Select(mean => (mean.Metric, mean.Mean)), two.Means.Select(mean => (mean.Metric, mean.Mean)));
        Assert.NotEqual(Mean(one.Means, "log_loss").Mean, Mean(other.Means, "log_loss").Mean);
        Assert.Equal(8, one.Folds.Count);
    }

    // Each of 40 persons has five rows and a label of its own, which their number gives away: only where no person is on
    // both sides does the model know nothing.
    [Fact]
    public void Whole_groups_stay_in_one_fold()
    {
        SeededRandom random = new(5, 0);
        double[] person = [.. Enumerable.Range(0, 200).Select(row => (double)(row / 5))];
        bool[] label = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble() < 0.5)];
        Table rows = new(
        [
            new NumberColumn("person", person),
            TextColumn.Of("code", [.. person.Select(own => $"p{own}")]),
            TextColumn.Of("y", [.. person.Select(own => label[(int)own] ? "yes" : "no")]),
        ]);

        CrossValidationReport torn = Run(rows, Options(TrainedKind.Logistic) with { Features = ["code"] });
        CrossValidationReport whole = Run(rows, Options(TrainedKind.Logistic) with { Features = ["code"], Group = "person" });

        Assert.True(Mean(torn.Means, "roc_auc").Mean > 0.95);
        Assert.True(torn.Folds.Sum(fold => fold.Repeated) > 150);
        Assert.Equal("grouped", whole.Scheme);
        Assert.Equal(0, whole.Folds.Sum(fold => fold.Repeated));
        Assert.Equal(0.5, Mean(whole.Means, "roc_auc").Mean, 1e-9);
    }

    [Fact]
    public void In_time_every_row_is_tried_on_what_came_before()
    {
        Table rows = Made(300);

        CrossValidationReport report = Run(rows, Options(TrainedKind.Logistic) with { Time = "day", Folds = 4 });

        Assert.Equal("forward-in-time", report.Scheme);
        Assert.Equal([60, 120, 180, 240], report.Folds.Select(fold => fold.Train));
        Assert.All(report.Folds, fold => Assert.Equal(60, fold.Test));
        Assert.Equal(240, report.OutOfFold!.Rows);
    }

    // A level that only the tried rows have would be a feature of its own if the columns were fitted on all rows.
    [Fact]
    public void Columns_are_fitted_on_training_rows_alone()
    {
        Column[] columns = [TextColumn.Of("c", ["a", "b", "a", "z", null]), new NumberColumn("n", [1, 2, double.NaN, 100, 5])];

        FittedColumns fitted = FittedColumns.Of(columns, [0, 1, 2], takesMissing: false, mostLevels: 10);

        Assert.Equal(["c=a", "c=b", "n", "n is missing"], fitted.Names);
        Assert.Equal([0, 0, 100, 0, 0, 0, 5, 0], fitted.Encode([3, 4], null).Values);
        Assert.Equal([1, 0, 1.5f, 1], fitted.Encode([2], null).Values);
    }

    [Fact]
    public void Out_of_fold_predictions_give_the_same_folds_when_measured()
    {
        CrossValidationReport report = Run(Made(240), Options(TrainedKind.Trees));

        PerformanceReport measured = MeasurePerformance.Run(
            report.OutOfFold!,
            new PerformanceOptions { Label = "y", Positive = "yes", Prediction = "prediction", Scores = ["score"], Fold = "fold" }, _ => { }, default);

        Assert.Equal(Mean(report.Means, "roc_auc").Mean, Mean(measured.FoldMeans, "roc_auc").Mean, 1e-12);
        Assert.Equal(Mean(report.Means, "roc_auc").Interval![0], Mean(measured.FoldMeans, "roc_auc").Interval![0], 1e-9);
    }

    [Fact]
    public void Numbers_and_several_classes_are_learned_too()
    {
        SeededRandom random = new(6, 0);
        double[] x = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())];
        Table rows = new(
        [
            new NumberColumn("x", x),
            new NumberColumn("value", [.. x.Select(own => (3 * own) + (0.1 * random.NextDouble()))]),
            TextColumn.Of("third", [.. x.Select(own => own < 0.33 ? "low" : own < 0.67 ? "middle" : "high")]),
        ]);

        CrossValidationReport numbers = Run(rows, Options(TrainedKind.Trees) with { Performance = new PerformanceOptions { Label = "value" }, Features = ["x"] });
        CrossValidationReport classes = Run(rows, Options(TrainedKind.Logistic) with { Performance = new PerformanceOptions { Label = "third" }, Features = ["x"], Penalty = 0.01 });

        Assert.True(Mean(numbers.Means, "r2").Mean > 0.9);
        Assert.Equal("multiclass", classes.Task);
        Assert.True(Mean(classes.Means, "accuracy").Mean > 0.85);
    }

    [Theory]
    [InlineData("The number of folds must lie between 2 and 100.", "y", 1, TrainedKind.Trees, null)]
    [InlineData("Logistic regression learns classes: for numbers take --kind trees or mlp.", "x", 4, TrainedKind.Logistic, null)]
    [InlineData("The data has no column 'nobody'.", "y", 4, TrainedKind.Trees, "nobody")]
    public void Refuses_in_one_sentence(string sentence, string label, int folds, TrainedKind kind, string? group) =>
        Assert.Equal(sentence, Assert.Throws<InputException>(() => Run(Made(60), Options(kind) with
        {
            Performance = new PerformanceOptions { Label = label, Positive = label == "y" ? "yes" : null },
            Folds = folds,
            Group = group,
        })).Message);

    private static CrossValidationOptions Options(TrainedKind kind) => new()
    {
        Performance = new PerformanceOptions { Label = "y", Positive = "yes" },
        Kind = kind,
        Folds = 4,
        Threads = 2,
    };

    private static CrossValidationReport Run(Table table, CrossValidationOptions options) =>
        CrossValidate.Run(table, options, _ => { }, null, default);

    private static FoldMean Mean(IReadOnlyList<FoldMean> means, string metric) => means.Single(mean => mean.Metric == metric);

    // A number, a text and a label that hangs on both; missing cells, days in order.
    private static Table Made(int rows)
    {
        SeededRandom random = new(rows, 3);
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        string[] colour = [.. x.Select(_ => random.NextDouble() < 0.5 ? "red" : "blue")];
        return new Table(
        [
            new NumberColumn("x", [.. x.Select((own, row) => row % 17 == 0 ? double.NaN : own)]),
            TextColumn.Of("colour", colour),
            TextColumn.Of("day", [.. x.Select((_, row) => $"{2020 + (row / 360):0000}-{1 + (row / 30 % 12):00}-{1 + (row % 30):00}")]),
            TextColumn.Of("y", [.. x.Select((own, row) => random.NextDouble() < 1 / (1 + Math.Exp(-8 * (own - 0.5 + (colour[row] == "red" ? 0.3 : -0.3)))) ? "yes" : "no")]),
        ]);
    }
}
