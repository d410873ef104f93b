using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Comparisons;

public sealed class ComparePredictionsTests
{
    private static readonly PredictionColumns A = new("pa", ["sa"]);
    private static readonly PredictionColumns B = new("pb", ["sb"]);

    // 3 rows only A got right, 1 only B: the exact p of 4 coins of which one or three fall heads or fewer is 2 · 5/16.
    [Fact]
    public void Discordant_rows_and_flips_are_counted_by_hand()
    {
        ComparisonReport report = ComparePredictions.Run(
            CsvTable.Parse("y,pa,pb,g\n1,1,0,u\n1,1,0,u\n0,0,1,u\n1,0,1,v\n1,1,1,v\n0,0,0,v\n0,1,1,u\n"),
            A with { Scores = [] }, B with { Scores = [] }, Options() with { Protected = ["g"], MinGroup = 2 }, _ => { }, default);

        Assert.Equal((3, 1, 2, 1), ((int)report.Discordant!.OnlyA, (int)report.Discordant.OnlyB, (int)report.Discordant.Both, (int)report.Discordant.Neither));
        Assert.Equal(10 / 16.0, report.Discordant.ExactP, 1e-12);
        Assert.Equal(4, report.Flips!.Count);
        Assert.Equal([new FlipMove("0", "1", 2), new FlipMove("1", "0", 2)], report.Flips.Moves);
        GroupFlips u = report.Groups.Single(group => group.Group == "u");
        Assert.Equal((4, 3, 1, 2), (u.Count, u.Flips, u.Gained!.Value, u.Lost!.Value));
        ComparedMetric accuracy = report.Metrics.Single(metric => metric.Name == "accuracy");
        Assert.Equal(-2 / 7.0, accuracy.Difference!.Value, 1e-12);
        Assert.Equal(("mcnemar-mid-p", "undecided"), (accuracy.Test, accuracy.Verdict));
    }

    // R's pROC::roc.test(method = "delong") computes var(A) + var(B) − 2 cov(A, B) of the placements, here by comparing every pair.
    [Fact]
    public void The_test_of_two_areas_is_DeLongs()
    {
        Table rows = Made(150, 0.1);
        double[][] scores = [.. ((string[])["sa", "sb"]).Select(name => ((NumberColumn)rows.Need(name)).Values.ToArray())];
        bool[] positive = [.. Enumerable.Range(0, rows.Rows).Select(row => rows.Need("y").Number(row) == 1)];
        int[] ones = [.. Enumerable.Range(0, rows.Rows).Where(row => positive[row])];
        int[] zeros = [.. Enumerable.Range(0, rows.Rows).Where(row => !positive[row])];
        double[] up = [.. ones.Select(i => zeros.Average(j => Wins(1, i, j)) - zeros.Average(j => Wins(0, i, j)))];
        double[] down = [.. zeros.Select(j => ones.Average(i => Wins(1, i, j)) - ones.Average(i => Wins(0, i, j)))];
        double difference = up.Average();
        double variance = (Spread(up) / up.Length) + (Spread(down) / down.Length);

        ComparisonReport report = ComparePredictions.Run(rows, A, B, Options(), _ => { }, default);

        ComparedMetric area = report.Metrics.Single(metric => metric.Name == "roc_auc");
        Assert.Equal(difference, area.Difference!.Value, 1e-12);
        Assert.Equal(difference - (1.959963984540054 * Math.Sqrt(variance)), area.Interval![0], 1e-9);
        Assert.Equal("delong", area.Test);

        double Wins(int side, int i, int j) => scores[side][i] > scores[side][j] ? 1 : scores[side][i] == scores[side][j] ? 0.5 : 0;
        static double Spread(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);
    }

    [Fact]
    public void A_better_second_version_is_found_better_by_every_interval()
    {
        Table rows = Made(1_500, 0.35);

        foreach (IntervalMethod method in (IntervalMethod[])[IntervalMethod.Analytic, IntervalMethod.Bootstrap])
        {
            ComparisonReport report = ComparePredictions.Run(
                rows, A, B, Options() with { Performance = Options().Performance with { Interval = method, Resamples = 200, Threads = 2 } }, _ => { }, default);

            Assert.All((string[])["accuracy", "roc_auc", "brier", "log_loss", "f1"], name =>
                Assert.Equal("b-better", report.Metrics.Single(metric => metric.Name == name).Verdict));
        }
    }

    [Fact]
    public void Swapping_the_two_turns_every_difference_round()
    {
        Table rows = Made(300, 0.1);

        ComparisonReport forth = ComparePredictions.Run(rows, A, B, Options(), _ => { }, default);
        ComparisonReport back = ComparePredictions.Run(rows, B, A, Options(), _ => { }, default);

        foreach ((ComparedMetric one, ComparedMetric other) in forth.Metrics.Zip(back.Metrics))
        {
            Assert.Equal(one.Difference!.Value, -other.Difference!.Value, 1e-12);
            Assert.Equal(one.Interval?[0] ?? 0, -(other.Interval?[1] ?? 0), 1e-12);
            Assert.Equal(one.PValue ?? 1, other.PValue ?? 1, 1e-12);
        }
    }

    [Fact]
    public void A_version_compared_with_itself_is_the_same()
    {
        ComparisonReport report = ComparePredictions.Run(Made(200, 0.1), A, A, Options(), _ => { }, default);

        Assert.All(report.Metrics, metric => Assert.Equal("same", metric.Verdict));
        Assert.Equal(0, report.Flips!.Count);
        Assert.Equal(1, report.Discordant!.ExactP);
    }

    [Fact]
    public void Rows_that_one_of_them_says_nothing_of_are_left_out_with_a_warning()
    {
        List<AuditWarning> warnings = [];

        ComparisonReport report = ComparePredictions.Run(
            CsvTable.Parse("y,pa,pb\n1,1,0\n1,,0\n0,0,1\n"), A with { Scores = [] }, B with { Scores = [] }, Options(), warnings.Add, default);

        Assert.Equal(2, report.Count);
        Assert.Contains(warnings, warning => warning.Code == "incomplete-rows");
    }

    // Two errors of 1 and 3 against 2 and 2: the squares differ by 10 − 8 over 2.
    [Fact]
    public void Predicted_numbers_are_compared_too()
    {
        ComparisonReport report = ComparePredictions.Run(
            CsvTable.Parse("y,pa,pb\n10,11,12\n20,23,18\n"), A with { Scores = [] }, B with { Scores = [] },
            Options() with { Performance = new PerformanceOptions { Label = "y", Task = PerformanceTask.Regression } }, _ => { }, default);

        Assert.Equal(-1, report.Metrics.Single(metric => metric.Name == "mse").Difference!.Value, 1e-12);
        Assert.Null(report.Flips);
        Assert.Equal(3, report.Scores!.MeanDistance, 1e-12);
    }

    private static ComparisonOptions Options() => new() { Performance = new PerformanceOptions { Label = "y", Positive = "1" } };

    // Scores that know the label a little (A) and by `better` more (B).
    private static Table Made(int rows, double better)
    {
        SeededRandom random = new(rows, 9);
        double[] y = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.4 ? 1.0 : 0.0)];
        double[] noise = [.. y.Select(_ => random.NextDouble())];
        double[] a = [.. y.Select((own, row) => Math.Round((0.25 * own) + (0.75 * noise[row]), 2))];
        double[] b = [.. y.Select((own, row) => Math.Round(((0.25 + better) * own) + ((0.75 - better) * ((0.5 * noise[row]) + (0.5 * random.NextDouble()))), 2))];
        return new Table(
        [
            new NumberColumn("y", y), new NumberColumn("sa", a), new NumberColumn("sb", b),
            new NumberColumn("pa", [.. a.Select(score => score >= 0.5 ? 1.0 : 0)]), new NumberColumn("pb", [.. b.Select(score => score >= 0.5 ? 1.0 : 0)]),
        ]);
    }
}
