namespace Governance.Audit.Explanations.Profiles;

/// <summary>A figure computed from weighted rows.</summary>
/// <param name="weights">Shape [rows], at least 0; a row drawn twice has twice its weight.</param>
/// <param name="result">Overwritten; NaN where the rows give none.</param>
public delegate void WeightedFigures(ReadOnlySpan<double> weights, Span<double> result);

/// <summary>Percentile bootstrap over rows of any figures that weighted rows give.</summary>
/// <remarks>Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3.</remarks>
public static class RowBootstrap
{
    /// <summary>Rows drawn with replacement this many times where nothing else is asked for.</summary>
    public const int DefaultResamples = 500;

    // Of fewer resamples that have a figure at all, quantiles would speak for the lucky ones alone.
    private const double LeastDefined = 0.9;

    /// <summary>The figures of all rows, and their intervals. Time O(resamples · cost of the figures).</summary>
    /// <param name="weights">Shape [rows], at least 0 with a sum above 0: the rows' own weights.</param>
    /// <param name="figures">Computes the figures.</param>
    /// <param name="resamples">At least 1.</param>
    /// <param name="level">In (0, 1), such as 0.95.</param>
    /// <param name="seed">The seed of the resamples.</param>
    /// <param name="value">Shape [figures], overwritten: the figures of all rows.</param>
    /// <param name="low">Shape [figures], overwritten; NaN where under 90 % of the resamples have the figure.</param>
    /// <param name="high">Shape [figures], overwritten likewise.</param>
    /// <param name="cancellationToken">Ends the resampling.</param>
    /// <exception cref="ArgumentException">A number is outside its range, or the shapes do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<double> weights, WeightedFigures figures, int resamples, double level, int seed,
        Span<double> value, Span<double> low, Span<double> high, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfZero(weights.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfNotEqual(low.Length, value.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(high.Length, value.Length);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }

        figures(weights, value);
        double[] drawn = new double[weights.Length];
        double[] all = new double[resamples * value.Length];
        SeededRandom random = new(seed, 0);
        for (int resample = 0; resample < resamples; resample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(drawn);
            for (int draw = 0; draw < drawn.Length; draw++)
            {
                int row = random.NextBelow(drawn.Length);
                drawn[row] += weights[row];
            }

            figures(drawn, all.AsSpan(resample * value.Length, value.Length));
        }

        double[] sorted = new double[resamples];
        for (int figure = 0; figure < value.Length; figure++)
        {
            int defined = 0;
            for (int resample = 0; resample < resamples; resample++)
            {
                double one = all[(resample * value.Length) + figure];
                if (!double.IsNaN(one))
                {
                    sorted[defined++] = one;
                }
            }

            Span<double> known = sorted.AsSpan(0, defined);
            known.Sort();
            bool enough = defined >= LeastDefined * resamples;
            low[figure] = enough ? GlobalImportance.Quantile(known, (1 - level) / 2) : double.NaN;
            high[figure] = enough ? GlobalImportance.Quantile(known, (1 + level) / 2) : double.NaN;
        }
    }

    /// <summary>Equal weights.</summary>
    public static double[] Equal(int rows)
    {
        double[] weights = new double[rows];
        Array.Fill(weights, 1);
        return weights;
    }
}
