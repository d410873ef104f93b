using Governance.Audit.Mitigation;

namespace Governance.Audit.Tests.Mitigation;

public sealed class ThresholdSearchTests
{
    private static readonly (string, int, double, double)[] Three = [("a", 60, 0.1, 0.5), ("b", 45, -0.1, 0.35), ("c", 40, 0, 0.6)];

    // 4 rows: 0.9 +, 0.7 -, 0.6 +, 0.2 -. By hand: TPR and FPR at each threshold.
    [Fact]
    public void A_curve_counts_each_threshold_midway_between_scores()
    {
        GroupCurve curve = GroupCurve.Of("g", [0.2, 0.6, 0.7, 0.9], [0, 1, 0, 1], [], inverted: false);

        Assert.Equal([0, 0.5, 0.5, 1, 1], curve.Points.Select(point => point.Counts.Tpr));
        Assert.Equal([0, 0, 0.5, 0.5, 1], curve.Points.Select(point => point.Counts.Fpr));
        Assert.Equal([null, 0.8, 0.65, 0.4, null], curve.Points.Select(point => point.Rule.Threshold is double t ? Math.Round(t, 12) : (double?)null));
    }

    [Fact]
    public void A_threshold_between_neighbouring_floating_point_numbers_still_parts_them()
    {
        double low = 0.3;
        double high = Math.BitIncrement(low);

        GroupCurve curve = GroupCurve.Of("g", [low, high], [0, 1], [], inverted: false);

        Assert.True(curve.Points[1].Rule.Holds(high));
        Assert.False(curve.Points[1].Rule.Holds(low));
    }

    [Theory]
    [InlineData(ParityConstraint.DemographicParity)]
    [InlineData(ParityConstraint.EqualOpportunity)]
    [InlineData(ParityConstraint.FprParity)]
    [InlineData(ParityConstraint.FnrParity)]
    [InlineData(ParityConstraint.TnrParity)]
    [InlineData(ParityConstraint.EqualizedOdds)]
    public void Chance_makes_the_constrained_rates_equal(ParityConstraint constraint)
    {
        ThresholdFit fit = RandomisedThresholds.Fit(Samples.Curves(Samples.Scored(1, Three)), Search(constraint, 0));

        Assert.True(Confusion.Disparity(fit.Expected, constraint) < 1e-12);
    }

    [Theory]
    [InlineData(ParityConstraint.DemographicParity, 0.05)]
    [InlineData(ParityConstraint.EqualizedOdds, 0.05)]
    [InlineData(ParityConstraint.EqualizedOdds, 0.2)]
    public void A_tolerance_is_kept_and_never_costs(ParityConstraint constraint, double tolerance)
    {
        IReadOnlyList<GroupCurve> curves = Samples.Curves(Samples.Scored(2, Three));

        ThresholdFit strict = RandomisedThresholds.Fit(curves, Search(constraint, 0));
        ThresholdFit loose = RandomisedThresholds.Fit(curves, Search(constraint, tolerance));

        Assert.InRange(Confusion.Disparity(loose.Expected, constraint), 0, tolerance + 1e-9);
        Assert.True(Accuracy(loose) >= Accuracy(strict) - 1e-9);
    }

    // Without a bound each group takes its own best threshold, which needs no chance.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_bound_each_group_takes_its_most_accurate_threshold(bool randomised)
    {
        IReadOnlyList<GroupCurve> curves = Samples.Curves(Samples.Scored(3, Three));
        ThresholdSearch search = Search(ParityConstraint.EqualizedOdds, 1);

        ThresholdFit fit = randomised ? RandomisedThresholds.Fit(curves, search) : DeterministicThresholds.Fit(curves, search);

        for (int group = 0; group < curves.Count; group++)
        {
            Assert.Equal(curves[group].Points.Max(point => point.Counts.Accuracy), fit.Expected[group].Accuracy, 1e-12);
        }
    }

    [Theory]
    [InlineData(ParityConstraint.DemographicParity, 0.02)]
    [InlineData(ParityConstraint.DemographicParity, 0.1)]
    [InlineData(ParityConstraint.FprParity, 0.05)]
    [InlineData(ParityConstraint.EqualizedOdds, 0.05)]
    [InlineData(ParityConstraint.EqualizedOdds, 0.15)]
    public void Single_thresholds_are_the_best_of_all_combinations(ParityConstraint constraint, double tolerance)
    {
        IReadOnlyList<GroupCurve> curves = Samples.Curves(Samples.Scored(4, ("a", 25, 0.1, 0.5), ("b", 18, -0.1, 0.4), ("c", 15, 0, 0.6)));

        ThresholdFit fit = DeterministicThresholds.Fit(curves, Search(constraint, tolerance));

        double best = 0;
        foreach (CurvePoint a in curves[0].Points)
        {
            foreach (CurvePoint b in curves[1].Points)
            {
                foreach (CurvePoint c in curves[2].Points)
                {
                    Confusion[] all = [a.Counts, b.Counts, c.Counts];
                    best = Confusion.Disparity(all, constraint) <= tolerance + 1e-12 ? Math.Max(best, all.Aggregate(Confusion.Add).Accuracy) : best;
                }
            }
        }

        Assert.InRange(Confusion.Disparity(fit.Expected, constraint), 0, tolerance + 1e-9);
        Assert.Equal(best, Accuracy(fit), 1e-12);
        Assert.All(fit.Rules, rule => Assert.False(rule.IsRandomised));
    }

    // A mixture can do whatever single thresholds can.
    [Theory]
    [InlineData(ParityConstraint.DemographicParity)]
    [InlineData(ParityConstraint.EqualizedOdds)]
    public void Chance_is_never_worse_than_single_thresholds(ParityConstraint constraint)
    {
        IReadOnlyList<GroupCurve> curves = Samples.Curves(Samples.Scored(5, Three));
        ThresholdSearch search = Search(constraint, 0.1);

        Assert.True(Accuracy(RandomisedThresholds.Fit(curves, search)) >= Accuracy(DeterministicThresholds.Fit(curves, search)) - 2e-3);
    }

    [Fact]
    public void The_order_of_groups_and_rows_does_not_matter()
    {
        (double[] scores, sbyte[] labels, string[] groups) = Samples.Draw(6, Three);
        int[] turned = [.. Enumerable.Range(0, scores.Length).Reverse()];
        ScoredGroups own = Samples.Scored((scores, labels, groups), 1);
        ScoredGroups other = Samples.Scored(([.. turned.Select(row => scores[row])], [.. turned.Select(row => labels[row])], [.. turned.Select(row => groups[row])]), 1);

        ThresholdFit first = RandomisedThresholds.Fit(Samples.Curves(own), Search(ParityConstraint.EqualizedOdds, 0));
        ThresholdFit second = RandomisedThresholds.Fit(Samples.Curves(other), Search(ParityConstraint.EqualizedOdds, 0));

        Assert.Equal(first.Expected, second.Expected);
        Assert.Equal(first.Rules.SelectMany(rule => rule.Rules), second.Rules.SelectMany(rule => rule.Rules));
    }

    [Fact]
    public void Costs_move_the_thresholds()
    {
        IReadOnlyList<GroupCurve> curves = Samples.Curves(Samples.Scored(7, Three));
        ThresholdSearch cheap = new(ParityConstraint.DemographicParity, MitigationObjective.Cost, new ErrorCosts(1, 9), 0, 1_000);
        ThresholdSearch dear = cheap with { Costs = new ErrorCosts(9, 1) };

        double generous = RandomisedThresholds.Fit(curves, cheap).X;
        double sparing = RandomisedThresholds.Fit(curves, dear).X;

        Assert.True(generous > sparing + 0.3);
    }

    [Fact]
    public void The_cost_of_equal_errors_is_the_share_of_errors()
    {
        Confusion counts = new(30, 10, 50, 50);

        Assert.Equal(counts.Accuracy - 1, counts.Objective(MitigationObjective.Cost, ErrorCosts.Equal), 1e-15);
    }

    private static ThresholdSearch Search(ParityConstraint constraint, double tolerance) =>
        new(constraint, MitigationObjective.Accuracy, ErrorCosts.Equal, tolerance, 1_000);

    private static double Accuracy(ThresholdFit fit) => fit.Expected.Aggregate(Confusion.Add).Accuracy;
}
