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
}
