using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class CorrelatedGroupsTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void A_chain_of_half_alike_features_is_no_group()
    {
        double[,] chain = Symmetric((0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.3));

        CorrelatedGroup group = Assert.Single(CorrelatedGroups.Of(Names, chain, 0.7));

        Assert.Equal(["a", "b"], group.Features);
        Assert.Equal(0.9, group.Weakest);
    }

    [Fact]
    public void Every_pair_of_a_group_is_above_the_limit()
    {
        double[,] three = Symmetric((0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.75));

        CorrelatedGroup group = Assert.Single(CorrelatedGroups.Of(Names, three, 0.7));

        Assert.Equal(["a", "b", "c"], group.Features);
        Assert.Equal(0.75, group.Weakest);
    }

    [Fact]
    public void Nothing_above_the_limit_is_no_group() => Assert.Empty(CorrelatedGroups.Of(Names, Symmetric((0, 1, 0.69)), 0.7));

    [Fact]
    public void What_a_group_does_together_is_the_mean_of_its_sums()
    {
        AttributionMatrix attributions = Matrices.Of(Names, [[1, -1, 5, 0], [2, 2, 5, 0], [-3, 1, 5, 0]]);

        JointAttribution joint = Assert.Single(CorrelatedGroups.Together(attributions, [new CorrelatedGroup(["a", "b"], 0.9)]));

        Assert.Equal((0 + 4 + 2) / 3.0, joint.MeanAbsolute, 1e-12);
        Assert.Equal((2 + 4 + 4) / 3.0, joint.SumOfBars, 1e-12);
        Assert.Equal(0.4, joint.Cancelled, 1e-12);
        Assert.True(joint.Interval[0] < 2 && joint.Interval[1] > 2);
    }

    private static double[,] Symmetric(params (int A, int B, double Value)[] pairs)
    {
        double[,] matrix = new double[Names.Length, Names.Length];
        foreach ((int a, int b, double value) in pairs)
        {
            (matrix[a, b], matrix[b, a]) = (value, value);
        }

        return matrix;
    }
}
