using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class KernelShapleyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    public void Equals_exact_values_where_the_budget_covers_all_coalitions(int players)
    {
        double[] table = Given.RandomGame(players, 2, players);
        double[] expected = new double[2 * players];
        ExactShapley.Compute(table, 2, expected);

        double[] attribution = Estimate(table, players, 2, 1 << players);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], attribution[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(26)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Adds_up_to_the_change_in_value_at_any_budget(int samples)
    {
        double[] table = Given.RandomGame(12, 1, 4);

        Assert.Equal(table[^1] - table[0], Estimate(table, 12, 1, samples).Sum(), 1e-12);
    }

    [Fact]
    public void Refuses_values_that_do_not_fit_the_design()
    {
        PairedCoalitions design = PairedCoalitions.Draw(4, 10, new SeededRandom(1, 0));

        Assert.Throws<ArgumentException>("values", () => KernelShapley.Estimate(design, new double[3], [0], [1], new double[4]));
        Assert.Throws<ArgumentException>("attribution", () => KernelShapley.Estimate(design, new double[8], [0], [1], new double[3]));
    }

    private static double[] Estimate(double[] table, int players, int outputs, int samples)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, samples, new SeededRandom(5, 0));
        double[] attribution = new double[outputs * players];
        KernelShapley.Estimate(
            design, Given.LookUp(design.Coalitions, table, outputs), table.AsSpan(0, outputs), table.AsSpan(table.Length - outputs), attribution);
        return attribution;
    }
}
