using System.Numerics;
using Governance.Audit.Drift;
using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Drift;

public sealed class MmdTests
{
    private const int Features = 2;

    // All deals of so few rows can be counted out; MMD² is added up pair by pair.
    [Theory]
    [InlineData(5, 5, 1.2)]
    [InlineData(4, 7, 0.6)]
    [InlineData(8, 3, 2.0)]
    public void The_p_value_of_drawn_deals_is_that_of_all_deals(int n, int m, double shift)
    {
        SeededRandom random = new(n, m);
        double[] rows = new double[(n + m) * Features];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextDouble() + (i >= n * Features ? shift : 0);
        }

        (double squared, double p) = Mmd.Run(rows.AsSpan(0, n * Features), rows.AsSpan(n * Features), Features, 0.7, 9_999, 5, CancellationToken.None);

        double observed = ByPairs(rows, n + m, (1u << n) - 1, 0.7);
        double[] all = [.. Enumerable.Range(0, 1 << (n + m)).Select(set => (uint)set).Where(set => BitOperations.PopCount(set) == n).Select(set => ByPairs(rows, n + m, set, 0.7))];
        double exact = all.Count(each => each >= observed - 1e-9) / (double)all.Length;
        Assert.Equal(observed, squared, 1e-12);
        Assert.Equal(exact, p, 1e-4 + (4 * Math.Sqrt(exact * (1 - exact) / 9_999)));
    }

    // The rows of the first sample are the bits of the set.
    private static double ByPairs(double[] rows, int all, uint set, double sigma)
    {
        (double within, double beside, double across) = (0, 0, 0);
        int n = BitOperations.PopCount(set);
        int m = all - n;
        for (int i = 0; i < all; i++)
        {
            for (int j = 0; j < all; j++)
            {
                double x = rows[i * Features] - rows[j * Features];
                double y = rows[(i * Features) + 1] - rows[(j * Features) + 1];
                double value = i == j ? 0 : Math.Exp(-((x * x) + (y * y)) / (2 * sigma * sigma));
                (bool a, bool b) = ((set >> i & 1) == 1, (set >> j & 1) == 1);
                within += a && b ? value / n / (n - 1) : 0;
                beside += !a && !b ? value / m / (m - 1) : 0;
                across += a && !b ? value / n / m : 0;
            }
        }

        return within + beside - (2 * across);
    }
}
