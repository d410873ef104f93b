namespace Governance.Audit.Slices;

/// <summary>Rows put together so that both halves hold as many of each kind.</summary>
internal static class SliceStrata
{
    /// <summary>The quarter of the values in which each lies, 0 to 3.</summary>
    /// <param name="values">Shape [rows], finite.</param>
    public static int[] Quarters(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double[] cuts = [.. Enumerable.Range(1, 3).Select(quarter => sorted[Math.Min(sorted.Length - 1, quarter * sorted.Length / 4)])];
        return Array.ConvertAll(values, value => cuts.Count(cut => value >= cut));
    }
}
