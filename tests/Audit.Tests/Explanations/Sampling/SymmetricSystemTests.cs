using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class SymmetricSystemTests
{
    // A = [[4, 2, 0], [2, 5, 3], [0, 3, 6]] and x = (1, -2, 3) give A x = (0, 1, 12).
    [Fact]
    public void Solves_a_system_whose_solution_is_known()
    {
        double[] matrix = [4, 2, 0, 2, 5, 3, 0, 3, 6];
        double[] x = [0, 1, 12];

        Assert.True(SymmetricSystem.Factor(matrix, 3));
        SymmetricSystem.Solve(matrix, 3, x);

        Assert.Equal(1, x[0], 1e-14);
        Assert.Equal(-2, x[1], 1e-14);
        Assert.Equal(3, x[2], 1e-14);
    }

    [Theory]
    [InlineData(1, 2, 2, 4)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 3, 3, 2)]
    [InlineData(double.NaN, 0, 0, 1)]
    public void Says_so_where_a_matrix_is_singular_or_not_positive_definite(double a, double b, double c, double d) =>
        Assert.False(SymmetricSystem.Factor([a, b, c, d], 2));

    // Sizes around the blocks of four rows; the matrix is B Bᵀ + I with a random B, the inverse is solved for column by column.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(23)]
    [InlineData(64)]
    public void Factor_and_diagonal_of_the_inverse_fit_the_matrix(int n)
    {
        SeededRandom random = new(n, 0);
        double[] b = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)];
        double[] matrix = new double[n * n];
        for (int i = 0; i < n * n; i++)
        {
            matrix[i] = Enumerable.Range(0, n).Sum(k => b[(i / n * n) + k] * b[(i % n * n) + k]) + (i / n == i % n ? 1 : 0);
        }

        double[] factor = [.. matrix];
        double[] diagonal = new double[n];

        Assert.True(SymmetricSystem.Factor(factor, n));
        SymmetricSystem.InverseDiagonal(factor, n, diagonal);

        for (int column = 0; column < n; column++)
        {
            double[] x = new double[n];
            x[column] = 1;
            SymmetricSystem.Solve(factor, n, x);
            Assert.Equal(x[column], diagonal[column], 1e-12);
            for (int row = 0; row < n; row++)
            {
                double product = Enumerable.Range(0, n).Sum(k => matrix[(row * n) + k] * x[k]);
                Assert.Equal(row == column ? 1 : 0, product, 1e-11);
            }
        }
    }
}
