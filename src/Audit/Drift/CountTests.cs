using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Drift;

/// <summary>Comparisons of two sets of counts over the same cells.</summary>
public static class CountTests
{
    /// <summary>Shares below this count as this in the stability index.</summary>
    public const double Floor = 1e-4;

    /// <summary>The two-sample χ² test of a contingency table, with Yates' correction for two cells.</summary>
    /// <param name="reference">Shape [cells]: counts.</param>
    /// <param name="current">Shape [cells]: counts. Cells that are empty in both do not count.</param>
    /// <returns>χ² and its p value; 0 and 1 where at most one cell occurs.</returns>
    public static (double Statistic, double PValue) ChiSquare(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = Sum(reference);
        double m = Sum(current);
        int cells = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            cells += reference[i] + current[i] > 0 ? 1 : 0;
        }

        if (cells < 2)
        {
            return (0, 1);
        }

        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double together = reference[i] + current[i];
            if (together > 0)
            {
                sum += Term(reference[i], together * n / (n + m), cells) + Term(current[i], together * m / (n + m), cells);
            }
        }

        return (sum, SpecialFunctions.GammaUpperRegularized((cells - 1) / 2.0, sum / 2));
    }

    /// <summary>The population stability index Σ (p − q) ln(p / q), natural logarithm, shares floored at <see cref="Floor"/>.</summary>
    /// <param name="reference">Shape [cells]: counts, their sum above 0.</param>
    /// <param name="current">Shape [cells]: counts, their sum above 0.</param>
    public static double Stability(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = Sum(reference);
        double m = Sum(current);
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double p = Math.Max(reference[i] / n, Floor);
            double q = Math.Max(current[i] / m, Floor);
            sum += (p - q) * Math.Log(p / q);
        }

        return sum;
    }

    /// <summary>The index that sampling alone stays below with a probability: (1/n + 1/m) times a quantile of χ².</summary>
    /// <param name="cells">At least 1.</param>
    /// <param name="n">Values of the reference, at least 1.</param>
    /// <param name="m">Current values, at least 1.</param>
    /// <param name="probability">In (0, 1).</param>
    public static double StabilityNoise(int cells, long n, long m, double probability) =>
        cells < 2 ? 0 : ChiSquared.InvCDF(cells - 1, probability) * ((1.0 / n) + (1.0 / m));

    private static double Term(double observed, double expected, int cells)
    {
        double distance = Math.Abs(observed - expected);
        distance -= cells == 2 ? Math.Min(0.5, distance) : 0;
        return distance * distance / expected;
    }

    private static double Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
