namespace Governance.Audit.Comparisons;

/// <summary>How alike two rankings of features are, the first places counting most.</summary>
/// <remarks>
/// Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002): Σ gain(i) / log₂(place + 1) of the features in the second's
/// order, over the same of the best order. The gain is the first's mean absolute attribution.
/// </remarks>
public static class RankAgreement
{
    /// <summary>Computes it.</summary>
    /// <param name="first">Shape [features]: mean absolute attributions of the first, at least 0; they are the gains.</param>
    /// <param name="second">Shape [features]: of the second, in the same order of features; features of one value share the mean of their places' discounts.</param>
    /// <returns>In (0, 1]; 1 where the order is the same. NaN where the first gives no feature anything, or there is none.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static double Ndcg(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException("The two are of other features.", nameof(second));
        }

        double[] gains = first.ToArray();
        return Gain(gains, second.ToArray()) / Gain(gains, gains);
    }

    /// <summary>The places of features, 1 the largest; of equal values the one named first goes first.</summary>
    /// <param name="values">Shape [features].</param>
    public static int[] Places(ReadOnlySpan<double> values)
    {
        double[] kept = values.ToArray();
        int[] places = new int[kept.Length];
        int place = 0;
        foreach (int feature in Enumerable.Range(0, kept.Length).OrderByDescending(index => kept[index]))
        {
            places[feature] = ++place;
        }

        return places;
    }

    // Of features that tie, each takes the mean discount of the places that they hold together.
    private static double Gain(double[] gains, double[] order)
    {
        double sum = 0;
        int place = 0;
        foreach (IGrouping<double, int> tied in Enumerable.Range(0, order.Length).GroupBy(index => order[index]).OrderByDescending(group => group.Key))
        {
            int[] members = [.. tied];
            double discount = 0;
            for (int i = 0; i < members.Length; i++)
            {
                discount += 1 / Math.Log2(++place + 1);
            }

            sum += members.Sum(index => gains[index]) * discount / members.Length;
        }

        return sum;
    }
}
