using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class ReportPartsTests
{
    private static readonly PerformanceOptions Options = new() { Label = "y", Scores = ["s"], Threshold = 0.5 };

    // 600 of 1,000 rows are positive: to say so of every row is right in 60 % and loses the entropy of 0.6.
    [Fact]
    public void Trivial_baselines_stand_beside_the_predictions()
    {
        PerformanceReport report = Run(Made(1_000, row => row % 5 < 3 ? 1 : 0, (y, u) => y == 1 ? 0.3 + (0.7 * u) : 0.7 * u), Options);

        Baseline majority = Assert.Single(report.Baselines, baseline => baseline.Name == "majority");
        Baseline prior = Assert.Single(report.Baselines, baseline => baseline.Name == "prior");
        Assert.Equal("1", majority.Prediction);
        Assert.Equal(0.6, majority.Metrics["accuracy"]!.Value, 1e-12);
        Assert.Equal(-(0.6 * Math.Log(0.6)) - (0.4 * Math.Log(0.4)), prior.Metrics["log_loss"]!.Value, 1e-12);
        Assert.Equal(0.5, prior.Metrics["roc_auc"]);
        BaselineGain gain = prior.Gains.Single(own => own.Metric == "brier");
        Assert.Equal(0.24 - report.Metrics["brier"]!.Value, gain.Gain, 1e-12);
        Assert.Equal("better", gain.Verdict);
    }

    [Fact]
    public void Scores_that_know_nothing_are_not_found_better_than_the_prior()
    {
        PerformanceReport report = Run(Made(2_000, row => row % 2, (_, u) => u), Options);

        Baseline prior = report.Baselines.Single(baseline => baseline.Name == "prior");
        Assert.Equal("undecided", prior.Gains.Single(gain => gain.Metric == "roc_auc").Verdict);
        Assert.Equal("worse", prior.Gains.Single(gain => gain.Metric == "brier").Verdict);
    }

    // The Brier score is the sum of its parts by construction of the last one, which vanishes when a bin holds one score.
    [Fact]
    public void The_Brier_score_falls_into_reliability_resolution_and_uncertainty()
    {
        PerformanceReport report = Run(Made(500, row => row % 3 == 0 ? 1 : 0, (y, u) => u < 0.5 ? 0.25 : 0.65), Options);

        Assert.Equal(0, report.Metrics["brier_within_bins"]!.Value, 1e-12);
        Assert.Equal(
            report.Metrics["brier"]!.Value,
            report.Metrics["brier_reliability"]!.Value - report.Metrics["brier_resolution"]!.Value + report.Metrics["brier_uncertainty"]!.Value, 1e-12);
    }

    [Fact]
    public void Lift_is_what_the_highest_scores_catch_over_their_share()
    {
        PerformanceReport report = Run(
            Made(100, row => row < 20 ? 1 : 0, (y, u) => y == 1 ? 0.9 : 0.1), Options with { TopShare = 0.1 });

        // The ten highest rows are ten of twenty positives that tie: half of what is to be caught.
        Assert.Equal(0.5, report.Metrics["caught"]!.Value, 1e-12);
        Assert.Equal(5, report.Metrics["lift"]!.Value, 1e-12);
        Assert.Equal(1, report.Metrics["ks"]!.Value, 1e-12);
        Assert.Equal(1, report.Metrics["gini"]!.Value, 1e-12);
        Assert.Equal((0, 0, 1.0), (report.Curve[0].TruePositiveRate, report.Curve[0].FalsePositiveRate, report.Curve[^1].Chosen));
    }

    [Fact]
    public void Folds_have_a_mean_and_parts_are_called_parts()
    {
        Table rows = Made(900, row => row % 2, (y, u) => (0.5 * y) + (0.5 * u));

        PerformanceReport folds = Run(rows, Options with { Fold = "f" });
        PerformanceReport parts = Run(rows, Options with { Parts = 4, Seed = 3 });

        FoldMean mean = folds.FoldMeans.Single(own => own.Metric == "accuracy");
        Assert.Equal(folds.Folds.Average(fold => fold.Metrics["accuracy"]!.Value), mean.Mean, 1e-12);
        Assert.Equal(3, mean.Folds);
        Assert.Contains("no cross-validation", parts.Stability!.Note);
        Assert.Equal([225, 225, 225, 225], parts.Stability.Parts.Select(part => part.Count));
        Assert.Empty(parts.Folds);
    }

    [Theory]
    [InlineData(null, "2024-09-01", 200)]
    [InlineData("2024-06-01", "2024-06-01", 500)]
    public void Later_rows_are_measured_apart(string? split, string expected, int later)
    {
        Table rows = Made(1_000, row => row % 2, (y, u) => (0.4 * y) + (0.6 * u));

        OutOfTime time = Run(rows, Options with { Time = "t", TimeSplit = split }).OutOfTime!;

        Assert.Equal(expected, time.Split);
        Assert.Equal((1_000 - later, later), (time.Earlier.Count, time.Later.Count));
        TimeChange change = time.Changes.Single(own => own.Metric == "roc_auc");
        Assert.Equal(time.Later.Metrics["roc_auc"]!.Value - time.Earlier.Metrics["roc_auc"]!.Value, change.Difference, 1e-12);
        Assert.InRange(0, change.Interval![0], change.Interval[1]);
    }

    [Fact]
    public void A_cut_that_leaves_nothing_earlier_is_refused() => Assert.Equal(
        "Cut at '2020-01-01', the column 't' leaves no row earlier.",
        Assert.Throws<InputException>(() => Run(Made(50, row => row % 2, (_, u) => u), Options with { Time = "t", TimeSplit = "2020-01-01" })).Message);

    [Theory]
    [InlineData(IntervalMethod.Bootstrap)]
    [InlineData(IntervalMethod.Bca)]
    public void Bootstrap_intervals_are_near_the_closed_forms_and_do_not_hang_on_threads(IntervalMethod method)
    {
        Table rows = Made(400, row => row % 3 == 0 ? 1 : 0, (y, u) => (0.35 * y) + (0.65 * u));

        PerformanceReport closed = Run(rows, Options);
        PerformanceReport one = Run(rows, Options with { Interval = method, Resamples = 400, Threads = 1 });
        PerformanceReport two = Run(rows, Options with { Interval = method, Resamples = 400, Threads = 2 });

        Assert.Equal(one.Intervals.SelectMany(pair => pair.Value), two.Intervals.SelectMany(pair => pair.Value));
        foreach (string metric in (string[])["accuracy", "f1", "mcc", "kappa", "balanced_accuracy", "roc_auc", "average_precision", "log_loss", "brier"])
        {
            double width = closed.Intervals[metric][1] - closed.Intervals[metric][0];
            Assert.Equal(closed.Intervals[metric][0], one.Intervals[metric][0], 0.25 * width);
            Assert.Equal(closed.Intervals[metric][1], one.Intervals[metric][1], 0.25 * width);
        }
    }

    private static PerformanceReport Run(Table table, PerformanceOptions options) => MeasurePerformance.Run(table, options, _ => { }, default);

    // Labels by row, scores by label and a seeded uniform number, three folds, ten months.
    private static Table Made(int rows, Func<int, int> label, Func<int, double, double> score)
    {
        SeededRandom random = new(rows, 5);
        double[] y = [.. Enumerable.Range(0, rows).Select(row => (double)label(row))];
        return new Table(
        [
            new NumberColumn("y", y),
            new NumberColumn("s", [.. y.Select(own => score((int)own, random.NextDouble()))]),
            new NumberColumn("f", [.. y.Select((_, row) => (double)(row % 3))]),
            TextColumn.Of("t", [.. y.Select((_, row) => $"2024-{1 + (row * 10 / rows):00}-01")]),
        ]);
    }
}
