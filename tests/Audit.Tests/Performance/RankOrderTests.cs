using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class RankOrderTests
{
    public static TheoryData<string, int> Distributions()
    {
        TheoryData<string, int> cases = [];
        foreach (string name in (string[])["uniform", "few", "constant", "tiny", "skewed", "one far out", "signed", "zeros"])
        {
            foreach (int rows in (int[])[1, 2, 30, 5_000, 40_000])
            {
                cases.Add(name, rows);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Every_distribution_comes_out_ascending_and_whole(string distribution, int rows)
    {
        double[] scores = Draw(distribution, rows);

        int[] order = RankOrder.Ascending(scores);

        Assert.Equal(Enumerable.Range(0, rows), order.Order());
        for (int i = 1; i < rows; i++)
        {
            Assert.True(scores[order[i - 1]] <= scores[order[i]]);
        }
    }

    [Fact]
    public void Rows_without_a_score_are_left_out() =>
        Assert.Equal([3, 0], RankOrder.Ascending([0.5, double.NaN, double.NaN, -1]));

    [Fact]
    public void Scores_too_far_apart_to_subtract_are_ordered_all_the_same() =>
        Assert.Equal([1, 2, 0], RankOrder.Ascending([double.MaxValue, -double.MaxValue, 0]));

    private static double[] Draw(string distribution, int rows)
    {
        SeededRandom random = new(rows, distribution.Length);
        double[] scores = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double u = random.NextDouble();
            scores[row] = distribution switch
            {
                "uniform" => u,
                "few" => Math.Floor(u * 3),
                "constant" => 0.25,
                "tiny" => u * 1e-300,
                "skewed" => Math.Exp(-60 * u),
                "one far out" => row == 0 ? 1e300 : u,
                "signed" => (u - 0.5) * 1e6,
                _ => row % 2 == 0 ? 0.0 : -0.0,
            };
        }

        return scores;
    }
}
