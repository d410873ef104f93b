using System.Globalization;

namespace Governance.Audit.Data;

/// <summary>A column as the distinct values that occur in it: classes, groups, folds.</summary>
public sealed class Levels
{
    /// <summary>The most distinct values that a column of classes, groups or folds may have.</summary>
    public const int Most = 1_000;

    private readonly int[] codes;
    private readonly bool numeric;

    private Levels(string name, int[] codes, string[] names, bool numeric)
    {
        Name = name;
        this.codes = codes;
        Names = names;
        this.numeric = numeric;
    }

    /// <summary>The column's name; of a crossing the names joined by '|'.</summary>
    public string Name { get; }

    /// <summary>The values that occur; numbers ascending, text in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Shape [rows]: the index into <see cref="Names"/>, -1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>The index of a value, as text or as an equal number; -1 where it does not occur.</summary>
    public int IndexOf(string value)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == value)
            {
                return i;
            }
        }

        return numeric && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number.ToString("R", CultureInfo.InvariantCulture) is var plain && plain != value ? IndexOf(plain) : -1;
    }

    /// <summary>Finds the values of a column.</summary>
    /// <exception cref="InputException">More than <see cref="Most"/> of them occur.</exception>
    public static Levels Of(Column column)
    {
        int[] codes = new int[column.Count];
        return column is NumberColumn numbers
            ? OfNumbers(numbers, codes)
            : OfText(column, codes);
    }

    /// <summary>The combinations that occur of several columns' values, in ordinal order of their joined names.</summary>
    /// <param name="columns">At least one, of equally many rows. A row that lacks any of them has no combination.</param>
    /// <exception cref="InputException">More than <see cref="Most"/> combinations occur.</exception>
    public static Levels Cross(IReadOnlyList<Levels> columns)
    {
        string name = string.Join('|', columns.Select(column => column.Name));
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        Dictionary<UInt128, int> known = [];
        int[] codes = new int[columns[0].codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = -1;
            if (Combination(columns, row) is UInt128 key && !known.TryGetValue(key, out codes[row]))
            {
                int at = row;
                codes[row] = CodeOf(seen, string.Join('|', columns.Select(column => column.Names[column.codes[at]])), name);
                known.Add(key, codes[row]);
            }
        }

        return Sorted(name, codes, seen, StringComparer.Ordinal, numeric: false);
    }

    /// <summary>How many combinations of several columns' values occur; counting stops at <paramref name="enough"/>.</summary>
    internal static int CountCombinations(IReadOnlyList<Levels> columns, int enough)
    {
        HashSet<UInt128> seen = [];
        for (int row = 0; row < columns[0].codes.Length && seen.Count < enough; row++)
        {
            if (Combination(columns, row) is UInt128 key)
            {
                seen.Add(key);
            }
        }

        return seen.Count;
    }

    // One number a combination: of up to 12 columns of 1,000 levels each it cannot run over, of more it wraps, where two
    // combinations would have to differ by an exact multiple of 2^128.
    private static UInt128? Combination(IReadOnlyList<Levels> columns, int row)
    {
        UInt128 key = 0;
        foreach (Levels column in columns)
        {
            if (column.codes[row] < 0)
            {
                return null;
            }

            key = (key * (UInt128)(uint)(Most + 1)) + (UInt128)(uint)column.codes[row];
        }

        return key;
    }

    private static Levels OfNumbers(NumberColumn column, int[] codes)
    {
        Dictionary<double, int> seen = [];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = column.IsMissing(row) ? -1 : CodeOf(seen, column.Values[row], column.Name);
        }

        Dictionary<string, int> named = seen.ToDictionary(
            pair => pair.Key.ToString("R", CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
        Comparer<string> ascending = Comparer<string>.Create((left, right) =>
            double.Parse(left, CultureInfo.InvariantCulture).CompareTo(double.Parse(right, CultureInfo.InvariantCulture)));
        return Sorted(column.Name, codes, named, ascending, numeric: true);
    }

    private static Levels OfText(Column column, int[] codes)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = column.Text(row) is string text ? CodeOf(seen, text, column.Name) : -1;
        }

        return Sorted(column.Name, codes, seen, StringComparer.Ordinal, numeric: false);
    }

    private static int CodeOf<T>(Dictionary<T, int> seen, T value, string column)
        where T : notnull
    {
        if (seen.TryGetValue(value, out int code))
        {
            return code;
        }

        if (seen.Count == Most)
        {
            throw new InputException($"The column '{column}' has more than {Most:N0} distinct values: too many for classes, groups or folds.")
            {
                Column = column,
            };
        }

        seen.Add(value, seen.Count);
        return seen.Count - 1;
    }

    private static Levels Sorted(
        string name, int[] codes, Dictionary<string, int> seen, IComparer<string> order, bool numeric)
    {
        string[] names = [.. seen.Keys.Order(order)];
        int[] rank = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            rank[seen[names[i]]] = i;
        }

        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = codes[row] < 0 ? -1 : rank[codes[row]];
        }

        return new Levels(name, codes, names, numeric);
    }
}
