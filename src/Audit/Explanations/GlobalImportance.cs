namespace Governance.Audit.Explanations;

/// <summary>Ranks players by the mean absolute attribution over rows, with an interval for the choice of rows.</summary>
/// <remarks>
/// The interval is the percentile bootstrap over rows (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
/// section 13.3): it tells how another sample of rows might rank them, not the error of sampled attributions.
/// </remarks>
public static class GlobalImportance
{
    /// <summary>The rows drawn with replacement this many times where a page does not say otherwise.</summary>
    public const int DefaultResamples = 1000;

    /// <summary>Summarises a report.</summary>
    /// <param name="report">At least one row.</param>
    /// <param name="output">The index of the class among those explained; 0 where one is.</param>
    /// <param name="resamples">At least 1.</param>
    /// <param name="level">In (0, 1), such as 0.95.</param>
    /// <param name="seed">The seed of the resamples.</param>
    /// <returns>The players, largest mean first; ties in the report's order.</returns>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public static IReadOnlyList<FeatureImportance> Of(
        ExplanationReport report, int output, int resamples, double level, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfZero(report.Rows.Count, nameof(report));
        int players = report.Features.Count;
        double[] absolute = new double[report.Rows.Count * players];
        for (int row = 0; row < report.Rows.Count; row++)
        {
            for (int player = 0; player < players; player++)
            {
                absolute[(row * players) + player] = Math.Abs(report.Rows[row].Values[output][player]);
            }
        }

        double[] mean = new double[players];
        double[] low = new double[players];
        double[] high = new double[players];
        Compute(absolute, resamples, level, seed, mean, low, high);
        int[] order = [.. Enumerable.Range(0, players).OrderByDescending(player => mean[player])];
        return [.. order.Select((player, i) =>
            new FeatureImportance(report.Features[player], mean[player], [low[player], high[player]], i + 1))];
    }

    /// <summary>Means of columns with percentile bootstrap intervals over rows. Time O(resamples * rows * columns).</summary>
    /// <param name="values">Shape [rows, columns], at least one row.</param>
    /// <param name="resamples">At least 1.</param>
    /// <param name="level">In (0, 1).</param>
    /// <param name="seed">The seed of the resamples.</param>
    /// <param name="mean">Shape [columns], overwritten.</param>
    /// <param name="low">Shape [columns], overwritten.</param>
    /// <param name="high">Shape [columns], overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other or a number is outside its range.</exception>
    public static void Compute(
        ReadOnlySpan<double> values, int resamples, double level, int seed, Span<double> mean, Span<double> low, Span<double> high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }

        int columns = mean.Length;
        int rows = columns == 0 ? 0 : values.Length / columns;
        if (rows < 1 || rows * columns != values.Length || low.Length != columns || high.Length != columns)
        {
            throw new ArgumentException("Values and results do not fit each other.", nameof(values));
        }

        mean.Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                mean[column] += values[(row * columns) + column] / rows;
            }
        }

        SeededRandom random = new(seed, 0);
        double[] means = new double[columns * resamples];
        for (int resample = 0; resample < resamples; resample++)
        {
            for (int draw = 0; draw < rows; draw++)
            {
                int row = random.NextBelow(rows);
                for (int column = 0; column < columns; column++)
                {
                    means[(column * resamples) + resample] += values[(row * columns) + column] / rows;
                }
            }
        }

        for (int column = 0; column < columns; column++)
        {
            Span<double> sorted = means.AsSpan(column * resamples, resamples);
            sorted.Sort();
            low[column] = Quantile(sorted, (1 - level) / 2);
            high[column] = Quantile(sorted, (1 + level) / 2);
        }
    }

    /// <summary>A quantile, linear between order statistics: definition 7 of Hyndman and Fan, The American Statistician 50, 1996.</summary>
    /// <param name="sorted">At least one number, ascending.</param>
    /// <param name="probability">In [0, 1].</param>
    internal static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        double at = probability * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
