namespace Governance.Audit.Theft.Detection;

/// <summary>A covariance matrix pulled towards a multiple of the identity just as far as the sample is uncertain.</summary>
/// <remarks>
/// Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", Journal of Multivariate
/// Analysis 88 (2004) 365–411, equations 14 to 16. O(rows · n²).
/// </remarks>
public static class ShrunkCovariance
{
    /// <summary>Estimates it.</summary>
    /// <param name="rows">Shape [rows, n], row-major, each column with mean 0; finite; at least one row.</param>
    /// <param name="n">Columns, at least 1.</param>
    /// <param name="covariance">Shape [n, n], overwritten; positive definite where any value differs from 0.</param>
    /// <param name="least">The least share of the identity that is mixed in, in [0, 1].</param>
    /// <returns>The share of the identity that was mixed in, in [<paramref name="least"/>, 1].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static double Compute(ReadOnlySpan<double> rows, int n, Span<double> covariance, double least = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        int count = rows.Length / n;
        if (count == 0 || rows.Length % n != 0 || covariance.Length != n * n)
        {
            throw new ArgumentException("The rows or the matrix have another shape.", nameof(rows));
        }

        covariance.Clear();
        double fourth = 0;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<double> x = rows.Slice(row * n, n);
            double length = 0;
            for (int i = 0; i < n; i++)
            {
                length += x[i] * x[i];
                for (int j = 0; j <= i; j++)
                {
                    covariance[(i * n) + j] += x[i] * x[j];
                }
            }

            fourth += length * length;
        }

        double trace = 0;
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = covariance[(i * n) + j] / count;
                covariance[(i * n) + j] = covariance[(j * n) + i] = value;
                squares += (i == j ? 1 : 2) * value * value;
            }

            trace += covariance[(i * n) + i];
        }

        double mean = trace / n;
        double spread = squares - (n * mean * mean); // n·δ², the distance of the sample from the multiple of the identity
        double doubt = ((fourth / count) - squares) / count; // n·β̄², the sample's own variance
        double share = spread > 0 ? Math.Clamp(doubt / spread, least, 1) : 1;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                covariance[(i * n) + j] = ((1 - share) * covariance[(i * n) + j]) + (i == j ? share * mean : 0);
            }
        }

        return share;
    }
}
