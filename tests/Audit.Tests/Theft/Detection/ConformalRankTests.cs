using Governance.Audit.Explanations;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class ConformalRankTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Counts_the_scores_above_and_shares_out_the_equal_ones(int seed)
    {
        SeededRandom random = new(seed, 1);
        double[] scores = new double[57];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = random.NextBelow(9);
        }

        ConformalRank rank = new(scores);

        for (double score = -1; score < 10; score += 0.5)
        {
            double above = scores.Count(other => other > score);
            double equal = scores.Count(other => other == score);
            Assert.Equal((above + (0.25 * (equal + 1))) / 58, rank.PValue(score, 0.25), 1e-15);
        }
    }

    // With two values only, p is nevertheless uniform: tested by the Kolmogorov bound at 0.1 %.
    [Fact]
    public void Gives_uniform_p_values_even_where_nearly_all_scores_are_equal()
    {
        SeededRandom random = new(3, 1);
        const int Draws = 4_000;
        double[] p = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] scores = new double[20];
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = random.NextBelow(2);
            }

            p[draw] = new ConformalRank(scores).PValue(random.NextBelow(2), random.NextDouble());
        }

        Array.Sort(p);
        double gap = Enumerable.Range(0, Draws).Max(i => Math.Max(Math.Abs(p[i] - ((double)i / Draws)), Math.Abs(p[i] - ((i + 1.0) / Draws))));
        Assert.InRange(gap, 0, 1.95 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Is_the_draw_where_nothing_was_put_aside() => Assert.Equal(0.4, new ConformalRank([]).PValue(1, 0.4));
}
