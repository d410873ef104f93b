using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift.Distances;
using DataColumn = Governance.Audit.Data.Column;

namespace Governance.Audit.Drift;

/// <summary>A column made ready for comparisons, once: a reference serves every window that is compared with it.</summary>
/// <remarks>
/// Numbers that are not finite stand apart: missing cells and infinite ones are counted, and compared as rates. What sorting
/// and counting cost is paid when a test first needs it. Safe to use from several threads.
/// </remarks>
public sealed class PreparedColumn
{
    private readonly double[] numbers;
    private readonly Lazy<double[]> sorted;
    private readonly Lazy<NumberMoments> moments;
    private readonly Lazy<IReadOnlyDictionary<string, long>> levels;

    private PreparedColumn(string name, DriftKind kind, int rows, double[] numbers, Func<IReadOnlyDictionary<string, long>> countLevels)
    {
        (Name, Kind, Rows, this.numbers) = (name, kind, rows, numbers);
        sorted = new Lazy<double[]>(() => Sort(numbers));
        moments = new Lazy<NumberMoments>(() => NumberMoments.Of(numbers));
        levels = new Lazy<IReadOnlyDictionary<string, long>>(countLevels);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What its cells are.</summary>
    public DriftKind Kind { get; }

    /// <summary>All rows.</summary>
    public int Rows { get; }

    /// <summary>Cells with a value that can be compared.</summary>
    public int Count => Rows - Missing - Infinite - Unreadable;

    /// <summary>Empty cells, and those that say "nan".</summary>
    public int Missing { get; private init; }

    /// <summary>Infinite numbers, of either sign.</summary>
    public int Infinite { get; private init; }

    /// <summary>Cells of text in a column of numbers or dates.</summary>
    public int Unreadable { get; private init; }

    /// <summary>Whether all values are the same; false without a value.</summary>
    public bool IsConstant => Count > 0 && (Kind == DriftKind.Categorical ? Levels.Count == 1 : Moments.Least == Moments.Largest);

    /// <summary>Shape [Count], in the order of rows; empty of a categorical column.</summary>
    internal ReadOnlySpan<double> Numbers => numbers;

    /// <summary>Shape [Count], ascending.</summary>
    internal ReadOnlySpan<double> Sorted => sorted.Value;

    /// <summary>Of numbers, where there is one.</summary>
    internal NumberMoments Moments => moments.Value;

    /// <summary>How often each level occurs; numbers in their shortest form.</summary>
    internal IReadOnlyDictionary<string, long> Levels => levels.Value;

    /// <summary>Prepares a column of the kind that it seems to be of.</summary>
    public static PreparedColumn Of(DataColumn column) => Of(column, DriftKinds.Guess(column));

    /// <summary>Prepares a column.</summary>
    /// <param name="column">Its cells.</param>
    /// <param name="kind">What they are; cells that are no such thing are counted as unreadable.</param>
    public static PreparedColumn Of(DataColumn column, DriftKind kind) =>
        kind == DriftKind.Categorical ? OfLevels(column) : OfNumbers(column, kind);

    /// <summary>Whether there are at most so many different values.</summary>
    internal bool HasAtMost(int different)
    {
        if (Kind == DriftKind.Categorical)
        {
            return Levels.Count <= different;
        }

        Span<double> seen = stackalloc double[different];
        int count = 0;
        foreach (double value in numbers)
        {
            if (seen[..count].Contains(value))
            {
                continue;
            }

            if (count == different)
            {
                return false;
            }

            seen[count++] = value;
        }

        return true;
    }

    private static PreparedColumn OfLevels(DataColumn column)
    {
        int missing = 0;
        for (int row = 0; row < column.Count; row++)
        {
            missing += column.IsMissing(row) ? 1 : 0;
        }

        return new PreparedColumn(
            column.Name, DriftKind.Categorical, column.Count, [],
            () => column is TextColumn text ? CountText(text) : CountNumbers(((NumberColumn)column).Values)) { Missing = missing };
    }

    private static PreparedColumn OfNumbers(DataColumn column, DriftKind kind)
    {
        ReadOnlySpan<double> cells = column is NumberColumn plain ? plain.Values : Read((TextColumn)column, kind);
        int infinite = 0;
        int missing = 0;
        foreach (double cell in cells)
        {
            infinite += double.IsInfinity(cell) ? 1 : 0;
            missing += double.IsNaN(cell) ? 1 : 0;
        }

        double[] numbers = new double[cells.Length - infinite - missing];
        int next = 0;
        foreach (double cell in cells)
        {
            if (double.IsFinite(cell))
            {
                numbers[next++] = cell;
            }
        }

        int unreadable = column is TextColumn text ? Unread(text, kind) : 0;
        return new PreparedColumn(column.Name, kind, column.Count, numbers, () => CountNumbers(numbers))
        {
            Missing = missing - unreadable,
            Infinite = infinite,
            Unreadable = unreadable,
        };
    }

    private static double[] Read(TextColumn column, DriftKind kind)
    {
        double[] byLevel = [.. column.Levels.Select(level => DriftKinds.Number(level, kind))];
        double[] cells = new double[column.Count];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = column.Codes[row] is >= 0 and int code ? byLevel[code] : double.NaN;
        }

        return cells;
    }

    private static int Unread(TextColumn column, DriftKind kind)
    {
        bool[] strange = [.. column.Levels.Select(level =>
            double.IsNaN(DriftKinds.Number(level, kind)) && !level.Equals("nan", StringComparison.OrdinalIgnoreCase))];
        int count = 0;
        foreach (int code in column.Codes)
        {
            count += code >= 0 && strange[code] ? 1 : 0;
        }

        return count;
    }

    private static double[] Sort(double[] numbers)
    {
        double[] ascending = [.. numbers];
        SortNumbers.Ascending(ascending);
        return ascending;
    }

    private static Dictionary<string, long> CountText(TextColumn column)
    {
        long[] counts = new long[column.Levels.Count];
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        Dictionary<string, long> levels = new(StringComparer.Ordinal);
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] > 0)
            {
                levels[column.Levels[code]] = levels.GetValueOrDefault(column.Levels[code]) + counts[code];
            }
        }

        return levels;
    }

    private static Dictionary<string, long> CountNumbers(ReadOnlySpan<double> numbers)
    {
        Dictionary<double, long> counts = [];
        foreach (double number in numbers)
        {
            if (!double.IsNaN(number))
            {
                counts[number] = counts.GetValueOrDefault(number) + 1;
            }
        }

        return counts.ToDictionary(count => count.Key.ToString("R", CultureInfo.InvariantCulture), count => count.Value, StringComparer.Ordinal);
    }
}
