using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The residuals of rows that lie side by side along something: the prediction, a column of numbers, a level.</summary>
/// <param name="Name">The range or the level, as people read it.</param>
/// <param name="Middle">The mean of what the rows are sorted by; NaN for levels.</param>
/// <param name="Rows">How many.</param>
/// <param name="Mean">The mean residual, in the outcome's unit.</param>
/// <param name="Interval">[low, high] of the mean; null with fewer than two rows or without spread.</param>
/// <param name="Quantiles">The 5th, 25th, 50th, 75th and 95th percentile of the residuals, by linear interpolation (type 7).</param>
public sealed record ResidualBand(
    string Name, double Middle, int Rows, double Mean, IReadOnlyList<double>? Interval, IReadOnlyList<double> Quantiles);

/// <summary>Sorts residuals (true value less predicted) into bands, to see where a model errs high, low or widely.</summary>
public static class ResidualBands
{
    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Bands of about equally many rows along a number.</summary>
    /// <param name="along">Shape [rows]: the prediction or a column; NaN for none (the row is left out).</param>
    /// <param name="residual">Shape [rows]: true less predicted; NaN where not known (the row is left out).</param>
    /// <param name="bands">How many at most, at least 1. Rows with the same number stay in one band.</param>
    /// <param name="fewest">Rows of a band at least.</param>
    /// <param name="level">The confidence level of the means.</param>
    /// <param name="words">Writes a number for the band's name.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static IReadOnlyList<ResidualBand> Along(
        ReadOnlySpan<double> along, ReadOnlySpan<double> residual, int bands, int fewest, double level, Func<double, string> words)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        ArgumentNullException.ThrowIfNull(words);
        Same(along.Length, residual.Length);
        double[] known = along.ToArray();
        for (int row = 0; row < known.Length; row++)
        {
            known[row] = double.IsNaN(residual[row]) ? double.NaN : known[row];
        }

        int[] order = RankOrder.Ascending(known);
        int wanted = Math.Max(1, Math.Max(fewest, (int)Math.Ceiling(order.Length / (double)bands)));
        List<ResidualBand> found = [];
        int from = 0;
        while (from < order.Length)
        {
            int to = Math.Min(order.Length, from + wanted);
            for (; to < order.Length && known[order[to]] == known[order[to - 1]]; to++)
            {
                // equal numbers belong together
            }

            to = order.Length - to < fewest ? order.Length : to;
            ReadOnlySpan<int> rows = order.AsSpan(from, to - from);
            double sum = 0;
            foreach (int row in rows)
            {
                sum += known[row];
            }

            double low = known[rows[0]];
            double high = known[rows[^1]];
            found.Add(Band(low == high ? words(low) : $"{words(low)} to {words(high)}", sum / rows.Length, rows, residual, level));
            from = to;
        }

        return found;
    }

    /// <summary>A band a level, the most frequent first.</summary>
    /// <param name="code">Shape [rows]: the level's index, -1 for none (the row is left out).</param>
    /// <param name="names">Shape [levels].</param>
    /// <param name="residual">Shape [rows]: true less predicted; NaN where not known (the row is left out).</param>
    /// <param name="most">Levels at most.</param>
    /// <param name="fewest">A level of fewer rows is left out.</param>
    /// <param name="level">The confidence level of the means.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static IReadOnlyList<ResidualBand> ByLevel(
        ReadOnlySpan<int> code, IReadOnlyList<string> names, ReadOnlySpan<double> residual, int most, int fewest, double level)
    {
        ArgumentNullException.ThrowIfNull(names);
        Same(code.Length, residual.Length);
        List<int>[] rows = [.. names.Select(_ => new List<int>())];
        for (int row = 0; row < code.Length; row++)
        {
            if (code[row] >= 0 && !double.IsNaN(residual[row]))
            {
                rows[code[row]].Add(row);
            }
        }

        List<ResidualBand> found = [];
        foreach (int own in Enumerable.Range(0, rows.Length).Where(i => rows[i].Count >= Math.Max(1, fewest))
            .OrderByDescending(i => rows[i].Count).ThenBy(i => i).Take(most))
        {
            found.Add(Band(names[own], double.NaN, rows[own].ToArray(), residual, level));
        }

        return found;
    }

    private static void Same(int rows, int residuals)
    {
        if (rows != residuals)
        {
            throw new ArgumentException("There needs to be one residual a row.", nameof(residuals));
        }
    }

    private static ResidualBand Band(string name, double middle, ReadOnlySpan<int> rows, ReadOnlySpan<double> residual, double level)
    {
        double[] sorted = new double[rows.Length];
        MeanEstimate mean = default;
        for (int i = 0; i < rows.Length; i++)
        {
            sorted[i] = residual[rows[i]];
            mean.Add(sorted[i], 1);
        }

        Array.Sort(sorted);
        return new ResidualBand(name, middle, rows.Length, mean.Value, mean.Interval(level)?.ToArray(), Array.ConvertAll(Shares, share => Quantile(sorted, share)));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        return sorted[below] + ((position - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
