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
        Assert.Equal(
            "Impact ratio by afam is 0.267 [0.190, 0.360] (selection rate 0.260 for yes, 0.970 for no), n = 476: "
            + "breaches the limit of at least 0.800.",
            finding.Sentence);
    }

    [Fact]
    public void A_group_below_the_smallest_size_makes_it_inconclusive()
    {
        Finding finding = Ratio(0.267, [0.19, 0.36], Group("no", 395, 0.97, 0.09), Group("yes", 29, 0.26, 0.28));

        Assert.Equal(GateVerdict.Inconclusive, finding.Gate!.Verdict);
        Assert.Contains("group yes has 29 rows, too few to decide", finding.Sentence, StringComparison.Ordinal);
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
