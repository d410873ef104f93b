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

    // What sums of millions of terms of at most 1 differ by, over the number of terms.
    private const double Rounding = 1e-12;

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

        // Each pair stands twice in the whole matrix: its lower median without the diagonal.
        double median = squares.Length == 0 ? 0 : NthSmallest.Of(squares, (squares.Length - 1) / 2);
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

        Kernel kernel = new([.. reference, .. current], n, m, features, sigma, cancellationToken);
        double[][] marks = new double[permutations + 1][];
        marks[0] = new double[n + m];
        Array.Fill(marks[0], 1, 0, n);
        for (int deal = 0; deal < permutations; deal++)
        {
            SeededRandom random = new(seed, deal);
            marks[deal + 1] = [.. marks[deal]];
            Shuffle(marks[deal + 1], ref random);
        }

        double[] dealt = kernel.Squared(marks, cancellationToken);
        int asLarge = dealt.Skip(1).Count(each => each >= dealt[0] - Rounding);
        return (kernel.Observed, (1.0 + asLarge) / (1.0 + permutations));
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

    private static void Shuffle(double[] mark, ref SeededRandom random)
    {
        for (int i = mark.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (mark[i], mark[other]) = (mark[other], mark[i]);
        }
    }

    /// <summary>
    /// The kernel of all pairs of rows, below the diagonal. Of a deal only the sum inside the reference must be added up anew. In doubles:
    /// a deal that only swaps the samples is the same deal, and counts as large.
    /// </summary>
    private sealed class Kernel
    {
        private const int Block = 8; // rows that stay near while all deals pass over them

        private readonly int n;
        private readonly int m;
        private readonly double[][] below; // row i: its pairs with the rows before it
        private readonly double[] sums;

        public Kernel(double[] rows, int n, int m, int features, double sigma, CancellationToken cancellationToken)
        {
            (this.n, this.m) = (n, m);
            int all = n + m;
            below = new double[all][];
            sums = new double[all];
            double[][] columns = [.. Enumerable.Range(0, features).Select(feature => Column(rows, features, feature))];
            double[] differences = new double[all];
            (double within, double across, double beside) = (0, 0, 0);
            for (int i = 0; i < all; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<double> row = below[i] = new double[i];
                foreach (double[] column in columns)
                {
                    TensorPrimitives.Subtract(column.AsSpan(0, i), column[i], differences.AsSpan(0, i));
                    TensorPrimitives.MultiplyAdd(differences.AsSpan(0, i), differences.AsSpan(0, i), row, row);
                }

                TensorPrimitives.Multiply(row, -1 / (2 * sigma * sigma), row);
                TensorPrimitives.Exp(row, row);
                TensorPrimitives.Add(sums.AsSpan(0, i), row, sums.AsSpan(0, i));
                sums[i] += TensorPrimitives.Sum<double>(row);
                within += i < n ? TensorPrimitives.Sum<double>(row) : 0;
                across += i >= n ? TensorPrimitives.Sum<double>(row[..n]) : 0;
                beside += i >= n ? TensorPrimitives.Sum<double>(row[n..]) : 0;
            }

            Observed = Estimate(2 * within, across, 2 * beside);
        }

        /// <summary>MMD² of the samples as they are.</summary>
        public double Observed { get; }

        /// <summary>MMD² of deals of the same rows.</summary>
        /// <param name="marks">One a deal: 1 where a row counts to the reference, else 0.</param>
        /// <param name="cancellationToken">Ends it.</param>
        public double[] Squared(double[][] marks, CancellationToken cancellationToken)
        {
            double[] inside = new double[marks.Length];
            for (int first = 0; first < below.Length; first += Block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int deal = 0; deal < marks.Length; deal++)
                {
                    double[] mark = marks[deal];
                    for (int row = first; row < Math.Min(first + Block, below.Length); row++)
                    {
                        inside[deal] += mark[row] > 0 ? 2 * TensorPrimitives.Dot(below[row], mark.AsSpan(0, row)) : 0;
                    }
                }
            }

            double total = sums.Sum();
            return [.. marks.Select((mark, deal) =>
            {
                double marked = sums.Where((_, row) => mark[row] > 0).Sum();
                double across = marked - inside[deal];
                return Estimate(inside[deal], across, total - marked - across);
            })];
        }

        // Sums over ordered pairs inside the first sample and inside the second; those across count once.
        private double Estimate(double inside, double across, double beside) =>
            (inside / n / (n - 1)) + (beside / m / (m - 1)) - (2 * across / n / m);

        private static double[] Column(double[] rows, int features, int feature) =>
            [.. Enumerable.Range(0, rows.Length / features).Select(row => rows[(row * features) + feature])];
    }
}
