using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Fairness;
using Governance.Audit.Mitigation;

namespace Governance.Audit.Tests.Mitigation;

public sealed class MitigateDecisionsTests
{
    private static readonly (string, int, double, double)[] Two = [("a", 3_000, 0.08, 0.5), ("b", 2_000, -0.08, 0.4)];
    private static readonly MitigationOptions Options = new() { Method = MitigationMethod.Threshold, Seed = 3, FrontierPoints = 6 };

    [Theory]
    [InlineData(ParityConstraint.DemographicParity, "demographic_parity_difference")]
    [InlineData(ParityConstraint.EqualOpportunity, "equal_opportunity_difference")]
    [InlineData(ParityConstraint.EqualizedOdds, "equalized_odds_difference")]
    public void Held_out_rows_are_decided_more_alike(ParityConstraint constraint, string summary)
    {
        MitigationReport report = Run(Samples.Scored(11, Two), Options with { Constraint = constraint });

        Assert.True(report.After.Disparity < report.Before.Disparity / 2);
        Assert.Equal(report.After.Disparity!.Value, report.After.Summary[summary]!.Value, 1e-12);
        Assert.InRange(report.After.Disparity.Value, 0, 0.09); // 900 and 600 rows: noise of about 0.03
    }

    [Fact]
    public void A_seeded_part_of_each_group_and_class_is_kept_for_judging()
    {
        ScoredGroups rows = Samples.Scored(12, Two);

        (int[] fit, int[] held) = rows.Split(0.3, 5);
        (int[] again, int[] _) = rows.Split(0.3, 5);
        (int[] other, int[] _) = rows.Split(0.3, 6);

        Assert.Equal(Enumerable.Range(0, 5_000), fit.Concat(held).Order());
        Assert.Equal(fit, again);
        Assert.NotEqual(fit, other);
        foreach (int group in (int[])[0, 1])
        {
            foreach (sbyte label in (sbyte[])[0, 1])
            {
                double Share(int[] part) => part.Count(row => rows.Groups.Codes[row] == group && rows.Decisions.Label[row] == label);
                Assert.Equal(0.3, Share(held) / (Share(held) + Share(fit)), 0.001);
            }
        }
    }

    [Fact]
    public void Before_is_what_fairness_measures_on_the_same_rows()
    {
        ScoredGroups rows = Samples.Scored(13, Two);
        ScoredGroups other = Samples.Scored(14, Two);

        MitigationReport report = Run(rows, Options, other);
        FairnessReport fairness = MeasureFairness.Run(other.Decisions, [other.Groups], new FairnessOptions { Protected = ["group"] }, _ => { }, default);

        Assert.Equal(new HeldOutRows("file", null, null, 5_000, 5_000), report.HeldOut);
        Assert.Equal(fairness.Attributes[0].Groups.Select(group => group.Metrics["tpr"]), report.Before.Groups.Select(group => group.Metrics["tpr"]));
        foreach (GroupChange change in report.Changes)
        {
            GroupMetrics Of(MitigatedSide side) => change.Group.Length == 0 ? side.Overall : side.Groups.First(group => group.Group == change.Group);
            Assert.Equal(Of(report.Before).Metrics[change.Metric]!.Value, change.Before!.Value, 1e-12);
            Assert.Equal(Of(report.After).Metrics[change.Metric]!.Value, change.After!.Value, 1e-12);
            Assert.Equal(change.After.Value - change.Before.Value, change.Difference!.Value, 1e-12);
            Assert.InRange(change.Difference.Value, change.Interval![0], change.Interval[1]);
        }
    }

    [Fact]
    public void The_same_again_gives_the_same_rules_and_the_same_key()
    {
        MitigationReport first = Run(Samples.Scored(15, Two), Options);
        MitigationReport second = Run(Samples.Scored(15, Two), Options);
        MitigationReport other = Run(Samples.Scored(15, Two), Options with { Seed = 4 });

        Assert.Equal(GroupThresholdsJson.Write(first.Step!).ToJsonString(), GroupThresholdsJson.Write(second.Step!).ToJsonString());
        Assert.NotEqual(first.Step!.Key, other.Step!.Key);
    }

    [Fact]
    public void Groups_that_cannot_be_judged_keep_the_common_threshold()
    {
        List<AuditWarning> warnings = [];
        ScoredGroups rows = Samples.Scored(16, [.. Two, ("tiny", 20, 0, 0.5), ("all", 200, 0, 1.1)]);

        MitigationReport report = MitigateDecisions.Run(rows, rows, 0.5, Options, warnings.Add, default);

        Assert.Equal([("all", "labels of one class only"), ("tiny", "fewer than 30 labelled rows to fit on")], report.LeftOut.Select(group => (group.Group, group.Reason)));
        Assert.Equal(["a", "b"], report.Thresholds.Select(rule => rule.Group));
        Assert.Equal(2, warnings.Count(warning => warning.Code == "group-left-out"));
        Assert.All(report.Changes.Where(change => change.Group is "tiny" or "all"), change => Assert.True(change.Difference is null or 0));
    }

    [Fact]
    public void The_frontier_goes_from_the_most_accurate_to_the_fairest()
    {
        IReadOnlyList<FrontierPoint> frontier = Run(Samples.Scored(17, Two), Options with { Constraint = ParityConstraint.EqualizedOdds }).Frontier;

        Assert.Equal(6, frontier.Count);
        Assert.Equal(0, frontier[^1].Tolerance);
        Assert.Equal(0, frontier[^1].FittedDisparity!.Value, 1e-9);
        for (int i = 1; i < frontier.Count; i++)
        {
            Assert.True(frontier[i].FittedObjective <= frontier[i - 1].FittedObjective + 1e-9);
            Assert.True(frontier[i].FittedDisparity <= frontier[i].Tolerance + 1e-9);
        }
    }

    // What deterministic rules decide needs no draw, so the decisions are the thresholds themselves.
    [Fact]
    public void Single_thresholds_decide_by_the_score_alone()
    {
        ScoredGroups rows = Samples.Scored(18, Two);
        MitigationReport report = Run(rows, Options with { Randomised = false });

        Assert.False(report.Randomised);
        sbyte[] decided = rows.Decide(report.Step!).Prediction.ToArray();
        for (int row = 0; row < decided.Length; row++)
        {
            ThresholdRule rule = report.Thresholds.First(own => own.Group == rows.Groups.Names[rows.Groups.Codes[row]]).Rules.Single();
            Assert.Equal(rule.Holds(rows.Decisions.Score[row]) ? 1 : 0, decided[row]);
        }
    }

    [Fact]
    public void Weighted_rows_count_as_so_many_rows()
    {
        (double[] scores, sbyte[] labels, string[] groups) = Samples.Draw(19, ("a", 80, 0.1, 0.5), ("b", 60, -0.1, 0.4));
        int[] twice = [.. Enumerable.Range(0, scores.Length).SelectMany(row => row % 3 == 0 ? (int[])[row, row] : [row])];
        GroupCurve Curve(string group, int[] rows, bool weighted) => GroupCurve.Of(
            group, [.. rows.Select(row => scores[row])], [.. rows.Select(row => labels[row])],
            weighted ? [.. rows.Select(row => row % 3 == 0 ? 2.0 : 1.0)] : [], inverted: false);
        ThresholdSearch search = new(ParityConstraint.EqualizedOdds, MitigationObjective.Accuracy, ErrorCosts.Equal, 0, 1_000);

        ThresholdFit weights = RandomisedThresholds.Fit(
            [.. "ab".Select(group => Curve($"{group}", [.. Enumerable.Range(0, scores.Length).Where(row => groups[row] == $"{group}")], true))], search);
        ThresholdFit copies = RandomisedThresholds.Fit(
            [.. "ab".Select(group => Curve($"{group}", [.. twice.Where(row => groups[row] == $"{group}")], false))], search);

        Assert.Equal(copies.Expected, weights.Expected);
    }

    [Fact]
    public void One_group_is_not_enough() =>
        Assert.Throws<InputException>(() => Run(Samples.Scored(20, ("a", 200, 0, 0.5)), Options));

    [Theory]
    [InlineData(5, 0.0, 0.3)]
    [InlineData(1_000, -0.1, 0.3)]
    [InlineData(1_000, 0.0, 1.0)]
    public void Refuses_options_out_of_range(int grid, double tolerance, double share) => Assert.Throws<InputException>(() =>
        Run(Samples.Scored(21, Two), Options with { Grid = grid, Tolerance = tolerance, HoldoutShare = share }));

    private static MitigationReport Run(ScoredGroups rows, MitigationOptions options, ScoredGroups? heldOut = null) =>
        MitigateDecisions.Run(rows, heldOut, 0.5, options, _ => { }, default);
}
