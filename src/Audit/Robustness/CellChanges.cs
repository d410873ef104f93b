using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Audit.Robustness;

/// <summary>Changes of the cells of one column. Random numbers depend on seed, draw and column alone, not on the strength.</summary>
internal static class CellChanges
{
    /// <summary>The random numbers of a column in a draw.</summary>
    public static SeededRandom Random(TestedColumn column, int seed, int repeat) =>
        new(seed, (long)SeededRandom.Mix(((ulong)repeat << 32) + (ulong)column.Index + 1));

    /// <summary>
    /// Gaussian noise on numbers, in standard deviations of the column, kept within its range; levels and tokens are
    /// redrawn from the column with that chance (at most 1). Missing cells and padding stay.
    /// </summary>
    public static Column Noise(TestedColumn column, double strength, int seed, int repeat, IReadOnlyList<double> tokens, string padding)
    {
        SeededRandom random = Random(column, seed, repeat);
        if (column.HasScale)
        {
            return column.Map((_, value) =>
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                return Math.Clamp(value + (strength * column.Spread * normal), column.Least, column.Most);
            });
        }

        if (column.Cells is TextColumn text)
        {
            int[] present = [.. text.Codes.ToArray().Where(code => code >= 0 && (column.Role != ColumnRole.Token || text.Levels[code] != padding))];
            int[] codes = text.Codes.ToArray();
            for (int row = 0; row < codes.Length; row++)
            {
                (double chance, int drawn) = (random.NextDouble(), random.NextBelow(Math.Max(1, present.Length)));
                bool stays = codes[row] < 0 || (column.Role == ColumnRole.Token && text.Levels[codes[row]] == padding);
                codes[row] = stays || chance >= strength || present.Length == 0 ? codes[row] : present[drawn];
            }

            return new TextColumn(column.Name, codes, [.. text.Levels]);
        }

        double[] numbers = ((NumberColumn)column.Cells).Values.ToArray();
        double pad = column.Role == ColumnRole.Token && double.TryParse(padding, NumberStyles.Float, CultureInfo.InvariantCulture, out double id) ? id : double.NaN;
        double[] pool = column.Role == ColumnRole.Token ? [.. tokens] : [.. numbers.Where(number => !double.IsNaN(number))];
        for (int row = 0; row < numbers.Length; row++)
        {
            (double chance, int drawn) = (random.NextDouble(), random.NextBelow(Math.Max(1, pool.Length)));
            bool stays = double.IsNaN(numbers[row]) || numbers[row] == pad;
            numbers[row] = stays || chance >= strength || pool.Length == 0 ? numbers[row] : pool[drawn];
        }

        return new NumberColumn(column.Name, numbers);
    }

    /// <summary>Empties cells with a chance.</summary>
    public static Column Missing(TestedColumn column, double chance, int seed, int repeat)
    {
        bool[] hit = Hits(column, chance, seed, repeat);
        return column.Cells is TextColumn text
            ? new TextColumn(column.Name, [.. text.Codes.ToArray().Select((code, row) => hit[row] ? -1 : code)], [.. text.Levels])
            : new NumberColumn(column.Name, [.. ((NumberColumn)column.Cells).Values.ToArray().Select((value, row) => hit[row] ? double.NaN : value)]);
    }

    /// <summary>Puts a level into cells that neither encoding nor data know, with a chance.</summary>
    public static Column Unseen(TestedColumn column, double chance, int seed, int repeat)
    {
        bool[] hit = Hits(column, chance, seed, repeat);
        if (column.Cells is TextColumn text)
        {
            HashSet<string> known = [.. text.Levels, .. column.Readable.KnownLevels ?? []];
            string unseen = "(unseen)";
            while (known.Contains(unseen))
            {
                unseen += "'";
            }

            return new TextColumn(column.Name, [.. text.Codes.ToArray().Select((code, row) => hit[row] ? text.Levels.Count : code)], [.. text.Levels, unseen]);
        }

        double[] numbers = ((NumberColumn)column.Cells).Values.ToArray();
        IEnumerable<double> levels = (column.Readable.KnownLevels ?? [])
            .Select(level => PlainDecimal.TryParse(level, out double number) ? number : double.NaN);
        double beyond = Math.Floor(numbers.Concat(levels).Where(number => !double.IsNaN(number)).DefaultIfEmpty(0).Max()) + 1;
        return new NumberColumn(column.Name, [.. numbers.Select((value, row) => hit[row] ? beyond : value)]);
    }

    /// <summary>Rounds numbers to so many values, evenly over the column's range.</summary>
    public static Column Quantised(TestedColumn column, double values)
    {
        double step = (column.Most - column.Least) / (values - 1);
        return step > 0 ? column.Map((_, value) => column.Least + (Math.Round((value - column.Least) / step) * step)) : column.Cells;
    }

    /// <summary>Brings the outer share of numbers at either end to the quantile there.</summary>
    /// <param name="column">The column.</param>
    /// <param name="share">Of each end, in (0, 0.5).</param>
    public static Column Winsorised(TestedColumn column, double share)
    {
        double[] sorted = [.. ((NumberColumn)column.Cells).Values.ToArray().Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return column.Cells;
        }

        double low = GlobalImportance.Quantile(sorted, share);
        double high = GlobalImportance.Quantile(sorted, 1 - share);
        return column.Map((_, value) => Math.Clamp(value, low, high));
    }

    /// <summary>Moves numbers beyond the column's range, up or down, by a share of it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="share">Of the range.</param>
    /// <param name="rows">Shape [rows]: which rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="repeat">Which draw.</param>
    public static Column OutOfRange(TestedColumn column, double share, bool[] rows, int seed, int repeat)
    {
        SeededRandom random = Random(column, seed, repeat);
        double reach = share * (column.Most - column.Least);
        return column.Map((row, value) =>
        {
            bool up = random.NextDouble() < 0.5;
            double beyond = up ? column.Most + reach : column.Least - reach;
            return !rows[row] ? value : column.IsWhole ? (up ? Math.Ceiling(beyond) : Math.Floor(beyond)) : beyond;
        });
    }

    private static bool[] Hits(TestedColumn column, double chance, int seed, int repeat)
    {
        SeededRandom random = Random(column, seed, repeat);
        bool[] hit = new bool[column.Cells.Count];
        for (int row = 0; row < hit.Length; row++)
        {
            hit[row] = random.NextDouble() < chance;
        }

        return hit;
    }
}
