using Governance.Audit.Performance;

namespace Governance.Audit.Monitoring;

/// <summary>Metrics of scores where each row is positive with a chance.</summary>
public static class ExpectedLoss
{
    /// <summary>The area under the expected ROC curve.</summary>
    /// <remarks>
    /// Rows by falling score; a row adds its chance to the true and the rest to the false positives; the area by
    /// trapezoids. Rows of one score are one step, so that with known labels it is the Mann–Whitney area; NannyML keeps
    /// tied rows apart, in the order that its sort happens to leave them. O(n log n).
    /// </remarks>
    /// <param name="chance">Shape [rows], in [0, 1].</param>
    /// <param name="score">Shape [rows].</param>
    /// <returns>NaN where one class is not expected at all.</returns>
    public static double RocAuc(ReadOnlySpan<double> chance, ReadOnlySpan<double> score)
    {
        int[] order = RankOrder.Ascending(score);
        double positives = 0;
        double negatives = 0;
        double area = 0;
        for (int i = order.Length - 1; i >= 0;)
        {
            double at = score[order[i]];
            double hits = 0;
            double misses = 0;
            for (; i >= 0 && score[order[i]] == at; i--)
            {
                hits += chance[order[i]];
                misses += 1 - chance[order[i]];
            }

            area += misses * (positives + (hits / 2));
            positives += hits;
            negatives += misses;
        }

        return positives > 0 && negatives > 0 ? area / (positives * negatives) : double.NaN;
    }

    /// <summary>The expected squared distance of score and label.</summary>
    public static double Brier(ReadOnlySpan<double> chance, ReadOnlySpan<double> score)
    {
        double sum = 0;
        for (int row = 0; row < chance.Length; row++)
        {
            sum += (chance[row] * (1 - score[row]) * (1 - score[row])) + ((1 - chance[row]) * score[row] * score[row]);
        }

        return sum / chance.Length;
    }

    /// <summary>The expected log loss, natural logarithm, scores clipped as in <see cref="ProbabilityLoss"/>.</summary>
    public static double LogLoss(ReadOnlySpan<double> chance, ReadOnlySpan<double> score)
    {
        double sum = 0;
        for (int row = 0; row < chance.Length; row++)
        {
            double p = Math.Clamp(score[row], ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip);
            sum -= (chance[row] * Math.Log(p)) + ((1 - chance[row]) * Math.Log(1 - p));
        }

        return sum / chance.Length;
    }
}
