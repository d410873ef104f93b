namespace Governance.Audit.Fairness;

/// <summary>Generalised entropy indices: how unequally a benefit is shared out.</summary>
/// <remarks>
/// Speicher and others, "A Unified Approach to Quantifying Algorithmic Unfairness", KDD 2018, equation 2: with r = b / mean,
/// mean(r^α − 1) / (α (α − 1)); for α = 1 (Theil's index) mean(r ln r), for α = 0 (mean logarithmic deviation) −mean(ln r).
/// AIF360 0.6.1 divides by the mean once too often at α = 0; its documentation has the formula used here.
/// </remarks>
public static class EntropyIndex
{
    /// <summary>The index of benefits. O(rows).</summary>
    /// <param name="benefits">Shape [rows], at least 0.</param>
    /// <param name="weights">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="alpha">How much weight large benefits have; 1 and 0 are the limits above.</param>
    /// <returns>0 where all are alike; infinite where a benefit is 0 and α at most 0; NaN without rows or where all benefits are 0.</returns>
    public static double Compute(ReadOnlySpan<double> benefits, ReadOnlySpan<double> weights, double alpha)
    {
        double total = 0;
        double sum = 0;
        for (int row = 0; row < benefits.Length; row++)
        {
            double mass = weights.IsEmpty ? 1 : weights[row];
            total += mass;
            sum += mass * benefits[row];
        }

        double mean = sum / total;
        if (!(mean > 0))
        {
            return double.NaN;
        }

        double index = 0;
        for (int row = 0; row < benefits.Length; row++)
        {
            double mass = weights.IsEmpty ? 1 : weights[row];
            index += mass > 0 ? mass * Term(benefits[row] / mean, alpha) : 0;
        }

        return index / total;
    }

    /// <summary>The coefficient of variation, √(2 · index at α = 2).</summary>
    public static double Variation(ReadOnlySpan<double> benefits, ReadOnlySpan<double> weights) =>
        Math.Sqrt(2 * Compute(benefits, weights, 2));

    private static double Term(double ratio, double alpha) => alpha switch
    {
        1 => ratio > 0 ? ratio * Math.Log(ratio) : 0,
        0 => -Math.Log(ratio),
        _ => (Math.Pow(ratio, alpha) - 1) / (alpha * (alpha - 1)),
    };
}
