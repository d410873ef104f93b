using Governance.Audit.Fairness;
using Governance.Portal.Features.Fairness;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Fairness;

public sealed class ForestTests
{
    private static readonly ForestMeasure Ratio = ForestMeasure.Of("impact-ratio");

    // Katz's interval by hand: 0.75 · exp(±1.95996 · √(1/60 − 1/100 + 1/80 − 1/100)) = [0.6217, 0.9048];
    // half of it reaches the limit at n = 100 · (0.18765 / ln(0.80 / 0.75))² = 845.4.
    [Fact]
    public void A_group_is_divided_by_the_group_with_the_highest_rate()
    {
        Forest forest = Forest.Of(Attribute(Group("A", 100, 0.60), Group("B", 100, 0.80)), Ratio, PolicyPack.Default);

        ForestRow row = Assert.Single(forest.Rows);
        Assert.Equal("B", forest.Reference!.Group);
        Assert.Equal("A", row.Group);
        Assert.Equal(0.75, row.Value!.Value, 1e-12);
        Assert.Equal(0.6217, row.Low!.Value, 5e-5);
        Assert.Equal(0.9048, row.High!.Value, 5e-5);
        Assert.Equal(GateVerdict.Inconclusive, row.Verdict);
        Assert.Equal("n ≈ 846 would decide", row.Why);
    }

    [Fact]
    public void A_ratio_wholly_below_the_limit_breaches()
    {
        ForestRow row = Forest.Of(Attribute(Group("A", 2_000, 0.60), Group("B", 2_000, 0.80)), Ratio, PolicyPack.Default).Rows[0];

        Assert.Equal(GateVerdict.Breaches, row.Verdict);
        Assert.True(row.High < 0.80);
    }

    [Fact]
    public void A_small_group_is_neither_reference_nor_judged()
    {
        Forest forest = Forest.Of(
            Attribute(Group("A", 500, 0.70), Group("B", 500, 0.80), Group("C", 12, 1.00)), Ratio, PolicyPack.Default);

        ForestRow small = forest.Rows.Single(row => row.Group == "C");
        Assert.Equal("B", forest.Reference!.Group);
        Assert.Equal(GateVerdict.Inconclusive, small.Verdict);
        Assert.Equal("below n = 30", small.Why);
    }

    [Fact]
    public void A_difference_takes_the_interval_of_the_test_whichever_group_stands_first()
    {
        ForestMeasure tpr = ForestMeasure.Of("tpr");
        GroupMetrics low = Group("A", 900, 0.60, "tpr");
        GroupMetrics high = Group("B", 900, 0.80, "tpr");
        GroupTest test = new("tpr", "B", "A", 0.20, null, [0.15, 0.25], 0.0001, 0.0002);

        ForestRow row = Forest.Of(Attribute(low, high) with { Tests = [test] }, tpr, PolicyPack.Default).Rows[0];

        Assert.Equal(-0.20, row.Value);
        Assert.Equal(-0.25, row.Low);
        Assert.Equal(-0.15, row.High);
        Assert.Equal(0.0002, row.PValue);
        Assert.Equal(GateVerdict.Breaches, row.Verdict);
    }

    [Fact]
    public void Breaches_come_first()
    {
        Forest forest = Forest.Of(
            Attribute(Group("A", 3_000, 0.79), Group("B", 3_000, 0.80), Group("C", 3_000, 0.50)), Ratio, PolicyPack.Default);

        Assert.Equal(["C", "A"], forest.Rows.Select(row => row.Group));
    }

    [Fact]
    public void The_title_states_ratio_interval_and_limit()
    {
        Forest forest = Forest.Of(Attribute(Group("yes", 2_000, 0.60), Group("no", 2_000, 0.80)), Ratio, PolicyPack.Default);

        Assert.Equal(
            "The rate of “granted” for race = yes is 0.750 [0.719, 0.782] of that for race = no, below the 0.80 limit",
            FairnessWords.Title([forest], "granted"));
        Assert.Equal(
            "Of 1 comparison with a limit 1 breaches it. " + FairnessWords.Caution,
            FairnessWords.Count([forest]));
    }

    private static AttributeFairness Attribute(params GroupMetrics[] groups) => new()
    {
        Attribute = "race",
        Groups = groups,
        Summary = new Dictionary<string, double?>(),
        SummaryIntervals = new Dictionary<string, IReadOnlyList<double>>(),
        Tests = [],
        Undefined = [],
    };

    private static GroupMetrics Group(string name, int count, double rate, string metric = "selection_rate") => new()
    {
        Group = name,
        Count = count,
        Weight = count,
        Metrics = new Dictionary<string, double?> { [metric] = rate },
        Intervals = new Dictionary<string, IReadOnlyList<double>>(),
    };
}
