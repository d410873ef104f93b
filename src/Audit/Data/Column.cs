namespace Governance.Audit.Data;

/// <summary>One named column of a <see cref="Table"/>: all numbers or all text, with missing cells.</summary>
public abstract class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>The name in the header of the file.</summary>
    public string Name { get; }

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the cell of this row was empty.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The cell as text, numbers in their shortest round-trip form; null where missing.</summary>
    public abstract string? Text(int row);

    /// <summary>The cell as a number; NaN where missing or where the text is no number.</summary>
    public abstract double Number(int row);

    /// <summary>The same column with only these rows, in this order.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);
}

/// <summary>A column in which every cell that is not empty is a plain decimal number.</summary>
public sealed class NumberColumn : Column
{
    private readonly double[] values;

    /// <summary>Makes a column of numbers.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">Shape [rows]; NaN marks a missing cell. Kept, not copied.</param>
    public NumberColumn(string name, double[] values)
        : this(name, values, values.Length)
    {
    }

    // The array may be longer than the column: readers grow it by guess.
    internal NumberColumn(string name, double[] values, int count)
        : base(name) => (this.values, Count) = (values, count);

    /// <summary>Shape [rows]; NaN where missing.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    public override int Count { get; }

    public override bool IsMissing(int row) => double.IsNaN(Values[row]);

    public override string? Text(int row) => IsMissing(row) ? null : values[row].ToString("R");

    public override double Number(int row) => Values[row];

    public override Column Take(ReadOnlySpan<int> rows)
    {
        double[] taken = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = Values[rows[i]];
        }

        return new NumberColumn(Name, taken);
    }
}

/// <summary>A column of text, each distinct value stored once.</summary>
public sealed class TextColumn : Column
{
    private readonly int[] codes;
    private readonly string[] levels;

    /// <summary>Makes a column of text.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">Shape [rows]: the index of the cell's level, -1 for a missing cell. Kept, not copied.</param>
    /// <param name="levels">The distinct values, in order of first appearance. Kept, not copied.</param>
    public TextColumn(string name, int[] codes, string[] levels)
        : this(name, codes, levels, codes.Length)
    {
    }

    internal TextColumn(string name, int[] codes, string[] levels, int count)
        : base(name) => (this.codes, this.levels, Count) = (codes, levels, count);

    /// <summary>Makes a column of these cells; null is a missing one.</summary>
    public static TextColumn Of(string name, IReadOnlyList<string?> cells)
    {
        Dictionary<string, int> codeOf = new(StringComparer.Ordinal);
        int[] codes = new int[cells.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = cells[row] is not string cell ? -1
                : codeOf.TryGetValue(cell, out int code) ? code
                : codeOf[cell] = codeOf.Count;
        }

        return new TextColumn(name, codes, [.. codeOf.OrderBy(level => level.Value).Select(level => level.Key)]);
    }

    /// <summary>Shape [rows]: the index into <see cref="Levels"/>, -1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes.AsSpan(0, Count);

    /// <summary>The distinct values, in order of first appearance.</summary>
    public IReadOnlyList<string> Levels => levels;

    public override int Count { get; }

    public override bool IsMissing(int row) => Codes[row] < 0;

    public override string? Text(int row) => Codes[row] is >= 0 and int code ? levels[code] : null;

    public override double Number(int row) =>
        double.TryParse(Text(row), System.Globalization.NumberStyles.Float, null, out double number) ? number : double.NaN;

    public override Column Take(ReadOnlySpan<int> rows)
    {
        int[] taken = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = Codes[rows[i]];
        }

        return new TextColumn(Name, taken, levels);
    }
}
