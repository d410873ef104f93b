namespace Governance.Audit.Training;

/// <summary>The best non-decreasing fit of a target to one variable, by weighted least squares.</summary>
/// <remarks>
/// Pool-adjacent-violators: Ayer et al., Annals of Mathematical Statistics 26 (1955) 641–647; rows of the same x are
/// pooled first, by their weighted mean, so that the fit is a function of x. O(n log n) for the sort, O(n) else.
/// </remarks>
public static class IsotonicRegression
{
    /// <summary>Fits the curve.</summary>
    /// <param name="x">Shape [rows]; finite.</param>
    /// <param name="y">Shape [rows]; finite.</param>
    /// <param name="weights">Shape [rows], not negative, not all zero; empty for 1 each. Rows of weight 0 are left out.</param>
    /// <exception cref="ArgumentException">No row has weight, the shapes differ, or a value is not finite.</exception>
    public static IsotonicCurve Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        if (y.Length != x.Length || (weights.Length != x.Length && !weights.IsEmpty))
        {
            throw new ArgumentException("Expected a target and a weight for each row.", nameof(y));
        }

        double[] keys = new double[x.Length];
        int[] rows = new int[x.Length];
        int count = 0;
        for (int row = 0; row < x.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            if (!double.IsFinite(x[row]) || !double.IsFinite(y[row]) || !double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"Row {row} is not finite, or its weight is negative.", nameof(x));
            }

            if (weight > 0)
            {
                (keys[count], rows[count]) = (x[row], row);
                count++;
            }
        }

        if (count == 0)
        {
            throw new ArgumentException("No row has a weight.", nameof(weights));
        }

        // By x, then by row: the sums of a pool do not depend on how the sort breaks ties.
        Array.Sort(rows, 0, count, Comparer<int>.Create(ByValue(x.ToArray())));
        List<Pool> pools = [];
        for (int i = 0; i < count;)
        {
            double at = x[rows[i]];
            double sum = 0;
            double total = 0;
            for (; i < count && x[rows[i]] == at; i++)
            {
                double weight = weights.IsEmpty ? 1 : weights[rows[i]];
                sum += weight * y[rows[i]];
                total += weight;
            }

            Push(pools, new Pool(at, at, sum, total));
        }

        return Curve(pools);
    }

    private static Comparison<int> ByValue(double[] x) => (a, b) => x[a] != x[b] ? x[a].CompareTo(x[b]) : a.CompareTo(b);

    private static void Push(List<Pool> pools, Pool next)
    {
        while (pools.Count > 0 && pools[^1].Mean >= next.Mean)
        {
            Pool last = pools[^1];
            pools.RemoveAt(pools.Count - 1);
            next = new Pool(last.Low, next.High, last.Sum + next.Sum, last.Weight + next.Weight);
        }

        pools.Add(next);
    }

    // Both ends of each pool, so that the curve is flat within pools and straight between them.
    private static IsotonicCurve Curve(List<Pool> pools)
    {
        List<double> knots = [];
        List<double> values = [];
        foreach (Pool pool in pools)
        {
            knots.Add(pool.Low);
            values.Add(pool.Mean);
            if (pool.High > pool.Low)
            {
                knots.Add(pool.High);
                values.Add(pool.Mean);
            }
        }

        return new IsotonicCurve([.. knots], [.. values]);
    }

    private readonly record struct Pool(double Low, double High, double Sum, double Weight)
    {
        public double Mean => Sum / Weight;
    }
}
