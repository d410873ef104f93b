namespace Governance.Audit.Performance;

/// <summary>Sums over the influences of rows: variances of metrics, and of differences of metrics on the same rows.</summary>
/// <remarks>van der Vaart, "Asymptotic Statistics", 1998, section 20.1: Σ w² IF² / (Σw)².</remarks>
internal static class InfluenceSums
{
    /// <summary>The sampling variance of a metric.</summary>
    /// <param name="rows">The rows that it is of.</param>
    /// <param name="influence">Shape [all rows].</param>
    /// <param name="weight">Shape [all rows]; empty for 1 each.</param>
    /// <returns>NaN without weight.</returns>
    public static double Variance(ReadOnlySpan<int> rows, ReadOnlySpan<double> influence, ReadOnlySpan<double> weight)
    {
        double squares = 0;
        double total = 0;
        foreach (int row in rows)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            squares += mass * mass * influence[row] * influence[row];
            total += mass;
        }

        return squares / (total * total);
    }
}
