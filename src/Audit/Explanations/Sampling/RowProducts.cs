using System.Numerics;
using System.Runtime.InteropServices;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>Dot products of one row with four others at once: the inner loop of <see cref="SymmetricSystem"/>.</summary>
/// <remarks>
/// Four products share each load of the common row. The order of additions depends on the length alone, so results
/// have the same bits on one processor model whatever the number of threads.
/// </remarks>
internal static class RowProducts
{
    /// <summary>The four products of <paramref name="common"/> with a, b, c and d.</summary>
    /// <param name="common">Any length; the others are at least as long.</param>
    /// <param name="a">The first row.</param>
    /// <param name="b">The second row.</param>
    /// <param name="c">The third row.</param>
    /// <param name="d">The fourth row.</param>
    public static (double A, double B, double C, double D) Four(
        ReadOnlySpan<double> common, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        int length = common.Length;
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(common);
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a[..length])[..vectors.Length];
        ReadOnlySpan<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(b[..length])[..vectors.Length];
        ReadOnlySpan<Vector<double>> vc = MemoryMarshal.Cast<double, Vector<double>>(c[..length])[..vectors.Length];
        ReadOnlySpan<Vector<double>> vd = MemoryMarshal.Cast<double, Vector<double>>(d[..length])[..vectors.Length];
        Vector<double> sumA = Vector<double>.Zero;
        Vector<double> sumB = Vector<double>.Zero;
        Vector<double> sumC = Vector<double>.Zero;
        Vector<double> sumD = Vector<double>.Zero;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector<double> shared = vectors[i];
            sumA = Vector.FusedMultiplyAdd(shared, va[i], sumA);
            sumB = Vector.FusedMultiplyAdd(shared, vb[i], sumB);
            sumC = Vector.FusedMultiplyAdd(shared, vc[i], sumC);
            sumD = Vector.FusedMultiplyAdd(shared, vd[i], sumD);
        }

        double restA = Vector.Sum(sumA);
        double restB = Vector.Sum(sumB);
        double restC = Vector.Sum(sumC);
        double restD = Vector.Sum(sumD);
        for (int i = vectors.Length * Vector<double>.Count; i < length; i++)
        {
            double shared = common[i];
            restA += shared * a[i];
            restB += shared * b[i];
            restC += shared * c[i];
            restD += shared * d[i];
        }

        return (restA, restB, restC, restD);
    }

}
