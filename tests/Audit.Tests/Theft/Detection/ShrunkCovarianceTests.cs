using Governance.Audit.Explanations;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class ShrunkCovarianceTests
{
    // The definitions of Ledoit and Wolf word by word: m, d², b̄² as Frobenius norms over n.
    [Theory]
    [InlineData(8, 5)]
    [InlineData(60, 4)]
    public void Follows_the_definition(int count, int n)
    {
        double[] rows = Centred(count, n, seed: 3);
        double[,] sample = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                sample[i, j] = Enumerable.Range(0, count).Average(row => rows[(row * n) + i] * rows[(row * n) + j]);
            }
        }

        double m = Enumerable.Range(0, n).Average(i => sample[i, i]);
        double d2 = Squares(n, (i, j) => sample[i, j] - (i == j ? m : 0));
        double b2 = Enumerable.Range(0, count).Sum(row => Squares(n, (i, j) => (rows[(row * n) + i] * rows[(row * n) + j]) - sample[i, j])) / count / count;
        double share = Math.Min(b2, d2) / d2;

        double[] covariance = new double[n * n];
        double mixed = ShrunkCovariance.Compute(rows, n, covariance);

        Assert.Equal(share, mixed, 1e-12);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(((1 - share) * sample[i, j]) + (i == j ? share * m : 0), covariance[(i * n) + j], 1e-12);
            }
        }
    }

    [Fact]
    public void Rows_without_spread_are_all_shrinkage() => Assert.Equal(1, ShrunkCovariance.Compute(new double[12], 3, new double[9]));

    [Fact]
    public void Refuses_a_matrix_of_another_shape() =>
        Assert.Throws<ArgumentException>("rows", () => ShrunkCovariance.Compute(new double[12], 3, new double[4]));

    private static double Squares(int n, Func<int, int, double> entry) =>
        Enumerable.Range(0, n * n).Sum(at => Math.Pow(entry(at / n, at % n), 2)) / n;

    private static double[] Centred(int count, int n, int seed)
    {
        SeededRandom random = new(seed, 1);
        double[] rows = new double[count * n];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (1 + (i % n)) * (random.NextDouble() - 0.5);
        }

        for (int column = 0; column < n; column++)
        {
            double mean = Enumerable.Range(0, count).Average(row => rows[(row * n) + column]);
            for (int row = 0; row < count; row++)
            {
                rows[(row * n) + column] -= mean;
            }
        }

        return rows;
    }
}
