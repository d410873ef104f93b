using Governance.Audit.Data;

namespace Governance.Audit.Answers;

/// <summary>How far readable rows lie apart: Gower's distance.</summary>
/// <remarks>
/// The mean over columns of |a - b| by the column's range, or 0 and 1 for equal and different levels; a missing cell is 1
/// away from any other. Source: Gower, "A general coefficient of similarity", Biometrics 27 (1971).
/// </remarks>
internal sealed class RowDistance
{
    private readonly double[] ranges;

    /// <summary>Learns the ranges.</summary>
    /// <param name="rows">Reference rows; at least one.</param>
    /// <param name="columns">What counts.</param>
    public RowDistance(Table rows, IReadOnlyList<string> columns)
    {
        Columns = columns;
        ranges = [.. columns.Select(name => rows.Need(name) is NumberColumn numbers ? RangeOf(numbers) : 0)];
    }

    /// <summary>What counts.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The distance of a row of one table from the first row of another, in [0, 1] up to ranges beyond the reference.</summary>
    public double Of(Table pool, int at, Table row)
    {
        double sum = 0;
        for (int i = 0; i < Columns.Count; i++)
        {
            sum += Part(pool, at, row, i);
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : sum / Columns.Count;
    }

    /// <summary>The columns in which a row of one table differs from the first row of another, those that differ most first.</summary>
    public IReadOnlyList<string> Differences(Table pool, int at, Table row) =>
    [
        .. Enumerable.Range(0, Columns.Count).Select(i => (Name: Columns[i], Far: Part(pool, at, row, i)))
            .Where(part => part.Far > 0).OrderByDescending(part => part.Far).Select(part => part.Name),
    ];

    /// <summary>Whether two cells are the same.</summary>
    public static bool Same(Table pool, int at, Table row, string column) =>
        pool.Need(column).Text(at) == row.Find(column)?.Text(0);

    private double Part(Table pool, int at, Table row, int i)
    {
        Column a = pool.Need(Columns[i]);
        Column b = row.Need(Columns[i]);
        return ranges[i] > 0 && !a.IsMissing(at) && !b.IsMissing(0)
            ? Math.Abs(a.Number(at) - b.Number(0)) / ranges[i]
            : Same(pool, at, row, Columns[i]) ? 0 : 1;
    }

    private static double RangeOf(NumberColumn numbers)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double number in numbers.Values)
        {
            if (double.IsFinite(number))
            {
                (low, high) = (Math.Min(low, number), Math.Max(high, number));
            }
        }

        return high > low ? high - low : 0;
    }
}
