namespace Governance.Audit.Performance;

/// <summary>The two areas under the curve of precision over recall, and how much each row moves them.</summary>
/// <remarks>
/// Average precision is the step sum Σ (Rₖ − Rₖ₋₁) Pₖ over distinct scores, highest first, without interpolation; the
/// trapezoid joins the same points by straight lines, which flatters (Davis and Goadrich, ICML 2006), and begins at recall
/// 0 with precision 1. Both as scikit-learn defines them; with more rows they become the same.
/// </remarks>
public static class PrecisionRecall
{
    /// <summary>Computes the areas. O(rows) after sorting.</summary>
    /// <param name="order">The rows in ascending order of score (<see cref="RankOrder.Ascending"/>).</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row is left out).</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <returns>Each in (0, 1]; NaN without a positive row.</returns>
    public static (double Steps, double Trapezoid) Areas(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight)
    {
        double hits = 0;
        double chosen = 0;
        double tiedHits = 0;
        double steps = 0;
        double trapezoid = 0;
        double precision = 1;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int row = order[i];
            if (label[row] >= 0)
            {
                double mass = weight.IsEmpty ? 1 : weight[row];
                chosen += mass;
                tiedHits += label[row] == 1 ? mass : 0;
            }

            if (chosen > 0 && (i == 0 || score[order[i - 1]] != score[row]))
            {
                hits += tiedHits;
                steps += tiedHits * (hits / chosen);
                trapezoid += tiedHits * ((hits / chosen) + precision) / 2;
                precision = hits / chosen;
                tiedHits = 0;
            }
        }

        return hits > 0 ? (steps / hits, trapezoid / hits) : (double.NaN, double.NaN);
    }

    /// <summary>The influence of each row on the average precision.</summary>
    /// <remarks>
    /// For a row at score s with label y, positives a share π, precision P(s) and share D(s) from s on:
    /// (y·P(s) + y·H₁(s) − H₂(s) − y·AP) / π, where H₁ and H₂ sum 1/D and P/D over the positive rows at or below s.
    /// The sampling variance is Σ w² IF² / (Σw)².
    /// </remarks>
    /// <param name="order">The rows in ascending order of score.</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="influence">Shape [rows], overwritten: 0 where a row has no label or no score.</param>
    public static void Influence(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight,
        Span<double> influence)
    {
        influence.Clear();
        (double area, _) = Areas(order, score, label, weight);
        double all = 0;
        double positives = 0;
        foreach (int row in order)
        {
            if (label[row] >= 0)
            {
                double mass = weight.IsEmpty ? 1 : weight[row];
                all += mass;
                positives += label[row] == 1 ? mass : 0;
            }
        }

        if (double.IsNaN(area))
        {
            return;
        }

        // Upwards: what lies below a block of equal scores is known, so what lies from it on is too.
        double below = 0;
        double positivesBelow = 0;
        double inverse = 0;
        double ratio = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            double own = 0;
            double ownPositives = 0;
            for (; end < order.Length && score[order[end]] == score[order[start]]; end++)
            {
                int row = order[end];
                if (label[row] >= 0)
                {
                    double mass = weight.IsEmpty ? 1 : weight[row];
                    own += mass;
                    ownPositives += label[row] == 1 ? mass : 0;
                }
            }

            double from = all - below;
            double precision = from > 0 ? (positives - positivesBelow) / from : 0;
            inverse += from > 0 ? ownPositives / from : 0;
            ratio += from > 0 ? ownPositives * precision / from : 0;
            for (; start < end; start++)
            {
                int row = order[start];
                int y = label[row];
                influence[row] = y < 0 ? 0 : ((y * (precision + inverse - area)) - ratio) * all / positives;
            }

            below += own;
            positivesBelow += ownPositives;
        }
    }
}
