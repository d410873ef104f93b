namespace Governance.Audit.Statistics;

/// <summary>The interval of the plain mean of independent proportions, such as balanced accuracy.</summary>
/// <remarks>
/// Method of variance estimates recovery: Zou, Huang and Zhang (2009), Computational Statistics and Data Analysis 53,
/// 1080–1085. Each proportion's Wilson interval gives its variance near either end, so that the mean's interval neither
/// collapses where a proportion is 0 or 1 nor leaves [0, 1].
/// </remarks>
public static class MeanOfProportions
{
    /// <summary>Computes the interval.</summary>
    /// <param name="shares">Shape [proportions], at least one, each in [0, 1].</param>
    /// <param name="counts">Shape [proportions]: the rows behind each, above 0; of weighted rows the effective number.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a value is outside its range.</exception>
    public static Interval Compute(ReadOnlySpan<double> shares, ReadOnlySpan<double> counts, double level)
    {
        if (shares.IsEmpty || shares.Length != counts.Length)
        {
            throw new ArgumentException("Expected a number of rows for each of at least one proportion.", nameof(counts));
        }

        double z = NormalQuantile.TwoSided(level);
        double mean = 0;
        double below = 0;
        double above = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            Interval own = WilsonInterval.ComputeAt(shares[i], counts[i], z);
            mean += shares[i] / shares.Length;
            below += (shares[i] - own.Low) * (shares[i] - own.Low);
            above += (own.High - shares[i]) * (own.High - shares[i]);
        }

        return new Interval(
            Math.Max(0, mean - (Math.Sqrt(below) / shares.Length)), Math.Min(1, mean + (Math.Sqrt(above) / shares.Length)));
    }
}
