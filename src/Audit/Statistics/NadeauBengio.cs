namespace Governance.Audit.Statistics;

/// <summary>The interval of a mean over folds of cross-validation.</summary>
/// <remarks>
/// Nadeau and Bengio (2003), Machine Learning 52, 239–281, section 3.2: the models of different folds share training rows,
/// so that their figures hang together and the plain variance of a mean is too small. The variance s² (1/J + test/train) is
/// a correction by rule of thumb, with Student's t of J − 1 degrees of freedom. With folds of out-of-fold predictions
/// test/train is 1/(K − 1).
/// </remarks>
public static class NadeauBengio
{
    /// <summary>Computes mean, standard deviation and interval.</summary>
    /// <param name="values">Shape [folds · repeats]: the figure of each fold, all defined.</param>
    /// <param name="testShare">Rows tested on over rows trained on, above 0; the mean over the folds.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>The interval is null with fewer than two folds, or where all are alike.</returns>
    /// <exception cref="ArgumentException">There is no fold, or the share is not above 0.</exception>
    public static (double Mean, double Deviation, Interval? Interval) Compute(ReadOnlySpan<double> values, double testShare, double level)
    {
        NormalQuantile.ThrowIfNoLevel(level);
        if (values.IsEmpty || !(testShare > 0))
        {
            throw new ArgumentException("Expected at least one fold and a share above 0.", nameof(testShare));
        }

        double mean = 0;
        foreach (double value in values)
        {
            mean += value / values.Length;
        }

        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        if (values.Length < 2 || !(squares > 1e-24 * Math.Max(1, mean * mean)))
        {
            return (mean, values.Length < 2 ? double.NaN : 0, null);
        }

        double variance = squares / (values.Length - 1);
        double error = StudentQuantile.At(values.Length - 1, 0.5 + (level / 2))
            * Math.Sqrt(variance * ((1.0 / values.Length) + testShare));
        return (mean, Math.Sqrt(variance), new Interval(mean - error, mean + error));
    }
}
