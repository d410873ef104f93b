using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class McNemarTests
{
    // R: mcnemar.test(matrix(c(794, 86, 150, 570), 2), correct = FALSE), the approval ratings of Agresti (1990), page 350:
    // chi-squared = 17.356 (64² / 236); binom.test(86, 236)$p.value = 3.7e-05.
    [Fact]
    public void Agrees_with_the_approval_ratings_of_Agresti()
    {
        McNemar test = new(86, 150);

        Assert.Equal(64 * 64 / 236.0, test.ChiSquare, 1e-12);
        Assert.Equal(3.716e-5, test.ExactP, 1e-7);
        Assert.InRange(test.MidP, 2.5e-5, test.ExactP);
    }

    // Of 3 discordant rows all on one side: 2 · (1/2)³ exact, and half the observed table less in the mid-p.
    [Fact]
    public void Three_rows_on_one_side_are_no_proof()
    {
        Assert.Equal(0.25, new McNemar(3, 0).ExactP, 1e-12);
        Assert.Equal(0.125, new McNemar(0, 3).MidP, 1e-12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(40, 40)]
    public void Equal_sides_are_no_evidence(long first, long second)
    {
        Assert.Equal(1, new McNemar(first, second).ExactP, 1e-12);
        Assert.True(new McNemar(first, second).MidP > 0.4);
    }

    [Fact]
    public void Many_rows_take_the_normal_approximation_without_a_step()
    {
        double exact = new McNemar(49_500, 50_400).MidP;
        double normal = new McNemar(49_600, 50_501).MidP;

        Assert.Equal(exact, normal, 2e-4);
    }
}
