using MathNet.Numerics;

namespace Governance.Audit.Drift.Distances;

/// <summary>The two-sample χ² test of a contingency table, with Yates' correction for two cells.</summary>
internal static class ChiSquare
{
    /// <summary>The least expected count of a cell with which the χ² distribution is trusted (Cochran 1954).</summary>
    public const double LeastExpected = 5;

    /// <summary>χ²; 0 where at most one cell occurs.</summary>
    /// <param name="reference">Shape [cells]: counts.</param>
    /// <param name="current">Shape [cells]: counts. Cells that are empty in both do not count.</param>
    public static double Statistic(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = CellDistances.Sum(reference);
        double m = CellDistances.Sum(current);
        int cells = Cells(reference, current);
        double sum = 0;
        for (int i = 0; i < reference.Length && cells > 1; i++)
        {
            double together = reference[i] + current[i];
            if (together > 0)
            {
                sum += Term(reference[i], together * n / (n + m), cells) + Term(current[i], together * m / (n + m), cells);
            }
        }

        return sum;
    }

    /// <summary>The p value by the χ² distribution.</summary>
    /// <param name="statistic">χ², not negative.</param>
    /// <param name="cells">Cells that occur.</param>
    public static double PValue(double statistic, int cells) =>
        cells < 2 || statistic <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized((cells - 1) / 2.0, statistic / 2);

    /// <summary>The cells that occur in either sample.</summary>
    public static int Cells(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        int cells = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            cells += reference[i] + current[i] > 0 ? 1 : 0;
        }

        return cells;
    }

    /// <summary>The least count that a cell that occurs would have in the smaller sample, were both of one distribution.</summary>
    public static double Least(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = CellDistances.Sum(reference);
        double m = CellDistances.Sum(current);
        double least = double.PositiveInfinity;
        for (int i = 0; i < reference.Length; i++)
        {
            double together = reference[i] + current[i];
            least = together > 0 ? Math.Min(least, together * Math.Min(n, m) / (n + m)) : least;
        }

        return least;
    }

    // Yates' half never overshoots: a distance below it becomes 0.
    private static double Term(double observed, double expected, int cells)
    {
        double distance = Math.Abs(observed - expected);
        distance -= cells == 2 ? Math.Min(0.5, distance) : 0;
        return distance * distance / expected;
    }
}
