namespace Governance.Audit.Statistics;

/// <summary>Adjusts the p values of a family of tests for their number.</summary>
public static class MultipleTests
{
    /// <summary>Holm's step-down adjustment, which bounds the chance of any false alarm in the family.</summary>
    /// <remarks>Holm (1979), Scandinavian Journal of Statistics 6, 65–70; as R's <c>p.adjust(method = "holm")</c>.</remarks>
    /// <param name="pValues">Each in [0, 1].</param>
    /// <returns>Adjusted values in the order of <paramref name="pValues"/>, each in [0, 1].</returns>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        int[] order = Ascending(pValues);
        double[] adjusted = new double[pValues.Length];
        double largest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, pValues[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }

    /// <summary>Benjamini and Hochberg's step-up adjustment, which bounds the expected share of false alarms among alarms.</summary>
    /// <remarks>Benjamini and Hochberg (1995), JRSS B 57, 289–300; as R's <c>p.adjust(method = "BH")</c>.</remarks>
    /// <param name="pValues">Each in [0, 1].</param>
    /// <returns>Adjusted values in the order of <paramref name="pValues"/>, each in [0, 1].</returns>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        int[] order = Ascending(pValues);
        double[] adjusted = new double[pValues.Length];
        double smallest = 1;
        for (int rank = order.Length - 1; rank >= 0; rank--)
        {
            smallest = Math.Min(smallest, pValues[order[rank]] * order.Length / (rank + 1));
            adjusted[order[rank]] = smallest;
        }

        return adjusted;
    }

    private static int[] Ascending(ReadOnlySpan<double> pValues)
    {
        int[] order = new int[pValues.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(pValues.ToArray(), order);
        return order;
    }
}
