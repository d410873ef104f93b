using Governance.Audit.Data;
using Governance.Audit.Fairness;

namespace Governance.Audit.Explanations.Summaries;

/// <summary>A column that goes with what a feature's value alone leaves open in its attribution.</summary>
/// <param name="Column">The other column.</param>
/// <param name="Share">The share of that rest which it explains, adjusted for the number of cells: about 0 by chance, 1 for all of it.</param>
public sealed record Partner(string Column, double Share);

/// <summary>Chooses the feature that interacts most with another, by a stated measure.</summary>
/// <remarks>
/// Attributions of one feature differ between rows of the same value only because of other features. Rows are cut into
/// narrow bins of the feature's value, and within each bin the attribution's straight line along the value is taken off.
/// What is left is explained by a candidate as far as its coarse bins (quarters of a number, the commonest levels of
/// text) within the value's bins do: 1 − [SSW / (n − cells)] / [SST / (n − lines)], the adjusted R² of a cell-means model.
/// It finds any dependence, not only a straight one, and an additive model scores about 0.
/// </remarks>
public static class InteractionPartner
{
    /// <summary>Below this share a partner is not worth a colour.</summary>
    public const double LeastShare = 0.05;

    /// <summary>The fewest rows that anything is said about.</summary>
    public const int LeastRows = 50;

    private const int MostBins = 40;
    private const int RowsABin = 40;
    private const int CoarseBins = 4;

    /// <summary>Every candidate with its share, the largest first; none for too few rows or attributions that do not vary.</summary>
    /// <param name="feature">The feature's own values.</param>
    /// <param name="attributions">Shape [rows]: its attributions, finite.</param>
    /// <param name="candidates">The other columns, of the same rows.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static IReadOnlyList<Partner> Rank(Column feature, ReadOnlySpan<double> attributions, IReadOnlyList<Column> candidates)
    {
        ArgumentNullException.ThrowIfNull(feature);
        ArgumentNullException.ThrowIfNull(candidates);
        if (feature.Count != attributions.Length || candidates.Any(candidate => candidate.Count != feature.Count))
        {
            throw new ArgumentException("One attribution and one cell a row.", nameof(attributions));
        }

        if (attributions.Length < LeastRows)
        {
            return [];
        }

        (int[] bins, int count) = Narrow(feature, Math.Clamp(attributions.Length / RowsABin, 2, MostBins));
        double[] rest = attributions.ToArray();
        int lines = TakeLinesOff(feature, bins, count, rest);
        double all = 0;
        double scale = 0;
        for (int row = 0; row < rest.Length; row++)
        {
            all += rest[row] * rest[row];
            scale = Math.Max(scale, Math.Abs(attributions[row]));
        }

        // Below rounding error there is nothing to explain.
        return all <= 1e-20 * scale * scale * rest.Length || rest.Length - lines < 2
            ? []
            : [.. candidates.Select(candidate => new Partner(candidate.Name, Share(bins, count, Coarse(candidate), rest, all, lines)))
                .OrderByDescending(partner => partner.Share)];
    }

    private static (int[] Codes, int Count) Narrow(Column column, int most)
    {
        if (column is not NumberColumn numbers)
        {
            ColumnBins levels = ColumnBins.Of(column);
            return (levels.Codes, levels.Count);
        }

        return Quantile(numbers, most);
    }

    private static (int[] Codes, int Count) Coarse(Column column)
    {
        if (column is NumberColumn numbers)
        {
            return Quantile(numbers, CoarseBins);
        }

        ColumnBins levels = ColumnBins.Of(column); // the commonest level has code 0
        return ([.. levels.Codes.Select(code => Math.Min(code, CoarseBins - 1))], Math.Min(levels.Count, CoarseBins));
    }

    // Bins of about equal size; equal values share one; missing cells are a bin of their own.
    private static (int[] Codes, int Count) Quantile(NumberColumn column, int most)
    {
        double[] keys = column.Values.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order); // NaN first
        int missing = keys.TakeWhile(double.IsNaN).Count();
        int known = keys.Length - missing;
        int[] codes = new int[keys.Length];
        int code = missing > 0 ? 0 : -1;
        int wanted = -1;
        for (int i = missing; i < keys.Length; i++)
        {
            int place = (int)((long)(i - missing) * most / Math.Max(known, 1));
            if (i == missing || (place > wanted && keys[i] > keys[i - 1]))
            {
                code++;
                wanted = place;
            }

            codes[order[i]] = code;
        }

        return (codes, code + 1);
    }

    // Leaves what differs from each bin's own line (numbers) or mean (text); returns how many parameters that took.
    private static int TakeLinesOff(Column column, int[] bins, int count, double[] rest)
    {
        double[] rows = new double[count], x = new double[count], y = new double[count], xx = new double[count], xy = new double[count];
        for (int row = 0; row < rest.Length; row++)
        {
            rows[bins[row]]++;
            x[bins[row]] += X(row);
            y[bins[row]] += rest[row];
        }

        for (int row = 0; row < rest.Length; row++)
        {
            int bin = bins[row];
            double away = X(row) - (x[bin] / rows[bin]);
            xx[bin] += away * away;
            xy[bin] += away * (rest[row] - (y[bin] / rows[bin]));
        }

        for (int row = 0; row < rest.Length; row++)
        {
            int bin = bins[row];
            double slope = xx[bin] > 0 ? xy[bin] / xx[bin] : 0;
            rest[row] -= (y[bin] / rows[bin]) + (slope * (X(row) - (x[bin] / rows[bin])));
        }

        return Enumerable.Range(0, count).Sum(bin => rows[bin] == 0 ? 0 : xx[bin] > 0 ? 2 : 1);

        double X(int row) => column is NumberColumn && !column.IsMissing(row) ? column.Number(row) : 0;
    }

    private static double Share(int[] bins, int count, (int[] Codes, int Count) other, double[] rest, double all, int lines)
    {
        int cells = count * other.Count;
        double[] rows = new double[cells];
        double[] sum = new double[cells];
        for (int row = 0; row < rest.Length; row++)
        {
            int cell = (bins[row] * other.Count) + other.Codes[row];
            rows[cell]++;
            sum[cell] += rest[row];
        }

        double explained = 0;
        int used = 0;
        for (int cell = 0; cell < cells; cell++)
        {
            if (rows[cell] > 0)
            {
                explained += sum[cell] * sum[cell] / rows[cell];
                used++;
            }
        }

        // The line of each bin has taken its share of the freedom already; a cell each bin goes with its mean.
        int spent = lines + used - Enumerable.Range(0, count).Count(bin => Enumerable.Range(0, other.Count).Any(code => rows[(bin * other.Count) + code] > 0));
        return rest.Length - spent < 2 ? 0 : 1 - ((all - explained) / (rest.Length - spent) / (all / (rest.Length - lines)));
    }
}
