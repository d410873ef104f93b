using Governance.Audit.Comparisons;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Comparisons;

public sealed class RankAgreementTests
{
    // Gains 3, 2, 1 in the order 2, 1, 3 of the second: (2 + 3/log2(3) + 1/2) / (3 + 2/log2(3) + 1/2), by hand.
    [Fact]
    public void The_closed_form_of_three_features_comes_out() =>
        Assert.Equal((2 + (3 / Math.Log2(3)) + 0.5) / (3 + (2 / Math.Log2(3)) + 0.5), RankAgreement.Ndcg([3, 2, 1], [5, 9, 1]), 12);

    [Fact]
    public void The_same_order_is_1_whatever_the_sizes_and_reversing_is_the_worst()
    {
        double[] gains = [4, 3, 2, 1];

        Assert.Equal(1, RankAgreement.Ndcg(gains, [100, 10, 1, 0.1]), 12);
        double worst = RankAgreement.Ndcg(gains, [1, 2, 3, 4]);
        int[][] orders = [.. Permutations([0, 1, 2, 3])];
        Assert.Equal(24, orders.Length);
        Assert.All(orders, order => Assert.InRange(RankAgreement.Ndcg(gains, [.. order.Select(place => (double)place)]), worst - 1e-12, 1 + 1e-12));
    }

    [Fact]
    public void Features_that_tie_do_not_depend_on_the_order_of_their_names()
    {
        Assert.Equal(RankAgreement.Ndcg([3, 2, 1], [1, 1, 1]), RankAgreement.Ndcg([1, 3, 2], [1, 1, 1]), 12);
        Assert.True(double.IsNaN(RankAgreement.Ndcg([0, 0], [1, 2])));
        Assert.Equal([2, 1, 3], RankAgreement.Places([1, 5, 1]));
    }

    // With every sample of 30 pairs weighed by its multinomial probability, the paired interval holds the true difference often enough.
    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.3, 0.1)]
    [InlineData(0.05, 0.4)]
    public void The_paired_interval_of_few_rows_covers_the_difference_nearly_as_often_as_it_says(double gain, double loss)
    {
        const int Rows = 30;
        double covered = 0;
        for (int gained = 0; gained <= Rows; gained++)
        {
            for (int lost = 0; gained + lost <= Rows; lost++)
            {
                Interval interval = PairedShare.Interval(gained, lost, Rows, 0.95);
                if (gain - loss >= interval.Low && gain - loss <= interval.High)
                {
                    covered += Math.Exp(LogMultinomial(gained, lost, Rows - gained - lost, gain, loss));
                }
            }
        }

        Assert.InRange(covered, 0.93, 1);
    }

    private static double LogMultinomial(int gained, int lost, int same, double gain, double loss) =>
        LogFactorial(gained + lost + same) - LogFactorial(gained) - LogFactorial(lost) - LogFactorial(same)
        + (gained * Math.Log(gain)) + (lost * Math.Log(loss)) + (same * Math.Log(1 - gain - loss));

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(i => Math.Log(i));

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1 ? [items]
        : items.SelectMany(item => Permutations([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
