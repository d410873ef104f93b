using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Measures earlier and later rows apart: whether what holds on the whole still holds at its end.</summary>
public static class SplitByTime
{
    private const double LaterShare = 0.2;

    /// <summary>The order of rows in time: numbers by value, dates and other text so that equal values stay together.</summary>
    /// <param name="column">Numbers, dates (as ISO 8601 or a form of the invariant culture), or text that sorts by itself.</param>
    /// <returns>Shape [rows]: the rank of each row's value, from 0; and the values by rank.</returns>
    /// <exception cref="InputException">A cell is missing.</exception>
    public static (int[] Rank, IReadOnlyList<string> Values) Ranks(Column column)
    {
        string[] cells = new string[column.Count];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = column.Text(row) ?? throw new InputException(
                $"The column '{column.Name}' orders the rows in time, but data row {row + 1} has none.") { Column = column.Name };
        }

        string[] distinct = [.. cells.Distinct(StringComparer.Ordinal)];
        IEnumerable<string> ordered = column is NumberColumn
            ? distinct.OrderBy(cell => double.Parse(cell, CultureInfo.InvariantCulture))
            : Array.TrueForAll(distinct, cell => IsDate(cell, out _))
                ? distinct.OrderBy(cell => IsDate(cell, out DateTimeOffset date) ? date : default)
                : distinct.Order(StringComparer.Ordinal);
        string[] values = [.. ordered];
        Dictionary<string, int> rankOf = values.Select((cell, rank) => (cell, rank)).ToDictionary(pair => pair.cell, pair => pair.rank, StringComparer.Ordinal);
        return (Array.ConvertAll(cells, cell => rankOf[cell]), values);
    }

    /// <summary>The first rank that counts as later.</summary>
    /// <param name="rank">Shape [rows].</param>
    /// <param name="values">The values by rank.</param>
    /// <param name="column">The column's name, for sentences.</param>
    /// <param name="asked">The first value that counts as later; null takes the last fifth of the rows.</param>
    /// <exception cref="InputException">No row, or every row, would be later.</exception>
    public static int Cut(int[] rank, IReadOnlyList<string> values, string column, string? asked)
    {
        int cut;
        if (asked is null)
        {
            int[] sorted = [.. rank.Order()];
            cut = sorted[(int)Math.Floor(sorted.Length * (1 - LaterShare))];
            cut = cut == 0 && values.Count > 1 ? 1 : cut;
        }
        else
        {
            cut = values.Count(value => IsBefore(value, asked));
        }

        return cut > 0 && cut < values.Count
            ? cut
            : throw new InputException(asked is null
                ? $"The column '{column}' has one value only: there is no earlier and later."
                : $"Cut at '{asked}', the column '{column}' leaves no row {(cut == 0 ? "earlier" : "later")}.") { Column = column };
    }

    internal static OutOfTime Run(PredictionSample sample, Column column, PerformanceOptions options, CancellationToken cancellationToken)
    {
        (int[] rank, IReadOnlyList<string> values) = Ranks(column);
        int cut = Cut(rank, values, column.Name, options.TimeSplit);
        GroupScores earlier = Part("earlier", row => rank[row] < cut);
        GroupScores later = Part("later", row => rank[row] >= cut);
        List<TimeChange> changes = [];
        foreach ((string metric, double? value) in later.Metrics)
        {
            if (value is double end && earlier.Metrics.GetValueOrDefault(metric) is double start)
            {
                changes.Add(new TimeChange(metric, end - start, Difference(
                    end, later.Intervals.GetValueOrDefault(metric), start, earlier.Intervals.GetValueOrDefault(metric))));
            }
        }

        return new OutOfTime(column.Name, values[cut], earlier, later, changes);

        GroupScores Part(string name, Func<int, bool> belongs) => AssembleReport.Group(
            name, sample.Take([.. Enumerable.Range(0, sample.Rows).Where(belongs)]), cancellationToken);
    }

    // The method of variance estimates recovery: each interval's arm towards the difference's end (Zou and Donner 2008).
    internal static double[]? Difference(double a, IReadOnlyList<double>? first, double b, IReadOnlyList<double>? second) =>
        first is null || second is null ? null : new Interval(
            a - b - Math.Sqrt(Squared(a - first[0]) + Squared(second[1] - b)),
            a - b + Math.Sqrt(Squared(first[1] - a) + Squared(b - second[0]))).ToArray();

    private static double Squared(double x) => x * x;

    private static bool IsBefore(string value, string cut) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out double number) && double.TryParse(cut, CultureInfo.InvariantCulture, out double limit)
            ? number < limit
            : IsDate(value, out DateTimeOffset date) && IsDate(cut, out DateTimeOffset from)
                ? date < from
                : string.CompareOrdinal(value, cut) < 0;

    private static bool IsDate(string text, out DateTimeOffset date) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date);
}
