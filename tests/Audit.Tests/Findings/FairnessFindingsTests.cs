using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Audit.Tests.Findings;

public sealed class FairnessFindingsTests
{
    [Fact]
    public void A_ratio_wholly_below_the_limit_breaches_and_names_both_groups()
    {
        Finding finding = Ratio(0.267, [0.19, 0.36], Group("no", 395, 0.97, 0.09), Group("yes", 81, 0.26, 0.28));

        Assert.Equal(GateVerdict.Breaches, finding.Gate!.Verdict);
        Assert.Equal(0.8, finding.Gate.AtLeast);
        Assert.Equal(476, finding.N);
        Assert.Equal(new GroupExtremes("selection_rate", new GroupFigure("yes", 0.26, 81), new GroupFigure("no", 0.97, 395)), finding.Extremes);
    }

    [Fact]
    public void A_group_below_the_smallest_size_makes_it_inconclusive()
    {
        Finding finding = Ratio(0.267, [0.19, 0.36], Group("no", 395, 0.97, 0.09), Group("yes", 29, 0.26, 0.28));

        Assert.Equal(GateVerdict.Inconclusive, finding.Gate!.Verdict);
        Assert.Equal(new SmallGroup("yes", 29, PolicyPack.Default.SmallestGroup, "rows"), finding.Small);
    }

    // 81 rows with a base rate of 0.1 hold 8 positives: fewer than the 10 that a true positive rate needs.
    [Fact]
    public void A_true_positive_rate_over_fewer_than_ten_positives_decides_nothing()
    {
        FairnessReport report = Report(
            "equal_opportunity_difference", 0.4, [0.3, 0.5], Group("no", 395, 0.97, 0.3), Group("yes", 81, 0.26, 0.1));

        Finding finding = FairnessFindings.From(report, PolicyPack.Default).First();

        Assert.Equal(GateVerdict.Inconclusive, finding.Gate!.Verdict);
    }

    [Fact]
    public void Equalized_odds_name_the_rate_that_differs_most()
    {
        GroupMetrics Odds(string name, double tpr, double fpr) => Group(name, 400, 0.5, 0.5) with
        {
            Metrics = new Dictionary<string, double?> { ["selection_rate"] = 0.5, ["base_rate"] = 0.5, ["tpr"] = tpr, ["fpr"] = fpr },
        };

        Finding finding = FairnessFindings.From(
            Report("equalized_odds_difference", 0.3, [0.2, 0.4], Odds("no", 0.8, 0.1), Odds("yes", 0.7, 0.4)), PolicyPack.Default).First();

        Assert.Equal(new GroupExtremes("fpr", new GroupFigure("no", 0.1, 400), new GroupFigure("yes", 0.4, 400)), finding.Extremes);
    }

    private static Finding Ratio(double value, double[] interval, params GroupMetrics[] groups) =>
        FairnessFindings.From(Report("demographic_parity_ratio", value, interval, groups), PolicyPack.Default).First();

    private static FairnessReport Report(string metric, double value, double[] interval, params GroupMetrics[] groups) => new()
    {
        Positive = "yes",
        Favourable = "no",
        Attributes =
        [
            new AttributeFairness
            {
                Attribute = "afam",
                Groups = groups,
                Summary = new Dictionary<string, double?> { [metric] = value },
                SummaryIntervals = new Dictionary<string, IReadOnlyList<double>> { [metric] = interval },
                Tests = [],
                Undefined = [],
            },
        ],
        Overall = Group("", groups.Sum(group => group.Count), 0.8, 0.12),
        SkippedRows = new SkippedRows(0, 0),
    };

    private static GroupMetrics Group(string name, int count, double selectionRate, double baseRate) => new()
    {
        Group = name,
        Count = count,
        Weight = count,
        Metrics = new Dictionary<string, double?> { ["selection_rate"] = selectionRate, ["base_rate"] = baseRate },
        Intervals = new Dictionary<string, IReadOnlyList<double>>(),
    };
}
