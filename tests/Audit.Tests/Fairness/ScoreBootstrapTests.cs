using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Tests.Fairness;

public sealed class ScoreBootstrapTests
{
    // The sweep over counts against measuring the same rows with the counts as weights: ties, missing labels and scores included.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sweep_over_counts_is_measuring_the_rows_anew(bool weighted)
    {
        (BinaryDecisions decisions, int[] codes) = Random(400, weighted);
        int[] order = RankOrder.Ascending(decisions.Score);
        ScoreArrangement arranged = new(decisions, order, codes, 3, true);
        SeededRandom random = new(5, 0);
        byte[] counts = new byte[decisions.Rows];
        ResampleCounts.Add(ref random, counts.Length, counts);

        // Which place a row got: the arrangement sorts by group and score, the rows without a score last.
        int[] places = Places(decisions, codes, order);
        double[] weights = new double[decisions.Rows];
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = counts[places[row]] * (weighted ? decisions.Weight[row] : 1);
        }

        MeasuredRows anew = new BinaryRows(decisions, true).Reweighted(weights);
        IReadOnlyList<GroupFigures> groups = anew.Count(codes, ["a", "b", "c"]);
        GroupFigures all = anew.Count([], [""])[0];
        string[] names = [.. BinaryFigures.All, "mean_score", "roc_auc", "brier", "log_loss"];
        double[] figures = new double[names.Length];
        ScoreSums sum = default;
        for (int group = 0; group <= 3; group++)
        {
            ScoreSums own = arranged.Sweep(group, counts);
            sum.Add(own);
            if (group < 3)
            {
                own.Write(false, figures);
                Compare(names, figures, groups[group]);
            }
        }

        sum.Area = arranged.AreaOfAll(counts);
        sum.Write(false, figures);
        Compare(names, figures, all);
    }

    [Fact]
    public void Threads_change_nothing_and_intervals_come_near_the_closed_forms()
    {
        (BinaryDecisions decisions, int[] codes) = Random(3_000, weighted: false);
        Levels groups = Levels.Of(new NumberColumn("g", Array.ConvertAll(codes, code => code < 0 ? double.NaN : code)));
        FairnessOptions options = new() { Protected = ["g"], Interval = FairnessInterval.Bca, Resamples = 400, Seed = 3 };

        FairnessReport one = MeasureFairness.Run(decisions, [groups], options, _ => { }, default);
        FairnessReport two = MeasureFairness.Run(decisions, [groups], options with { Threads = 3 }, _ => { }, default);
        FairnessReport closed = MeasureFairness.Run(decisions, [groups], options with { Interval = FairnessInterval.Wilson }, _ => { }, default);

        foreach (string metric in (string[])["selection_rate", "tpr", "mean_score", "roc_auc"])
        {
            IReadOnlyList<double> ends = one.Attributes[0].Groups[0].Intervals[metric];
            Assert.Equal(ends, two.Attributes[0].Groups[0].Intervals[metric]);
            Assert.Equal(closed.Attributes[0].Groups[0].Intervals[metric][0], ends[0], 0.02);
            Assert.Equal(closed.Attributes[0].Groups[0].Intervals[metric][1], ends[1], 0.02);
        }

        Assert.Equal(one.Attributes[0].SummaryIntervals["demographic_parity_difference"], two.Attributes[0].SummaryIntervals["demographic_parity_difference"]);
    }

    // Three alike groups: a plain percentile bootstrap of max − min never holds 0, these summaries do.
    [Fact]
    public void Summaries_of_alike_groups_hold_zero_and_are_no_wider_than_bonferroni()
    {
        (BinaryDecisions decisions, int[] codes) = Random(1_500, weighted: false);
        Levels groups = Levels.Of(new NumberColumn("g", Array.ConvertAll(codes, code => code < 0 ? double.NaN : code)));
        FairnessOptions options = new() { Protected = ["g"], Interval = FairnessInterval.Bootstrap, Resamples = 500 };

        IReadOnlyDictionary<string, IReadOnlyList<double>> resampled =
            MeasureFairness.Run(decisions, [groups], options, _ => { }, default).Attributes[0].SummaryIntervals;
        IReadOnlyDictionary<string, IReadOnlyList<double>> bonferroni =
            MeasureFairness.Run(decisions, [groups], options with { Interval = FairnessInterval.Wilson }, _ => { }, default).Attributes[0].SummaryIntervals;

        foreach (string name in (string[])["demographic_parity_difference", "equalized_odds_difference", "roc_auc_difference"])
        {
            Assert.Equal(0, resampled[name][0], 1e-12);
            Assert.InRange(resampled[name][1], 0, bonferroni[name][1] + 1e-12);
        }
    }

    private static void Compare(string[] names, double[] figures, GroupFigures expected)
    {
        for (int i = 0; i < names.Length; i++)
        {
            Assert.True(
                expected[names[i]].Value.Equals(figures[i]) || Math.Abs(expected[names[i]].Value - figures[i]) < 1e-9,
                $"{names[i]}: {expected[names[i]].Value} {figures[i]}");
        }
    }

    private static int[] Places(BinaryDecisions decisions, int[] codes, int[] order)
    {
        int[] sorted = [.. order, .. Enumerable.Range(0, decisions.Rows).Where(row => double.IsNaN(decisions.Score[row]))];
        int[] byGroup = [.. sorted.Select((row, rank) => (row, rank)).OrderBy(pair => codes[pair.row] < 0 ? 3 : codes[pair.row]).ThenBy(pair => pair.rank).Select(pair => pair.row)];
        int[] places = new int[byGroup.Length];
        for (int place = 0; place < byGroup.Length; place++)
        {
            places[byGroup[place]] = place;
        }

        return places;
    }

    private static (BinaryDecisions Decisions, int[] Codes) Random(int rows, bool weighted)
    {
        SeededRandom random = new(21, rows);
        sbyte[] label = new sbyte[rows];
        sbyte[] prediction = new sbyte[rows];
        double[] score = new double[rows];
        double[] weight = new double[rows];
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            score[row] = random.NextBelow(40) == 0 ? double.NaN : Math.Round(random.NextDouble(), 2);
            label[row] = (sbyte)(random.NextBelow(30) == 0 ? -1 : random.NextDouble() < 0.3 + (0.4 * score[row]) ? 1 : 0);
            prediction[row] = (sbyte)(score[row] >= 0.5 ? 1 : 0);
            weight[row] = 0.5 + random.NextDouble();
            codes[row] = random.NextBelow(25) == 0 ? -1 : random.NextBelow(3);
        }

        return (new BinaryDecisions("yes", "no", label, prediction, score, weighted ? weight : null), codes);
    }
}
