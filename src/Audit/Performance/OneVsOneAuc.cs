namespace Governance.Audit.Performance;

/// <summary>The areas under the ROC curve of each pair of classes.</summary>
/// <remarks>
/// Hand and Till (2001), Machine Learning 45, 171–186: A(a, b) is the chance that a row of class a has a higher score for a
/// than a row of class b, ties half; the pair's figure is the mean of A(a, b) and A(b, a). It does not hang on how frequent
/// the classes are.
/// </remarks>
public static class OneVsOneAuc
{
    /// <summary>Computes A(a, b) for all b by one sweep over the rows in the order of a's score. O(rows of a · classes + rows).</summary>
    /// <param name="order">The rows in ascending order of the class's score.</param>
    /// <param name="score">Shape [rows]: the class's score.</param>
    /// <param name="label">Shape [rows]: the index of the true class.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="own">The class a.</param>
    /// <param name="mass">Shape [classes]: the weight of each class's rows.</param>
    /// <param name="areas">Shape [classes], overwritten: A(a, b) at b; NaN where a or b has no rows, and at a itself.</param>
    public static void Compute(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<int> label, ReadOnlySpan<double> weight, int own,
        ReadOnlySpan<double> mass, Span<double> areas)
    {
        areas.Clear();
        double[] below = new double[areas.Length];
        double[] tied = new double[areas.Length];
        for (int start = 0; start < order.Length;)
        {
            double value = score[order[start]];
            int end = start;
            double owned = 0;
            for (; end < order.Length && score[order[end]] == value; end++)
            {
                double row = weight.IsEmpty ? 1 : weight[order[end]];
                tied[label[order[end]]] += row;
                owned += label[order[end]] == own ? row : 0;
            }

            for (int other = 0; owned > 0 && other < areas.Length; other++)
            {
                areas[other] += owned * (below[other] + (tied[other] / 2));
            }

            for (; start < end; start++)
            {
                int kind = label[order[start]];
                below[kind] += tied[kind];
                tied[kind] = 0;
            }
        }

        for (int other = 0; other < areas.Length; other++)
        {
            areas[other] = other != own && mass[own] > 0 && mass[other] > 0 ? areas[other] / mass[own] / mass[other] : double.NaN;
        }
    }
}
