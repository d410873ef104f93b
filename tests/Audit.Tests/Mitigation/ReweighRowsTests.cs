using Governance.Audit.Data;
using Governance.Audit.Mitigation;

namespace Governance.Audit.Tests.Mitigation;

public sealed class ReweighRowsTests
{
    // 10 rows: a has 3 of 4 positive, b 1 of 6. n(1) = 4, n(0) = 6. By hand.
    private static readonly sbyte[] Labels = [1, 1, 1, 0, 1, 0, 0, 0, 0, 0];
    private static readonly int[] Groups = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];

    [Fact]
    public void Factors_are_the_expected_over_the_observed_count()
    {
        double[] factors = new double[4];

        ReweighRows.Factors(Labels, Groups, [], factors);

        Assert.Equal(6 * 4 / (10.0 * 1), factors[0], 1e-15);
        Assert.Equal(4 * 4 / (10.0 * 3), factors[1], 1e-15);
        Assert.Equal(6 * 6 / (10.0 * 5), factors[2], 1e-15);
        Assert.Equal(4 * 6 / (10.0 * 1), factors[3], 1e-15);
    }

    [Fact]
    public void Weighted_groups_have_the_label_rate_of_all_rows_and_the_sum_stays()
    {
        double[] weights = [2, 1, 0.5, 3, 1, 1, 4, 0.25, 1, 2];
        double[] factors = new double[4];
        ReweighRows.Factors(Labels, Groups, weights, factors);

        double[] after = ReweighRows.Apply(Labels, Groups, weights, factors);

        double Rate(Func<int, bool> own) => Enumerable.Range(0, 10).Where(own).Where(row => Labels[row] == 1).Sum(row => after[row])
            / Enumerable.Range(0, 10).Where(own).Sum(row => after[row]);
        Assert.Equal(Rate(row => Groups[row] == 0), Rate(row => Groups[row] == 1), 1e-12);
        Assert.Equal(weights.Sum(), after.Sum(), 1e-12);
    }

    [Fact]
    public void Rows_without_label_or_group_keep_their_weight_and_empty_cells_have_no_factor()
    {
        double[] factors = new double[4];
        ReweighRows.Factors([1, 0, -1, 1], [0, 0, 1, -1], [], factors);

        double[] after = ReweighRows.Apply([1, 0, -1, 1], [0, 0, 1, -1], [], factors);

        Assert.True(double.IsNaN(factors[2]) && double.IsNaN(factors[3]));
        Assert.Equal([1, 1], after[2..]);
        Assert.Equal(2 * 2 / (3.0 * 1), after[0], 1e-15);
    }

    [Fact]
    public void A_model_trained_with_the_weights_treats_groups_more_alike()
    {
        ScoredGroups rows = Samples.Scored(41, ("a", 3_000, 0.15, 0.7), ("b", 3_000, -0.15, 0.3));
        MitigationOptions options = new() { Method = MitigationMethod.Reweigh, Features = ["x", "group"] };
        List<AuditWarning> warnings = [];

        MitigationReport trained = MitigateData.Run(rows, null, 0.5, options, warnings.Add, default);
        MitigationReport untrained = MitigateData.Run(rows, null, 0.5, options with { Features = [] }, warnings.Add, default);

        double Gap(MitigatedSide side) => side.Summary["demographic_parity_difference"]!.Value;
        Assert.True(Gap(trained.After) < 0.75 * Gap(trained.Before));
        Assert.Equal("split", trained.HeldOut.Source);
        Assert.Equal(("none", 6_000), (untrained.HeldOut.Source, untrained.HeldOut.Rows));
        Assert.All(untrained.Changes, change => Assert.Equal(0, change.Difference));
        Assert.Equal(trained.Weights, untrained.Weights);
        Assert.Equal(4, trained.Weights.Count);
        Assert.Contains(warnings, warning => warning.Code == "nothing-retrained");
    }
}
