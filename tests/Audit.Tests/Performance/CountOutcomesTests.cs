using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class CountOutcomesTests
{
    [Fact]
    public void Counts_each_group_as_filtering_its_rows_does()
    {
        (double[] score, sbyte[] label, double[] weight, int[] group) = RankingTests.Rows(6, 400, weighted: true);
        sbyte[] prediction = Array.ConvertAll(score, value => (sbyte)(value >= 0.5 ? 1 : 0));
        Outcomes[] counted = new Outcomes[3];

        CountOutcomes.Compute(label, prediction, weight, group, counted);

        for (int g = 0; g < 3; g++)
        {
            AssertCell(row => label[row] == 1 && prediction[row] == 1, counted[g].TruePositives);
            AssertCell(row => label[row] == 0 && prediction[row] == 1, counted[g].FalsePositives);
            AssertCell(row => label[row] == 0 && prediction[row] == 0, counted[g].TrueNegatives);
            AssertCell(row => label[row] == 1 && prediction[row] == 0, counted[g].FalseNegatives);
            AssertCell(row => label[row] == -1 && prediction[row] == 1, counted[g].UnlabelledPositives);
            AssertCell(_ => true, counted[g].All);

            void AssertCell(Func<int, bool> belongs, OutcomeCell cell)
            {
                int[] rows = [.. Enumerable.Range(0, 400).Where(row => group[row] == g && belongs(row))];
                Assert.Equal(rows.Length, cell.Rows);
                Assert.Equal(rows.Sum(row => weight[row]), cell.Weight, 1e-9);
                Assert.Equal(rows.Sum(row => weight[row] * weight[row]), cell.SquaredWeight, 1e-9);
            }
        }
    }

    [Fact]
    public void Equal_weights_have_as_many_effective_rows_as_rows()
    {
        OutcomeCell cell = new OutcomeCell().With(0.5).With(0.5).With(0.5);

        Assert.Equal(3, cell.EffectiveRows, 1e-12);
    }

    [Fact]
    public void Refuses_columns_of_different_lengths() =>
        Assert.Throws<ArgumentException>("prediction", () => CountOutcomes.Compute([1, 0], [1], [], [], new Outcomes[1]));
}
