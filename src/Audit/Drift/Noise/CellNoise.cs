using Governance.Audit.Drift.Distances;
using Governance.Audit.Explanations;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Drift.Noise;

/// <summary>What a distance of cells comes to by chance, given how many values both samples have in each cell together.</summary>
/// <remarks>
/// Were both samples of one distribution, every way to deal the pooled values to them would be as likely. Where every
/// cell is large, the divergences have χ² limits by their second-order expansion (PSI (1/n + 1/m) χ², KL half of it, JS
/// and the squared Hellinger distance an eighth, in natural units); else the deals are drawn.
/// </remarks>
internal static class CellNoise
{
    private const double DenseCell = 50;
    private const int Draws = 4_999;
    private const int DrawsOfMany = 999;
    private const int ManyCells = 200;

    /// <summary>Draws the null distribution of a test.</summary>
    /// <param name="test">A test on cells.</param>
    /// <param name="reference">Shape [cells].</param>
    /// <param name="current">Shape [cells].</param>
    /// <param name="seed">Of the draws.</param>
    public static NullSample Simulate(DriftTest test, ReadOnlySpan<long> reference, ReadOnlySpan<long> current, int seed)
    {
        long[] pooled = Pooled(reference, current);
        Array.Sort(pooled);
        Array.Reverse(pooled);
        long n = CellDistances.Sum(reference);
        long total = CellDistances.Sum(pooled);
        double[] draws = new double[pooled.Length > ManyCells ? DrawsOfMany : Draws];
        long[] first = new long[pooled.Length];
        long[] second = new long[pooled.Length];
        for (int draw = 0; draw < draws.Length; draw++)
        {
            SeededRandom random = new(seed, draw);
            Deal(ref random, pooled, total, n, first, second);
            draws[draw] = CellDistances.Of(test, first, second);
        }

        return NullSample.Of(draws);
    }

    /// <summary>The quantile by the χ² limit; null where the test has none.</summary>
    /// <param name="test">A test on cells.</param>
    /// <param name="cells">Cells that occur.</param>
    /// <param name="n">Values of the reference.</param>
    /// <param name="m">Current values.</param>
    /// <param name="alpha">The probability to be passed.</param>
    public static double? Limit(DriftTest test, int cells, long n, long m, double alpha)
    {
        if (cells < 2)
        {
            return 0;
        }

        double index = ChiSquared.InvCDF(cells - 1, 1 - alpha) * ((1.0 / n) + (1.0 / m));
        return test switch
        {
            DriftTest.Psi => index,
            DriftTest.Kl => index / 2,
            DriftTest.Hellinger => Math.Sqrt(index / 8),
            DriftTest.Js => Math.Sqrt(index / 8 / Math.Log(2)),
            _ => null,
        };
    }

    /// <summary>Whether every cell is large enough for <see cref="Limit"/>.</summary>
    public static bool IsDense(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) =>
        ChiSquare.Least(reference, current) >= DenseCell;

    private static void Deal(ref SeededRandom random, long[] pooled, long total, long n, long[] first, long[] second)
    {
        long left = total;
        long places = n;
        for (int cell = 0; cell < pooled.Length; cell++)
        {
            first[cell] = UrnDraw.Next(ref random, left, places, pooled[cell]);
            second[cell] = pooled[cell] - first[cell];
            left -= pooled[cell];
            places -= first[cell];
        }
    }

    private static long[] Pooled(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        List<long> pooled = new(reference.Length);
        for (int i = 0; i < reference.Length; i++)
        {
            if (reference[i] + current[i] > 0)
            {
                pooled.Add(reference[i] + current[i]);
            }
        }

        return [.. pooled];
    }
}
