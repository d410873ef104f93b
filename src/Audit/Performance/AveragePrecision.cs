namespace Governance.Audit.Performance;

/// <summary>Average precision: the precision at each score, weighted by the recall gained there.</summary>
/// <remarks>Σ (Rₖ − Rₖ₋₁) Pₖ over distinct scores, highest first, without interpolation; as scikit-learn defines it.</remarks>
public static class AveragePrecision
{
    /// <summary>Computes it. O(rows) after sorting.</summary>
    /// <param name="order">The rows in ascending order of score (<see cref="RankOrder.Ascending"/>).</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row is left out).</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <returns>In (0, 1]; NaN without a positive row.</returns>
    public static double Compute(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight)
    {
        double hits = 0;
        double chosen = 0;
        double tiedHits = 0;
        double sum = 0;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int row = order[i];
            if (label[row] >= 0)
            {
                double mass = weight.IsEmpty ? 1 : weight[row];
                chosen += mass;
                tiedHits += label[row] == 1 ? mass : 0;
            }

            if (tiedHits > 0 && (i == 0 || score[order[i - 1]] != score[row]))
            {
                hits += tiedHits;
                sum += tiedHits * (hits / chosen);
                tiedHits = 0;
            }
        }

        return hits > 0 ? sum / hits : double.NaN;
    }
}
