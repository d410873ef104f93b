using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Rows of like value and what they have in common.</summary>
/// <param name="Words">The values, such as "0.3 to 0.4" or a level.</param>
/// <param name="Middle">Where it stands on the axis: the median value, or the level's place.</param>
/// <param name="Rows">How many.</param>
/// <param name="Quarter">The first quartile of their attributions.</param>
/// <param name="Median">The median.</param>
/// <param name="ThreeQuarters">The third quartile.</param>
internal sealed record TrendBin(string Words, double Middle, int Rows, double Quarter, double Median, double ThreeQuarters)
{
    /// <summary>Whether it holds different values: then it alone tells of no trend.</summary>
    public bool IsRange { get; init; }
}

/// <summary>How a feature's attribution goes with its value, over all rows. Pure.</summary>
/// <param name="Bins">In order of the value; levels by their median attribution.</param>
/// <param name="IsNumeric">Whether values are numbers.</param>
/// <param name="Missing">Rows without a value.</param>
internal sealed record DependenceTrend(IReadOnlyList<TrendBin> Bins, bool IsNumeric, int Missing)
{
    private const int MostBins = 24;
    private const int RowsABin = 20; // of fewer a median says little
    private const int FewNumbers = 12; // of so few different numbers each is a bin of its own

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Cuts rows into bins of like value.</summary>
    /// <param name="column">The feature's column.</param>
    /// <param name="rows">Shape [rows]: places in the column.</param>
    /// <param name="values">Shape [rows]: attributions.</param>
    /// <param name="mostLevels">Of more levels the commonest are kept.</param>
    public static DependenceTrend Of(Column column, int[] rows, double[] values, int mostLevels)
    {
        int[] known = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i] < column.Count && !column.IsMissing(rows[i]))];
        return column is NumberColumn
            ? new DependenceTrend([.. Numbers(column, rows, values, known)], true, rows.Length - known.Length)
            : Levels(column, rows, values, known, mostLevels);
    }

    /// <summary>Where a row stands on the axis; null where its value is missing or not drawn.</summary>
    public double? Place(Column column, int row) => row >= column.Count || column.IsMissing(row) ? null
        : IsNumeric ? column.Number(row) : places.TryGetValue(column.Text(row)!, out int place) ? place : null;

    private static IEnumerable<TrendBin> Numbers(Column column, int[] rows, double[] values, int[] known)
    {
        double[] keys = [.. known.Select(i => column.Number(rows[i]))];
        int[] order = [.. known];
        Array.Sort(keys, order);
        int size = Math.Max(1, (int)Math.Ceiling(keys.Length / (double)Math.Clamp(keys.Length / RowsABin, 1, MostBins)));
        bool each = keys.Distinct().Take(FewNumbers + 1).Count() <= FewNumbers;
        for (int start = 0; start < keys.Length;)
        {
            int end = each ? start + 1 : Math.Min(keys.Length, start + size);
            while (end < keys.Length && keys[end] == keys[end - 1])
            {
                end++; // equal values share a bin
            }

            double[] inside = [.. order[start..end].Select(i => values[i])];
            string words = keys[start] == keys[end - 1] ? Text(keys[start]) : $"{Text(keys[start])} to {Text(keys[end - 1])}";
            yield return Bin(words, Quantiles.OfSorted(keys.AsSpan(start, end - start), 0.5), inside) with { IsRange = keys[start] != keys[end - 1] };
            start = end;
        }
    }

    private static DependenceTrend Levels(Column column, int[] rows, double[] values, int[] known, int mostLevels)
    {
        TrendBin[] bins =
        [
            .. known.GroupBy(i => column.Text(rows[i])!, StringComparer.Ordinal)
                .OrderByDescending(level => level.Count()).ThenBy(level => level.Key, StringComparer.Ordinal).Take(mostLevels)
                .Select(level => Bin(level.Key, 0, [.. level.Select(i => values[i])]))
                .OrderBy(bin => bin.Median).Select((bin, place) => bin with { Middle = place }),
        ];
        DependenceTrend trend = new(bins, false, rows.Length - known.Length);
        foreach (TrendBin bin in bins)
        {
            trend.places[bin.Words] = (int)bin.Middle;
        }

        return trend;
    }

    private static TrendBin Bin(string words, double middle, double[] inside)
    {
        Array.Sort(inside);
        return new TrendBin(
            words, middle, inside.Length, Quantiles.OfSorted(inside, 0.25), Quantiles.OfSorted(inside, 0.5), Quantiles.OfSorted(inside, 0.75));
    }

    private static string Text(double number) => number.ToString("G5", CultureInfo.InvariantCulture).Replace('-', '−');
}
