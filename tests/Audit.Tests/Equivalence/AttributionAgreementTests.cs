using Governance.Audit.Comparisons;
using Governance.Audit.Equivalence;

namespace Governance.Audit.Tests.Equivalence;

public sealed class AttributionAgreementTests
{
    // Two rows of four features by hand: the first agrees in everything, in the second the order of sizes is turned round.
    [Fact]
    public void Two_rows_by_hand()
    {
        double[][] a = [[4, -3, 2, 1], [4, 3, 2, 1]];
        double[][] b = [[8, -6, 4, 2], [1, -2, 3, 4]];

        AttributionAgreement agreement = AttributionAgreement.Of(a, b, 0.95, 3);

        Assert.Equal((2, 2), (agreement.Rows, agreement.Top));
        Assert.Equal((1 - 1) / 2.0, agreement.RankCorrelation.Value!.Value, 1e-12); // Spearman 1 and −1
        Assert.Equal(0.5, agreement.TopOverlap.Value!.Value, 1e-12); // {4, 3} of both, then none of two
        Assert.Equal(0.25, agreement.SignChanges.Value!.Value, 1e-12); // of four large ones the second row's 3 turned
        Assert.Equal(RankAgreement.Ndcg([4, 3, 2, 1], [4.5, 4, 3.5, 3]), agreement.Ndcg.Value!.Value, 1e-12);
    }

    [Fact]
    public void The_same_attributions_agree_fully_whatever_rows_are_drawn()
    {
        Random random = new(4);
        double[][] values = [.. Enumerable.Range(0, 12).Select(_ => (double[])[.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.5)])];

        AttributionAgreement agreement = AttributionAgreement.Of(values, values, 0.95, 1);

        Assert.Equal([1, 1], agreement.RankCorrelation.Interval);
        Assert.Equal([1, 1], agreement.TopOverlap.Interval);
        Assert.Equal([0, 0], agreement.SignChanges.Interval);
        Assert.Equal((1, 1), (agreement.Ndcg.Value!.Value, agreement.Ndcg.Interval![0]));
        Assert.Throws<ArgumentException>(() => AttributionAgreement.Of(values, values[1..], 0.95, 1));
    }
}
