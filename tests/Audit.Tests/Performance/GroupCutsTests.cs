using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class GroupCutsTests
{
    // Every cut of every group against counting the rows one by one: ties, missing scores, labels and groups, weights.
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Counts_what_counting_row_by_row_gives(int seed, bool weighted)
    {
        (double[] score, sbyte[] label, double[] weight, int[] group) = Rows(seed, 400, weighted);

        GroupCuts cuts = GroupCuts.Of(score, label, weight, group, 3);

        foreach (double cut in score.Where(value => !double.IsNaN(value)).Distinct().Concat([0.05, 0.33, -1, 2, double.PositiveInfinity, double.NegativeInfinity]))
        {
            for (int code = -1; code < 3; code++)
            {
                Same(Counted(score, label, weight, row => group[row] == code, cut), (code < 0 ? cuts.WithoutGroup : cuts.Groups[code]).At(cut));
            }

            Same(Counted(score, label, weight, _ => true, cut), cuts.All.At(cut));
        }

        Assert.Equal(score.Count(double.IsNaN), cuts.WithoutScore);
    }

    [Fact]
    public void The_cut_of_a_share_is_the_highest_that_decides_so_many()
    {
        (double[] score, sbyte[] label, _, _) = Rows(5, 300, weighted: false);
        CutTable all = GroupCuts.Of(score, label, [], [], 0).All;

        foreach (double share in (double[])[0.001, 0.1, 0.25, 0.5, 0.999, 1])
        {
            double cut = all.CutOfShare(share);
            int place = all.PlaceOf(cut);
            Assert.True(all.At(cut).PredictedPositive.Rows >= (share * all.Rows) - 1e-9);
            Assert.True(all.AtPlace(place - 1).PredictedPositive.Rows < share * all.Rows);
        }

        Assert.Equal(double.PositiveInfinity, all.CutOfShare(0));
    }

    [Fact]
    public void Steps_never_tell_of_fewer_rows_than_asked()
    {
        (double[] score, sbyte[] label, _, _) = Rows(6, 250, weighted: false);
        CutTable all = GroupCuts.Of(score, label, [], [], 0).All;

        CutTable steps = all.InSteps(10);

        int before = 0;
        for (int place = 1; place <= steps.Places; place++)
        {
            int rows = steps.AtPlace(place).PredictedPositive.Rows;
            Assert.True(rows - before >= 10);
            Assert.Equal(all.At(steps.Cuts[place - 1]), steps.AtPlace(place));
            before = rows;
        }

        Assert.Equal(all.Rows, before);
        Assert.Equal(1, all.InSteps(1_000).Places);
    }

    [Fact]
    public void Places_for_curves_go_from_nobody_to_everybody()
    {
        (double[] score, sbyte[] label, _, _) = Rows(7, 500, weighted: false);
        CutTable all = GroupCuts.Of(score, label, [], [], 0).All;

        IReadOnlyList<int> places = all.Spread(21);

        Assert.InRange(places.Count, 15, 21);
        Assert.Equal(0, places[0]);
        Assert.Equal(all.Places, places[^1]);
        Assert.Equal(places.Distinct().Order(), places);
    }

    [Fact]
    public void No_rows_have_one_place_where_nobody_is_chosen()
    {
        CutTable none = GroupCuts.Of([], [], [], [], 0).All;

        Assert.Equal(0, none.Places);
        Assert.Equal(default, none.At(0.5));
        Assert.Equal([0], none.Spread(5));
        Assert.Throws<ArgumentException>("label", () => GroupCuts.Of([0.1], [], [], [], 0));
    }

    private static Outcomes Counted(double[] score, sbyte[] label, double[] weight, Func<int, bool> belongs, double cut)
    {
        int[] rows = [.. Enumerable.Range(0, score.Length).Where(row => !double.IsNaN(score[row]) && belongs(row))];
        Outcomes[] counted = new Outcomes[1];
        CountOutcomes.Compute(
            Array.ConvertAll(rows, row => label[row]), Array.ConvertAll(rows, row => (sbyte)(score[row] >= cut ? 1 : 0)),
            weight.Length == 0 ? [] : Array.ConvertAll(rows, row => weight[row]), [], counted);
        return counted[0];
    }

    // Counts are equal; sums of weights in another order differ by rounding.
    private static void Same(Outcomes expected, Outcomes actual)
    {
        OutcomeCell[] a = [expected.TruePositives, expected.FalsePositives, expected.TrueNegatives, expected.FalseNegatives, expected.UnlabelledPositives, expected.UnlabelledNegatives];
        OutcomeCell[] b = [actual.TruePositives, actual.FalsePositives, actual.TrueNegatives, actual.FalseNegatives, actual.UnlabelledPositives, actual.UnlabelledNegatives];
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(a[i].Rows, b[i].Rows);
            Assert.Equal(a[i].Weight, b[i].Weight, 1e-9);
            Assert.Equal(a[i].SquaredWeight, b[i].SquaredWeight, 1e-9);
        }
    }

    private static (double[] Score, sbyte[] Label, double[] Weight, int[] Group) Rows(int seed, int rows, bool weighted)
    {
        Random random = new(seed);
        return (
            [.. Enumerable.Range(0, rows).Select(row => row % 37 == 5 ? double.NaN : Math.Round(random.NextDouble(), row % 2 == 0 ? 1 : 3))],
            [.. Enumerable.Range(0, rows).Select(_ => (sbyte)(random.Next(10) == 0 ? -1 : random.Next(2)))],
            weighted ? [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() * 3)] : [],
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) - 1)]);
    }
}
