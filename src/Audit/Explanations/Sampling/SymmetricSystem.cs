namespace Governance.Audit.Explanations.Sampling;

/// <summary>Linear systems with a symmetric positive definite matrix, by Cholesky factors in double.</summary>
/// <remarks>
/// Time O(n^3). Ours, in one fixed order of operations, because a blocked or threaded library would tie the bits of
/// evidence to its thread count. Source: Golub and Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.1.
/// </remarks>
internal static class SymmetricSystem
{
    /// <summary>A pivot under this share of its diagonal entry counts as zero.</summary>
    public const double Smallest = 1e-12;

    /// <summary>Replaces a matrix by its lower Cholesky factor.</summary>
    /// <param name="matrix">Shape [n, n] row-major; the lower triangle is read and overwritten.</param>
    /// <param name="n">At least 0.</param>
    /// <returns>False where the matrix is singular to working precision; its content is then of no use.</returns>
    public static bool Factor(Span<double> matrix, int n)
    {
        for (int j = 0; j < n; j++)
        {
            Span<double> row = matrix.Slice(j * n, n);
            double pivot = row[j];
            double least = pivot * Smallest;
            for (int k = 0; k < j; k++)
            {
                pivot -= row[k] * row[k];
            }

            if (!(pivot > least))
            {
                return false;
            }

            double root = Math.Sqrt(pivot);
            row[j] = root;
            for (int i = j + 1; i < n; i++)
            {
                Span<double> below = matrix.Slice(i * n, n);
                double sum = below[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= below[k] * row[k];
                }

                below[j] = sum / root;
            }
        }

        return true;
    }

    /// <summary>Solves for one right side in place, given the factor.</summary>
    /// <param name="factor">Shape [n, n], as <see cref="Factor"/> left it.</param>
    /// <param name="n">At least 0.</param>
    /// <param name="x">Shape [n]: the right side, overwritten with the solution.</param>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            double sum = x[i];
            for (int k = 0; k < i; k++)
            {
                sum -= factor[(i * n) + k] * x[k];
            }

            x[i] = sum / factor[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= factor[(k * n) + i] * x[k];
            }

            x[i] = sum / factor[(i * n) + i];
        }
    }
}
