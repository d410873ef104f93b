using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Tests.Statistics;

public sealed class BarnardExactTests
{
    // Barnard's own example of 1947 in the notation of Mehta and Hilton (1993): 7 of 15 against 12 of 15, one-sided 0.0341
    // in the tail; SciPy's documentation of barnard_exact has the same table [[7, 12], [8, 3]] with 0.0341 one-sided.
    [Fact]
    public void The_two_sided_value_of_the_literature_is_twice_the_one_sided_one() =>
        Assert.Equal(0.0682, BarnardExact.TwoSided(7, 15, 12, 15), 0.0005);

    [Theory]
    [InlineData(0, 5, 3, 6)]
    [InlineData(9, 12, 2, 9)]
    [InlineData(1, 20, 6, 14)]
    [InlineData(3, 3, 1, 17)]
    public void It_is_the_largest_probability_of_tables_as_extreme(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        double most = 0;
        double observed = Math.Abs(Score(hitsA, rowsA, hitsB, rowsB)) - 1e-9;
        for (int step = 1; step < 4_000; step++)
        {
            double share = step / 4_000.0;
            double sum = 0;
            for (int a = 0; a <= rowsA; a++)
            {
                for (int b = 0; b <= rowsB; b++)
                {
                    sum += Math.Abs(Score(a, rowsA, b, rowsB)) >= observed ? Binomial.PMF(share, rowsA, a) * Binomial.PMF(share, rowsB, b) : 0;
                }
            }

            most = Math.Max(most, sum);
        }

        Assert.Equal(most, BarnardExact.TwoSided(hitsA, rowsA, hitsB, rowsB), 1e-5);
    }

    [Fact]
    public void Equal_shares_are_no_evidence_and_swapped_samples_or_outcomes_change_nothing()
    {
        Assert.Equal(1, BarnardExact.TwoSided(4, 10, 8, 20));
        double p = BarnardExact.TwoSided(2, 11, 9, 13);
        Assert.Equal(p, BarnardExact.TwoSided(9, 13, 2, 11), 1e-9);
        Assert.Equal(p, BarnardExact.TwoSided(9, 11, 4, 13), 1e-9);
    }

    // Over all tables of a share, the chance of p ≤ 0.05 is at most 0.05, and Fisher's test rejects less often.
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void It_rejects_at_most_as_often_as_promised_and_more_often_than_fisher(double share)
    {
        (double barnard, double fisher) = (0, 0);
        for (int a = 0; a <= 15; a++)
        {
            for (int b = 0; b <= 18; b++)
            {
                double mass = Binomial.PMF(share, 15, a) * Binomial.PMF(share, 18, b);
                barnard += BarnardExact.TwoSided(a, 15, b, 18) <= 0.05 ? mass : 0;
                fisher += FisherExact.TwoSided(a, 15, b, 18) <= 0.05 ? mass : 0;
            }
        }

        Assert.InRange(barnard, fisher, 0.05);
    }

    private static double Score(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        double pooled = (double)(hitsA + hitsB) / (rowsA + rowsB);
        double variance = pooled * (1 - pooled) * ((1.0 / rowsA) + (1.0 / rowsB));
        return variance > 0 ? (((double)hitsA / rowsA) - ((double)hitsB / rowsB)) / Math.Sqrt(variance) : 0;
    }
}
