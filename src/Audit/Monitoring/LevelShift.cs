using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Monitoring;

/// <summary>Whether any level of a column became more or less common.</summary>
/// <remarks>
/// Fisher's exact test of each level's share against all others, and Bonferroni's bound over the levels: right far out in
/// the tail, whatever the counts, where χ² with expected counts of five is several times too optimistic. Levels that the
/// reference lacks count as one. O(levels · rows).
/// </remarks>
public static class LevelShift
{
    // Beyond, the sum over tables would take long, and both expected counts are large where it matters.
    private const int MostExact = 20_000;

    /// <summary>Tests.</summary>
    /// <param name="reference">Shape [levels]: counts of the reference.</param>
    /// <param name="current">Shape [levels]: counts of the window.</param>
    /// <returns>The level with the smallest p value, the change of its share, and the p value for all levels together.</returns>
    public static (int Level, double Change, double PValue) Test(ReadOnlySpan<int> reference, ReadOnlySpan<int> current)
    {
        int n = Sum(reference);
        int m = Sum(current);
        int tested = 0;
        (int level, double smallest) = (-1, 1.0);
        for (int i = 0; i < reference.Length; i++)
        {
            if (reference[i] + current[i] == 0 || reference[i] + current[i] == n + m)
            {
                continue;
            }

            tested++;
            double p = Proportions(reference[i], n, current[i], m);
            if (level < 0 || p < smallest)
            {
                (level, smallest) = (i, p);
            }
        }

        // Two levels are one comparison: the share of the one is the rest of the other's.
        int comparisons = tested == 2 ? 1 : tested;
        return level < 0 ? (-1, 0, 1) : (level, ((double)current[level] / m) - ((double)reference[level] / n), Math.Min(1, smallest * comparisons));
    }

    /// <summary>The p value of two shares being one: exact, or for very many rows by the normal limit with continuity correction.</summary>
    public static double Proportions(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        if (Math.Min(rowsA, rowsB) <= MostExact)
        {
            return rowsA <= rowsB
                ? FisherExact.TwoSided(hitsA, rowsA, hitsB, rowsB)
                : FisherExact.TwoSided(hitsB, rowsB, hitsA, rowsA);
        }

        double share = (hitsA + (double)hitsB) / (rowsA + (double)rowsB);
        double spread = Math.Sqrt(share * (1 - share) * ((1.0 / rowsA) + (1.0 / rowsB)));
        double distance = Math.Abs(((double)hitsA / rowsA) - ((double)hitsB / rowsB)) - (0.5 * ((1.0 / rowsA) + (1.0 / rowsB)));
        return spread <= 0 || distance <= 0 ? 1 : 2 * Normal.CDF(0, 1, -distance / spread);
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        int sum = 0;
        foreach (int count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
