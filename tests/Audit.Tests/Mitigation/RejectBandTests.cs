using Governance.Audit.Encodings;
using Governance.Audit.Mitigation;

namespace Governance.Audit.Tests.Mitigation;

public sealed class RejectBandTests
{
    private static readonly (string, int, double, double)[] Two = [("a", 400, 0.1, 0.5), ("b", 300, -0.1, 0.4)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_rows_inside_the_band_change_and_each_in_its_groups_favour(bool favourableIsPositive)
    {
        IReadOnlyList<GroupRows> groups = Samples.Scored(31, Two).Labelled();
        bool[] deprived = [!favourableIsPositive, favourableIsPositive]; // b has the lower scores

        (ThresholdFit fit, UncertainBand? band) = RejectBand.Fit([.. groups.Select(ScoreTail.Of)], 0.5, favourableIsPositive, deprived, Search(0.05));

        for (int group = 0; group < 2; group++)
        {
            foreach (double score in groups[group].Scores)
            {
                bool inside = score >= band!.Low && score <= band.High;
                bool expected = inside ? deprived[group] == favourableIsPositive : score >= 0.5;
                Assert.Equal(expected ? 1 : 0, fit.Rules[group].Probability(score));
            }
        }

        Assert.InRange(Confusion.Disparity(fit.Expected, ParityConstraint.DemographicParity), 0, 0.05);
        Assert.Equal(groups.Sum(group => group.Scores.Count(score => score >= band!.Low && score <= band.High)), band!.Rows);
    }

    // By hand over the same margins: the most accurate that is within the tolerance.
    [Fact]
    public void Takes_the_most_accurate_of_the_fair_bands()
    {
        IReadOnlyList<GroupRows> groups = Samples.Scored(32, Two).Labelled();
        ThresholdSearch search = Search(0.05) with { Grid = 50 };

        (ThresholdFit fit, UncertainBand? _) = RejectBand.Fit([.. groups.Select(ScoreTail.Of)], 0.5, true, [false, true], search);

        double furthest = groups.Max(group => group.Scores.Max(score => Math.Abs(score - 0.5)));
        double best = 0;
        for (int step = 1; step <= 50; step++)
        {
            double margin = furthest * step / 50;
            Confusion a = groups[0].Decided(new GroupRule("a", 0, 0, [new ThresholdRule(1, ThresholdOperator.Above, 0.5 + margin)]));
            Confusion b = groups[1].Decided(new GroupRule("b", 0, 0, [new ThresholdRule(1, ThresholdOperator.AtLeast, 0.5 - margin)]));
            best = Math.Abs(a.SelectionRate - b.SelectionRate) <= 0.05 ? Math.Max(best, (a + b).Accuracy) : best;
        }

        Assert.Equal(best, fit.Expected.Aggregate(Confusion.Add).Accuracy, 1e-12);
    }

    [Fact]
    public void Without_need_there_is_no_band()
    {
        IReadOnlyList<GroupRows> groups = Samples.Scored(33, Two).Labelled();

        (ThresholdFit fit, UncertainBand? band) = RejectBand.Fit([.. groups.Select(ScoreTail.Of)], 0.5, true, [false, true], Search(1) with { Costs = ErrorCosts.Equal });

        Assert.True(band is null || fit.Expected.Aggregate(Confusion.Add).Accuracy > 0.5);
        Assert.True(band is not null || fit.Rules.All(rule => rule.Rules[0] == new ThresholdRule(1, ThresholdOperator.AtLeast, 0.5)));
    }

    [Fact]
    public void Who_fares_worse_is_helped_by_default_and_whoever_is_not_favoured_if_asked()
    {
        MitigationOptions options = new() { Method = MitigationMethod.RejectBand, FrontierPoints = 0 };
        ScoredGroups rows = Samples.Scored(34, Two);

        MitigationReport byRate = MitigateDecisions.Run(rows, null, 0.5, options, _ => { }, default);
        MitigationReport asked = MitigateDecisions.Run(rows, null, 0.5, options with { Favoured = ["a"] }, _ => { }, default);

        Assert.Equal(["b"], byRate.Band!.Deprived);
        Assert.Equal(byRate.Thresholds.Select(rule => rule.Rules[0]), asked.Thresholds.Select(rule => rule.Rules[0]));
        Assert.Throws<Governance.Audit.Data.InputException>(() =>
            MitigateDecisions.Run(rows, null, 0.5, options with { Favoured = ["nobody"] }, _ => { }, default));
    }

    private static ThresholdSearch Search(double tolerance) =>
        new(ParityConstraint.DemographicParity, MitigationObjective.Accuracy, ErrorCosts.Equal, tolerance, 1_000);
}
