namespace Governance.Audit.Data;

/// <summary>Readable rows by columns, as they stood in a file. Never changed once made.</summary>
public sealed class Table
{
    private readonly Dictionary<string, Column> byName;
    private readonly RowOrigins origins;

    /// <summary>Makes a table of columns of equal length.</summary>
    /// <param name="columns">At least one column, names distinct (ordinal).</param>
    /// <exception cref="ArgumentException">No columns, unequal lengths or a name that occurs twice.</exception>
    public Table(IReadOnlyList<Column> columns)
        : this(columns, new RowOrigins(null, null, 1))
    {
    }

    internal Table(IReadOnlyList<Column> columns, RowOrigins origins)
    {
        if (columns.Count == 0 || columns.Any(column => column.Count != columns[0].Count))
        {
            throw new ArgumentException("A table needs columns of equal length.", nameof(columns));
        }

        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        Columns = columns;
        Rows = columns[0].Count;
        this.origins = origins;
    }

    /// <summary>The columns in file order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The column of this exact name, or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The column of this exact name.</summary>
    /// <exception cref="InputException">There is none; the sentence names it.</exception>
    public Column Need(string name) =>
        Find(name) ?? throw new InputException($"The data has no column '{name}'.") { Column = name };

    /// <summary>Where a row stood in the file, for sentences: "Data row 31 (line 32)".</summary>
    public string Place(int row) => origins.Place(row);

    /// <summary>The line of the file on which a row began; 1 is the header's.</summary>
    public long Line(int row) => origins.Line(row);

    /// <summary>The same columns with only these rows, in this order.</summary>
    public Table Take(ReadOnlySpan<int> rows)
    {
        List<Column> taken = new(Columns.Count);
        foreach (Column column in Columns)
        {
            taken.Add(column.Take(rows));
        }

        return new Table(taken, origins.Take(rows));
    }

    /// <summary>The same rows with only these columns, in this order. The columns are shared, not copied.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public Table Keep(IEnumerable<string> names) => new([.. names.Distinct(StringComparer.Ordinal).Select(Need)], origins);

    /// <summary>The same rows with one more column.</summary>
    /// <exception cref="ArgumentException">It has other rows, or a name that is taken.</exception>
    public Table With(Column column) => new([.. Columns, column], origins);

    /// <summary>The first rows, at most <paramref name="count"/>.</summary>
    public Table Head(int count) => count >= Rows ? this : Take(Enumerable.Range(0, count).ToArray());
}
