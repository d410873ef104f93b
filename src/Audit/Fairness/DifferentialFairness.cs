namespace Governance.Audit.Fairness;

/// <summary>Smoothed empirical differential fairness: how far any outcome's probability can differ between two groups.</summary>
/// <remarks>
/// Foulds, Islam, Keya and Pan, "An Intersectional Definition of Fairness", ICDE 2020, equation 8: shares are smoothed with a
/// Dirichlet prior of concentration 1, (hits + ½) / (rows + 1), and the largest |ln pᵢ − ln pⱼ| or |ln(1 − pᵢ) − ln(1 − pⱼ)|
/// over pairs of groups is taken. e^ε is at most by how much a group's odds of either outcome are multiplied.
/// </remarks>
public static class DifferentialFairness
{
    /// <summary>Computes ε.</summary>
    /// <param name="hits">Shape [groups]: the weight of rows with the outcome.</param>
    /// <param name="rows">Shape [groups]: the weight of all rows; groups without any are left out.</param>
    /// <returns>At least 0; NaN with fewer than two groups that have rows.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Compute(ReadOnlySpan<double> hits, ReadOnlySpan<double> rows)
    {
        if (hits.Length != rows.Length)
        {
            throw new ArgumentException("Hits and rows need equally many groups.", nameof(rows));
        }

        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        (double leastMiss, double mostMiss) = (least, most);
        int known = 0;
        for (int group = 0; group < hits.Length; group++)
        {
            if (rows[group] > 0)
            {
                double hit = Math.Log((hits[group] + 0.5) / (rows[group] + 1));
                double miss = Math.Log((rows[group] - hits[group] + 0.5) / (rows[group] + 1));
                (least, most) = (Math.Min(least, hit), Math.Max(most, hit));
                (leastMiss, mostMiss) = (Math.Min(leastMiss, miss), Math.Max(mostMiss, miss));
                known++;
            }
        }

        return known < 2 ? double.NaN : Math.Max(most - least, mostMiss - leastMiss);
    }
}
