namespace Governance.Audit.Explanations.Profiles;

/// <summary>How far apart two numbers of a column are, and how many decimals they are written with.</summary>
public static class ColumnScale
{
    private const int MostDecimals = 12;

    /// <summary>The unit of change: the median absolute deviation of the data.</summary>
    /// <remarks>
    /// Wachter, Mittelstadt and Russell, "Counterfactual explanations without opening the black box", Harvard Journal of Law
    /// and Technology 31, 2018, section on distances. Where more than half of the values are alike it is 0; the standard
    /// deviation takes its place then, and 1 where that is 0 too.
    /// </remarks>
    /// <param name="sorted">The finite values, ascending.</param>
    /// <returns>Above 0, and "mad", "sd" or "one".</returns>
    public static (double Scale, string Kind) Of(ReadOnlySpan<double> sorted)
    {
        if (sorted.Length == 0)
        {
            return (1, "one");
        }

        double median = GlobalImportance.Quantile(sorted, 0.5);
        double[] deviations = new double[sorted.Length];
        double mean = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            deviations[i] = Math.Abs(sorted[i] - median);
            mean += sorted[i] / sorted.Length;
        }

        Array.Sort(deviations);
        double spread = GlobalImportance.Quantile(deviations, 0.5);
        if (spread > 0)
        {
            return (spread, "mad");
        }

        double squares = 0;
        foreach (double value in sorted)
        {
            squares += (value - mean) * (value - mean) / sorted.Length;
        }

        return squares > 0 ? (Math.Sqrt(squares), "sd") : (1, "one");
    }

    /// <summary>
    /// The decimals that 95 % of the values are written with, at seven significant digits as floats have them; no finer than a
    /// thousandth of the scale asks for.
    /// </summary>
    /// <param name="values">Finite values.</param>
    /// <param name="scale">The unit of change.</param>
    public static int Decimals(ReadOnlySpan<double> values, double scale)
    {
        int[] counts = new int[MostDecimals + 1];
        foreach (double value in values)
        {
            counts[DecimalsOf(value)]++;
        }

        int wanted = 0;
        for (int seen = counts[0]; seen < 0.95 * values.Length; seen += counts[wanted])
        {
            wanted++;
        }

        return Math.Min(wanted, Math.Clamp((int)Math.Ceiling(3 - Math.Log10(scale)), 0, MostDecimals));
    }

    /// <summary>The decimals of a number at seven significant digits.</summary>
    public static int DecimalsOf(double value)
    {
        double readable = double.Parse(value.ToString("G7", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
        for (int decimals = 0; decimals < MostDecimals; decimals++)
        {
            if (Math.Round(readable, decimals) == readable)
            {
                return decimals;
            }
        }

        return MostDecimals;
    }
}
