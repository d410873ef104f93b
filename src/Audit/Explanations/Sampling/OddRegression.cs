using System.Buffers;
using System.Numerics.Tensors;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>The best guess of a game's odd part after some of its values are seen, under an <see cref="OddKernel"/>.</summary>
/// <remarks>
/// Regression with a prior (kernel ridge regression, kriging): Rasmussen and Williams, "Gaussian Processes for Machine
/// Learning", 2006, section 2.2; residuals of each value predicted from all others without refitting, section 5.4.2.
/// The odd part of the full coalition enters as seen too, so that the guess adds up. Time O(n^3) for n values.
/// The matrices (8 n² bytes) are rented and given back: one a row would let the heap grow with the rows explained.
/// </remarks>
internal sealed class OddRegression : IDisposable
{
    /// <summary>The noise of the full coalition's value, as a share of that of the others: it is known.</summary>
    private const double FullNoise = 1e-6;

    /// <summary>The smallest pivot, as a share of its diagonal entry: a pivot is at least the noise but for rounding.</summary>
    private const double SmallestPivot = 1e-15;

    private readonly CoalitionSet points;
    private readonly double[] factor;
    private double[]? inverse;
    private double[]? sections;

    private OddRegression(OddKernel kernel, CoalitionSet points, double noise, double[] factor)
    {
        Kernel = kernel;
        Noise = noise;
        this.points = points;
        this.factor = factor;
    }

    /// <summary>What is expected.</summary>
    public OddKernel Kernel { get; }

    /// <summary>The variance of a value that no interaction explains.</summary>
    public double Noise { get; }

    /// <summary>n + 1: the coalitions learned from, the full one first.</summary>
    public int Count => points.Count;

    /// <summary>Prepares the regression on some coalitions; their values come with <see cref="Fit"/>. To be disposed of.</summary>
    /// <param name="kernel">What is expected.</param>
    /// <param name="coalitions">The coalitions.</param>
    /// <param name="which">Shape [n]: the places of those to learn from; none twice, none the complement of another.</param>
    /// <param name="noise">The variance of a value that no interaction explains; above 0.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where the system is singular to working precision: the noise is too small.</returns>
    public static OddRegression? Prepare(OddKernel kernel, CoalitionSet coalitions, ReadOnlySpan<int> which, double noise, CancellationToken cancellationToken = default)
    {
        CoalitionSet points = WithFull(coalitions, which);
        int n = points.Count;
        double[] matrix = ArrayPool<double>.Shared.Rent(n * n);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<ulong> own = points.Bits(i);
            for (int j = 0; j < i; j++)
            {
                matrix[(i * n) + j] = kernel.Covariance(own, points.Bits(j));
            }

            matrix[(i * n) + i] = kernel.Variance + (i == 0 ? FullNoise * noise : noise);
        }

        if (SymmetricSystem.Factor(matrix, n, SmallestPivot, cancellationToken))
        {
            return new OddRegression(kernel, points, noise, matrix);
        }

        ArrayPool<double>.Shared.Return(matrix);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(factor);
        if (sections is not null)
        {
            ArrayPool<double>.Shared.Return(sections);
        }
    }

    /// <summary>Learns one output's values.</summary>
    /// <param name="full">The odd part of the full coalition.</param>
    /// <param name="odd">Shape [n]: the odd parts of the coalitions to learn from.</param>
    /// <returns>Shape [n + 1]: the coefficients, the full coalition's first.</returns>
    public double[] Fit(double full, ReadOnlySpan<double> odd)
    {
        double[] coefficients = [full, .. odd];
        Solve(coefficients);
        return coefficients;
    }

    /// <summary>Solves the regression's system in place.</summary>
    /// <param name="x">Shape [n + 1].</param>
    public void Solve(Span<double> x) => SymmetricSystem.Solve(factor, points.Count, x);

    /// <summary>The diagonal of the inverse of the system, shape [n + 1]: the same for all outputs.</summary>
    public ReadOnlySpan<double> InverseDiagonal
    {
        get
        {
            if (inverse is null)
            {
                inverse = new double[points.Count];
                SymmetricSystem.InverseDiagonal(factor, points.Count, inverse);
            }

            return inverse;
        }
    }

    /// <summary>Shape [n + 1, players]: the covariances of the Shapley values with each value, noise left out.</summary>
    public ReadOnlySpan<double> Sections
    {
        get
        {
            int players = points.Players;
            if (sections is null)
            {
                sections = ArrayPool<double>.Shared.Rent(points.Count * players);
                for (int point = 0; point < points.Count; point++)
                {
                    Kernel.Shapley(points, point, sections.AsSpan(point * players, players));
                }
            }

            return sections.AsSpan(0, points.Count * players);
        }
    }

    /// <summary>What each value differs from its prediction from all the others.</summary>
    /// <param name="coefficients">As <see cref="Fit"/> gave them.</param>
    /// <param name="residuals">Shape [n], overwritten.</param>
    public void LeftOut(ReadOnlySpan<double> coefficients, Span<double> residuals) =>
        TensorPrimitives.Divide(coefficients[1..], InverseDiagonal[1..], residuals);

    /// <summary>The prediction for a coalition that was not learned from.</summary>
    /// <param name="coalition">Its bits.</param>
    /// <param name="coefficients">Shape [outputs][n + 1], as <see cref="Fit"/> gave them.</param>
    /// <param name="predictions">Shape [outputs], overwritten.</param>
    /// <param name="buffer">Shape [n + 1], overwritten.</param>
    public void Predict(ReadOnlySpan<ulong> coalition, double[][] coefficients, Span<double> predictions, Span<double> buffer)
    {
        for (int point = 0; point < points.Count; point++)
        {
            buffer[point] = Kernel.Covariance(coalition, points.Bits(point));
        }

        for (int output = 0; output < coefficients.Length; output++)
        {
            predictions[output] = TensorPrimitives.Dot<double>(buffer, coefficients[output]);
        }
    }

    /// <summary>Adds the Shapley values of what was learned.</summary>
    /// <param name="coefficients">As <see cref="Fit"/> gave them.</param>
    /// <param name="attribution">Shape [players], added to.</param>
    public void AddShapley(ReadOnlySpan<double> coefficients, Span<double> attribution)
    {
        int players = points.Players;
        for (int point = 0; point < points.Count; point++)
        {
            TensorPrimitives.MultiplyAdd(Sections.Slice(point * players, players), coefficients[point], attribution, attribution);
        }
    }

    private static CoalitionSet WithFull(CoalitionSet coalitions, ReadOnlySpan<int> which)
    {
        CoalitionSet points = new(coalitions.Players, which.Length + 1);
        for (int player = 0; player < points.Players; player++)
        {
            points.Add(0, player);
            for (int i = 0; i < which.Length; i++)
            {
                if (coalitions.Contains(which[i], player))
                {
                    points.Add(i + 1, player);
                }
            }
        }

        return points;
    }
}
