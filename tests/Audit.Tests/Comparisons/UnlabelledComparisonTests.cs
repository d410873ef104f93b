using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Comparisons;

public sealed class UnlabelledComparisonTests
{
    private static readonly PredictionColumns A = new("pa", ["sa"]);
    private static readonly PredictionColumns B = new("pb", ["sb"]);

    // 6 of 8 agree, both say 1 of half of the rows: kappa is (0.75 − 0.5) / (1 − 0.5).
    [Fact]
    public void Decisions_are_compared_with_each_other_and_nothing_is_said_of_who_is_right()
    {
        ComparisonReport report = ComparePredictions.Run(
            CsvTable.Parse("pa,pb,g\n1,1,u\n1,1,u\n1,0,u\n0,0,u\n0,0,v\n0,1,v\n1,1,v\n0,0,v\n"), A with { Scores = [] }, B with { Scores = [] },
            Options() with { Protected = ["g"], MinGroup = 2 }, _ => { }, default);

        Assert.False(report.Labelled);
        Assert.Empty(report.Metrics);
        Assert.Null(report.Discordant);
        Assert.Equal((8, 2, 0.25), (report.Count, report.Flips!.Count, report.Flips.Share));
        Assert.Equal(0.5, report.Agreement!.Kappa!.Value, 1e-12);
        Assert.True(report.Agreement.Interval![0] < 0.5 && report.Agreement.Interval[1] > 0.5);
        Assert.Equal([("u", 0, 1), ("v", 1, 0)], report.Groups.Select(group => (group.Group, group.Gained!.Value, group.Lost!.Value)));
        Assert.All(report.Groups, group => Assert.True(group is { AccuracyA: null, AccuracyB: null, FavourableA: not null }));
    }

    // Moves of 0, 0.1 and 0.3: mean 0.1333, standard error √(0.02333 / 3), Student's quantile with 2 degrees of freedom 4.302653 (R: qt(.975, 2)).
    [Fact]
    public void Scores_shift_by_their_mean_with_Students_interval_and_percentiles()
    {
        ScoreShift shift = MeasureShift.Of([0.1, 0.2, 0.3, double.NaN], [0.2, 0.2, 0.6, 0.5], 0.95)!;

        Assert.Equal(0.4 / 3, shift.Mean, 1e-12);
        double half = 4.302652729911275 * Math.Sqrt(0.07 / 3 / 3);
        Assert.Equal(shift.Mean - half, shift.Interval![0], 1e-9);
        Assert.Equal(shift.Mean + half, shift.Interval[1], 1e-9);
        Assert.All(new[] { 0.01, 0.05, 0.1, 0.2, 0.28 }.Zip(shift.Quantiles), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal((3, 0.0, 0.3), (shift.Bins.Sum(bin => bin.Count), shift.Bins[0].From, Math.Round(shift.Bins[^1].To, 12)));
    }

    [Fact]
    public void Rows_that_all_move_alike_have_a_mean_and_no_interval()
    {
        ScoreShift shift = MeasureShift.Of([0.25, 0.5], [0.5, 0.75], 0.95)!;

        Assert.Equal((0.25, 0), (shift.Mean, shift.Bins.Count));
        Assert.Null(shift.Interval);
        Assert.Null(MeasureShift.Of([double.NaN], [1], 0.95));
    }

    [Fact]
    public void Groups_shift_by_their_own_rows()
    {
        Table table = CsvTable.Parse("g,a,b\nu,0.1,0.2\nv,0.5,0.5\nu,0.3,0.6\nv,0.5,0.1\n");
        Column a = table.Need("a"), b = table.Need("b");

        IReadOnlyList<GroupShift> groups = MeasureShift.ByGroup(
            Levels.Of(table.Need("g")), [.. Enumerable.Range(0, 4).Select(a.Number)], [.. Enumerable.Range(0, 4).Select(b.Number)], 0.95);

        Assert.Equal([("u", 2, 0.2), ("v", 2, -0.2)], groups.Select(group => (group.Group, group.Count, Math.Round(group.Mean!.Value, 12))));
    }

    [Fact]
    public void A_label_adds_who_is_right_and_changes_nothing_else()
    {
        Table table = CsvTable.Parse("y,pa,pb,sa,sb,g\n1,1,1,0.9,0.8,u\n0,1,0,0.6,0.4,u\n1,0,1,0.2,0.7,v\n0,0,0,0.1,0.3,v\n0,1,1,0.7,0.9,v\n");
        ComparisonOptions options = Options() with { Protected = ["g"] };

        ComparisonReport without = ComparePredictions.Run(table, A, B, options, _ => { }, default);
        ComparisonReport with = ComparePredictions.Run(table, A, B, options with { Labelled = true, Performance = options.Performance with { Label = "y" } }, _ => { }, default);

        Assert.Equal((with.Flips!.Count, with.Agreement!.Kappa, with.Shift!.Mean, with.Task, with.Positive), (without.Flips!.Count, without.Agreement!.Kappa, without.Shift!.Mean, without.Task, without.Positive));
        Assert.Equal(with.Grid!.Cells, without.Grid!.Cells);
        Assert.Equal(with.Shifts.Select(group => group.Mean), without.Shifts.Select(group => group.Mean));
        Assert.Equal(with.Groups.Select(group => (group.Gained, group.Lost, group.AdjustedPValue)), without.Groups.Select(group => (group.Gained, group.Lost, group.AdjustedPValue)));
        Assert.NotEmpty(with.Metrics);
    }

    [Fact]
    public void A_class_that_neither_ever_says_is_no_fault()
    {
        ComparisonReport report = ComparePredictions.Run(
            CsvTable.Parse("pa,pb,g\n0,0,u\n0,0,v\n"), A with { Scores = [] }, B with { Scores = [] }, Options() with { Protected = ["g"] }, _ => { }, default);

        Assert.Equal(0, report.Flips!.Count);
        Assert.Null(report.Agreement!.Kappa);
        Assert.All(report.Groups, group => Assert.Equal(0.0, group.FavourableA));
    }

    [Fact]
    public void Numbers_have_a_shift_and_no_flips()
    {
        ComparisonReport report = ComparePredictions.Run(
            CsvTable.Parse("pa,pb\n10,12\n20,21\n"), A with { Scores = [] }, B with { Scores = [] },
            Options() with { Performance = new PerformanceOptions { Label = "", Task = PerformanceTask.Regression } }, _ => { }, default);

        Assert.Null(report.Flips);
        Assert.Equal(("regression", 1.5), (report.Task, report.Shift!.Mean));
    }

    private static ComparisonOptions Options() => new()
    {
        Labelled = false,
        Performance = new PerformanceOptions { Label = "", Positive = "1", Task = PerformanceTask.Binary },
    };
}
