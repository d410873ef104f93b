using Governance.Audit.Drift;

namespace Governance.Audit.Tests.Drift;

public sealed class KolmogorovSmirnovTests
{
    // Brute force: every way to deal n + m ranks to two samples, each as likely.
    [Theory]
    [InlineData(4, 5)]
    [InlineData(3, 7)]
    [InlineData(6, 6)]
    public void The_exact_p_value_is_the_share_of_deals_with_as_large_a_distance(int n, int m)
    {
        List<double> distances = [];
        for (int mask = 0; mask < 1 << (n + m); mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) == n)
            {
                ILookup<bool, double> ranks = Enumerable.Range(0, n + m).ToLookup(rank => (mask >> rank & 1) == 1, rank => (double)rank);
                distances.Add(KolmogorovSmirnov.Statistic([.. ranks[true]], [.. ranks[false]]));
            }
        }

        foreach (double distance in distances.Distinct())
        {
            double share = distances.Count(other => other >= distance - 1e-12) / (double)distances.Count;
            Assert.Equal(share, KolmogorovSmirnov.PValue(distance, n, m), 1e-12);
        }
    }

    [Fact]
    public void Ties_are_passed_together()
    {
        Assert.Equal(0, KolmogorovSmirnov.Statistic([1, 1, 2], [1, 1, 2]));
        Assert.Equal(0.5, KolmogorovSmirnov.Statistic([1, 1], [1, 2]));
    }

    // The limit meets the exact value where it takes over.
    [Fact]
    public void The_limiting_p_value_continues_the_exact_one()
    {
        double exact = KolmogorovSmirnov.PValue(0.025, 10_000, 10_000);
        double limiting = KolmogorovSmirnov.PValue(0.025, 10_001, 10_001);

        Assert.InRange(limiting / exact, 0.97, 1.03);
    }
}
