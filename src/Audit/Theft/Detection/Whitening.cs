using System.Numerics.Tensors;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Theft.Detection;

/// <summary>A scale for rows on which reference rows lie like a ball: distances count what the reference does not explain.</summary>
/// <remarks>
/// Scaled features (<see cref="FeatureScales"/>) are multiplied by the inverse Cholesky factor of their shrunk covariance.
/// One-hot features take part as they are: the direction in which no legal row moves (a column's levels add up to 1) is
/// bounded by the shrinkage. More than <see cref="MostDimensions"/> features are first projected with random signs
/// (Achlioptas, Journal of Computer and System Sciences 66, 2003). O(features²) a row.
/// </remarks>
internal sealed class Whitening
{
    /// <summary>Above this many features rows are projected.</summary>
    public const int MostDimensions = 128;

    private const int Projected = 64;

    // Without it, directions that the reference hardly knows (a rare level) would outweigh all others.
    private const double LeastShrinkage = 0.2;

    private readonly FeatureScales scales;
    private readonly double[] inverse; // shape [size, size], lower triangle

    private Whitening(FeatureScales scales, double[] inverse, int size)
    {
        this.scales = scales;
        this.inverse = inverse;
        Size = size;
    }

    /// <summary>Dimensions of a whitened row.</summary>
    public int Size { get; }

    /// <summary>Measures the scale.</summary>
    /// <param name="rows">Shape [rows, width]; NaN where missing.</param>
    /// <param name="width">Features.</param>
    public static Whitening Fit(ReadOnlySpan<float> rows, int width)
    {
        int count = rows.Length / width;
        FeatureScales scales = FeatureScales.Fit(rows, width);
        int size = scales.Wide <= MostDimensions ? scales.Wide : Projected;
        double[] centred = new double[count * size];
        double[] own = new double[scales.Wide];
        for (int row = 0; row < count; row++)
        {
            scales.Apply(rows.Slice(row * width, width), own);
            Project(own, centred.AsSpan(row * size, size));
        }

        double[] covariance = new double[size * size];
        ShrunkCovariance.Compute(centred, size, covariance, LeastShrinkage);
        return new Whitening(scales, InverseFactor(covariance, size), size);
    }

    /// <summary>Whitens a row.</summary>
    /// <param name="row">Shape [width].</param>
    /// <param name="whitened">Shape [<see cref="Size"/>], overwritten; finite.</param>
    public void Apply(ReadOnlySpan<float> row, Span<float> whitened)
    {
        Span<double> own = scales.Wide <= 1_024 ? stackalloc double[scales.Wide] : new double[scales.Wide];
        Span<double> narrow = stackalloc double[Size];
        scales.Apply(row, own);
        Project(own, narrow);
        for (int i = 0; i < Size; i++)
        {
            whitened[i] = (float)TensorPrimitives.Dot<double>(inverse.AsSpan(i * Size, i + 1), narrow[..(i + 1)]);
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Size);
        scales.Write(writer);
        writer.WriteAll(inverse);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Whitening Read(BinaryReader reader)
    {
        int size = reader.ReadInt32();
        return new Whitening(FeatureScales.Read(reader), reader.ReadDoubles(), size);
    }

    private static void Project(ReadOnlySpan<double> wide, Span<double> narrow)
    {
        if (narrow.Length == wide.Length)
        {
            wide.CopyTo(narrow);
            return;
        }

        narrow.Clear();
        for (int i = 0; i < wide.Length; i++)
        {
            ulong signs = SeededRandom.Mix((ulong)i + 1); // one bit a dimension: 64 of them
            for (int j = 0; j < narrow.Length; j++)
            {
                narrow[j] += (signs >> j & 1) == 0 ? wide[i] : -wide[i];
            }
        }
    }

    private static double[] InverseFactor(double[] covariance, int size)
    {
        if (!SymmetricSystem.Factor(covariance, size))
        {
            // Every reference row is the same: any distance from it counts.
            Array.Clear(covariance);
            for (int i = 0; i < size; i++)
            {
                covariance[(i * size) + i] = 1;
            }
        }

        double[] inverse = new double[size * size];
        for (int column = 0; column < size; column++)
        {
            for (int i = column; i < size; i++)
            {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++)
                {
                    sum -= covariance[(i * size) + k] * inverse[(k * size) + column];
                }

                inverse[(i * size) + column] = sum / covariance[(i * size) + i];
            }
        }

        return inverse;
    }
}
