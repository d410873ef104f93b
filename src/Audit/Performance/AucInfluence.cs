namespace Governance.Audit.Performance;

/// <summary>How much each row moves an area under the ROC curve: DeLong's placements.</summary>
/// <remarks>
/// A positive row's placement is the share of negatives below it, ties half; a negative row's the share of positives above
/// it. Its distance from the area over the share of its class is its influence, and the variance of the area, and of the
/// difference of two areas on the same rows, is the variance of a mean of influences (DeLong, DeLong and Clarke-Pearson 1988,
/// Biometrics 44, 837–845). With m and n rows of the classes their factors 1/(m − 1) and 1/(n − 1) are put in.
/// </remarks>
public static class AucInfluence
{
    /// <summary>Computes influences. O(rows) after sorting.</summary>
    /// <param name="order">The rows in ascending order of score.</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="factor">What to multiply by before adding.</param>
    /// <param name="influence">
    /// Shape [rows]: added to. The variance of the area is Σ w² IF² / (Σw)² over the rows with label and score.
    /// </param>
    /// <returns>The area; NaN where a class is missing, and nothing is added.</returns>
    public static double Add(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, double factor,
        Span<double> influence)
    {
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(order, score, label, weight, [], area);
        if (!area[0].IsDefined)
        {
            return double.NaN;
        }

        OutcomeCell positives = default;
        OutcomeCell negatives = default;
        foreach (int row in order)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            positives = label[row] == 1 ? positives.With(mass) : positives;
            negatives = label[row] == 0 ? negatives.With(mass) : negatives;
        }

        double all = positives.Weight + negatives.Weight;
        double up = factor * Scale(positives, all);
        double down = factor * Scale(negatives, all);
        double positivesBelow = 0;
        double negativesBelow = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            double tiedPositives = 0;
            double tiedNegatives = 0;
            for (; end < order.Length && score[order[end]] == score[order[start]]; end++)
            {
                int row = order[end];
                double mass = weight.IsEmpty ? 1 : weight[row];
                tiedPositives += label[row] == 1 ? mass : 0;
                tiedNegatives += label[row] == 0 ? mass : 0;
            }

            double beaten = (negativesBelow + (tiedNegatives / 2)) / negatives.Weight;
            double unbeaten = 1 - ((positivesBelow + (tiedPositives / 2)) / positives.Weight);
            for (; start < end; start++)
            {
                int row = order[start];
                influence[row] += label[row] == 1 ? up * (beaten - area[0].Area) : label[row] == 0 ? down * (unbeaten - area[0].Area) : 0;
            }

            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
        }

        return area[0].Area;
    }

    // 1 / share of the class, with n / (n − 1) under the root, because DeLong divides by n − 1.
    private static double Scale(OutcomeCell own, double all) =>
        all / own.Weight * (own.EffectiveRows > 1 + 1e-9 ? Math.Sqrt(own.EffectiveRows / (own.EffectiveRows - 1)) : 1);
}
