using System.Numerics.Tensors;
using Governance.Audit.Explanations;

namespace Governance.Audit.Drift;

/// <summary>The maximum mean discrepancy: whether two samples of rows come from one distribution.</summary>
/// <remarks>
/// Gretton et al. (2012), Journal of Machine Learning Research 13, 723–773: the unbiased estimate of MMD² with the kernel
/// exp(−|x − y|² / 2σ²), which can be negative, and a p value by permutations, the observed deal among them. O(rows²) memory
/// and O(rows² · permutations) time.
/// </remarks>
public static class Mmd
{
    /// <summary>Deals behind a p value.</summary>
    public const int DefaultPermutations = 199;

    /// <summary>σ by the median rule: √(½ · median of the squared distances between different rows of the reference).</summary>
    /// <param name="reference">Shape [rows, features], row-major, at least two rows.</param>
    /// <param name="features">At least 1.</param>
    /// <returns>Above 0; 1 where most rows are alike.</returns>
    public static double MedianSigma(ReadOnlySpan<double> reference, int features)
    {
        int rows = reference.Length / features;
        double[] squares = new double[rows * (rows - 1) / 2];
        int next = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                squares[next++] = Square(reference.Slice(i * features, features), reference.Slice(j * features, features));
            }
        }

        Array.Sort(squares);

        // Each pair stands twice in the whole matrix: its lower median without the diagonal.
        double median = squares.Length == 0 ? 0 : squares[Math.Max(0, squares.Length - 1) / 2];
        return median > 0 ? Math.Sqrt(median / 2) : 1;
    }

    /// <summary>Compares two samples.</summary>
    /// <param name="reference">Shape [n, features], row-major, finite, n ≥ 2.</param>
    /// <param name="current">Shape [m, features], likewise, m ≥ 2.</param>
    /// <param name="features">At least 1.</param>
    /// <param name="sigma">The kernel's width, above 0.</param>
    /// <param name="permutations">At least 1.</param>
    /// <param name="seed">Of the permutations.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>MMD² and its p value.</returns>
    /// <exception cref="ArgumentException">A sample has fewer than two rows.</exception>
    public static (double Squared, double PValue) Run(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int features, double sigma, int permutations, int seed,
        CancellationToken cancellationToken)
    {
        int n = reference.Length / features;
        int m = current.Length / features;
        if (n < 2 || m < 2)
        {
            throw new ArgumentException("Each sample needs two rows.", nameof(current));
        }

        double[] rows = [.. reference, .. current];
        float[] kernel = new float[(n + m) * (n + m)];
        double squared = Observed(rows, n, m, features, sigma, kernel, cancellationToken);
        Deals deals = new(kernel, n, m);
        float[] mark = new float[n + m];
        Array.Fill(mark, 1f, 0, n);
        double observed = deals.Squared(mark);
        int asLarge = 0;
        for (int deal = 0; deal < permutations; deal++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeededRandom random = new(seed, deal);
            Shuffle(mark, ref random);
            asLarge += deals.Squared(mark) >= observed - 1e-9 ? 1 : 0;
        }

        return (squared, (1.0 + asLarge) / (1.0 + permutations));
    }

    // In doubles, block by block; the kernel is kept in floats for the permutations alone.
    private static double Observed(
        double[] rows, int n, int m, int features, double sigma, float[] kernel, CancellationToken cancellationToken)
    {
        int all = n + m;
        (double within, double across, double beside) = (0, 0, 0);
        for (int i = 0; i < all; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < i; j++)
            {
                double value = Math.Exp(-Square(rows.AsSpan(i * features, features), rows.AsSpan(j * features, features)) / (2 * sigma * sigma));
                kernel[(i * all) + j] = kernel[(j * all) + i] = (float)value;
                within += i < n ? value : 0;
                across += i >= n && j < n ? value : 0;
                beside += j >= n ? value : 0;
            }
        }

        return (2 * within / n / (n - 1)) + (2 * beside / m / (m - 1)) - (2 * across / n / m);
    }

    private static double Square(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static void Shuffle(float[] mark, ref SeededRandom random)
    {
        for (int i = mark.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (mark[i], mark[other]) = (mark[other], mark[i]);
        }
    }

    /// <summary>MMD² of deals of the same rows: of the sums of the kernel only the one inside the reference must be added up anew.</summary>
    private sealed class Deals(float[] kernel, int n, int m)
    {
        private readonly double[] sums = [.. Enumerable.Range(0, n + m).Select(row => (double)TensorPrimitives.Sum(kernel.AsSpan(row * (n + m), n + m)))];

        public double Squared(float[] mark)
        {
            int all = n + m;
            double inside = 0;
            double marked = 0;
            for (int row = 0; row < all; row++)
            {
                if (mark[row] > 0)
                {
                    inside += TensorPrimitives.Dot(kernel.AsSpan(row * all, all), mark);
                    marked += sums[row];
                }
            }

            double across = marked - inside;
            double beside = sums.Sum() - marked - across;
            return (inside / n / (n - 1)) + (beside / m / (m - 1)) - (2 * across / n / m);
        }
    }
}
