namespace Governance.Audit.Drift.Distances;

/// <summary>The Wasserstein-1 distance: the area between two empirical distribution functions.</summary>
/// <remarks>Vallender (1974), Theory of Probability and its Applications 18, 784–786; as SciPy's <c>wasserstein_distance</c>.</remarks>
internal static class WassersteinDistance
{
    /// <summary>The distance, in the unit of the numbers. O(n + m).</summary>
    /// <param name="a">Shape [n], ascending, finite, n ≥ 1.</param>
    /// <param name="b">Shape [m], ascending, finite, m ≥ 1.</param>
    public static double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double n = 1.0 / a.Length;
        double m = 1.0 / b.Length;
        double sum = 0;
        int i = 0;
        int j = 0;
        double last = Math.Min(a[0], b[0]);
        while (i < a.Length && j < b.Length)
        {
            double x = a[i];
            double y = b[j];
            double at = Math.Min(x, y);
            sum += Math.Abs((i * n) - (j * m)) * (at - last);
            last = at;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        for (; i < a.Length; i++)
        {
            sum += Math.Abs((i * n) - 1) * (a[i] - last);
            last = a[i];
        }

        for (; j < b.Length; j++)
        {
            sum += Math.Abs(1 - (j * m)) * (b[j] - last);
            last = b[j];
        }

        return sum;
    }
}
