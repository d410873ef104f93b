using Governance.Audit.Ensembles;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Ensembles;

public sealed class MeasureDisagreementTests
{
    [Fact]
    public void Errors_are_counted_by_bins_of_equal_size()
    {
        double[] apart = [0.4, 0.1, 0.3, 0.2, 0.5, 0.0];
        bool[] wrong = [true, false, false, false, true, false];

        DisagreementReport report = MeasureDisagreement.OfDecisions(apart, wrong, 3, 0.95);

        Assert.Equal([(0.0, 0.1, 2, 0), (0.2, 0.3, 2, 0), (0.4, 0.5, 2, 2)], report.Bins.Select(bin => (bin.From, bin.To, bin.Count, bin.Errors!.Value)));
        Assert.Equal(WilsonInterval.Compute(1, 2, 0.95).ToArray(), report.Bins[2].Interval);
        Assert.Equal(1, report.Area);
        Assert.Equal(0.25, report.Mean, 1e-12);
    }

    // Pairs of a wrong and a right row: 2 · 2; the wrong one has more in one, as much in one: (1 + ½) / 4.
    [Fact]
    public void The_area_is_the_share_of_pairs_in_which_the_wrong_row_has_more()
    {
        DisagreementReport report = MeasureDisagreement.OfDecisions([0.1, 0.2, 0.2, 0.3], [true, true, false, false], 2, 0.95);

        Assert.Equal(0.5 / 4, report.Area);
    }

    [Fact]
    public void Equal_disagreement_stays_in_one_bin()
    {
        DisagreementReport report = MeasureDisagreement.OfDecisions([0, 0, 0, 0, 0, 0.2], [false, true, false, false, false, true], 3, 0.95);

        Assert.Equal([5, 1], report.Bins.Select(bin => bin.Count));
        Assert.Equal(0.2, report.Bins[0].Error, 1e-12);
    }

    [Fact]
    public void Numbers_have_mean_absolute_errors_and_a_rank_correlation()
    {
        DisagreementReport report = MeasureDisagreement.OfNumbers([1, 2, 3, 4], [10, 20, 40, 80], 2, 0.95);

        Assert.Equal([15.0, 60.0], report.Bins.Select(bin => bin.Error));
        Assert.Equal(1, report.Correlation!.Value, 1e-12);
        Assert.Null(report.Area);
    }
}
