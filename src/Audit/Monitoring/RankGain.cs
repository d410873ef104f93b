namespace Governance.Audit.Monitoring;

/// <summary>How much of the reference's order of features is left: normalised discounted cumulative gain.</summary>
/// <remarks>
/// Features in the order of the current figures, each worth the reference's figure, discounted by log2(place + 1), over
/// the same sum in the reference's own order. 1 where the order is the same; ties of the current figures in the order of the features.
/// Järvelin and Kekäläinen, ACM TOIS 20 (2002) 422–446; the use for attributions as in SageMaker Clarify.
/// </remarks>
public static class RankGain
{
    /// <summary>Compares two orders.</summary>
    /// <param name="reference">Shape [features]: such as mean absolute attributions; not negative.</param>
    /// <param name="current">Shape [features].</param>
    /// <returns>In (0, 1]; 1 where the reference is all zero.</returns>
    public static double Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double best = Gain(reference, reference);
        return best > 0 ? Gain(reference, current) / best : 1;
    }

    private static double Gain(ReadOnlySpan<double> worth, ReadOnlySpan<double> figures)
    {
        int[] order = new int[worth.Length];
        double[] keys = new double[worth.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], keys[i]) = (i, -figures[i]);
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        double sum = 0;
        for (int place = 0; place < order.Length; place++)
        {
            sum += worth[order[place]] / Math.Log2(place + 2);
        }

        return sum;
    }
}
