using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The rows that a thief may ask about, as numbers: numeric cells as they are, levels one-hot.</summary>
/// <remarks>
/// Nothing of the model is in it, only the columns that it takes and a profile of the data, which the portal publishes:
/// so every row that leaves it is legal at the front door.
/// </remarks>
public sealed class QuerySpace
{
    // A column of levels with more than these would fill the rows with zeros; the rest are asked about no more.
    private const int MostLevels = 64;

    private QuerySpace(IReadOnlyList<QueryColumn> columns)
    {
        Columns = columns;
        Width = columns.Sum(column => column.Width);
        Names = [.. columns.SelectMany(column => column.IsNumeric ? [column.Name] : column.Levels.Select(level => $"{column.Name}={level}"))];
        Unknowns = 1 + columns.Sum(column => column.Freedom);
    }

    /// <summary>The columns, in the order of their numbers.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Numbers of a row.</summary>
    public int Width { get; }

    /// <summary>Shape [<see cref="Width"/>]: what each number is.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Unknowns of a model that is linear in the columns, the constant included: M + 1.</summary>
    public int Unknowns { get; }

    /// <summary>Reads the space from the columns that a model takes.</summary>
    /// <param name="columns">The columns with the cells of the published data.</param>
    /// <exception cref="InputException">A column has no cell that is filled.</exception>
    public static QuerySpace Of(IReadOnlyList<ReadableColumn> columns)
    {
        List<QueryColumn> made = [];
        int offset = 0;
        foreach (ReadableColumn column in columns)
        {
            made.Add(column.IsNumeric ? Numeric(column, offset) : Levelled(column, offset));
            offset += made[^1].Width;
        }

        return new QuerySpace(made);
    }

    /// <summary>Rows of data as numbers; an empty numeric cell takes the median, an unknown level the most frequent one.</summary>
    /// <param name="table">At least the columns of the space.</param>
    /// <returns>Shape [rows][<see cref="Width"/>].</returns>
    public float[][] Write(Table table)
    {
        float[][] rows = [.. Enumerable.Range(0, table.Rows).Select(_ => new float[Width])];
        foreach (QueryColumn column in Columns)
        {
            Column cells = table.Need(column.Name);
            Dictionary<string, int> places = Enumerable.Range(0, column.Levels.Count)
                .ToDictionary(level => column.Levels[level] ?? "", level => level, StringComparer.Ordinal);
            for (int row = 0; row < rows.Length; row++)
            {
                if (column.IsNumeric)
                {
                    double value = cells.Number(row);
                    rows[row][column.Offset] = (float)(double.IsFinite(value) ? value : column.Quantile(0.5));
                }
                else
                {
                    column.SetLevel(rows[row], places.GetValueOrDefault(cells.Text(row) ?? "", column.Mode));
                }
            }
        }

        return rows;
    }

    /// <summary>Rows as a person would send them.</summary>
    /// <param name="rows">Shape [rows][<see cref="Width"/>], at least one.</param>
    public Table Read(IReadOnlyList<float[]> rows) => new([.. Columns.Select(column => Cells(column, rows))]);

    private static Column Cells(QueryColumn column, IReadOnlyList<float[]> rows)
    {
        if (column.IsNumeric)
        {
            return new NumberColumn(column.Name, [.. rows.Select(row => (double)row[column.Offset])]);
        }

        IEnumerable<string?> levels = rows.Select(row => column.Levels[column.LevelOf(row)]);
        return column.AsNumbers
            ? new NumberColumn(column.Name, [.. levels.Select(level => level is null ? double.NaN : double.Parse(level, CultureInfo.InvariantCulture))])
            : TextColumn.Of(column.Name, [.. levels]);
    }

    private static QueryColumn Numeric(ReadableColumn column, int offset)
    {
        double[] values = [.. Enumerable.Range(0, column.Cells.Count).Select(column.Cells.Number).Where(double.IsFinite).Order()];
        return values.Length == 0
            ? throw new InputException($"The column '{column.Name}' is empty, so that nobody could ask about it.") { Column = column.Name }
            : new QueryColumn(column.Name, offset, values, column.WholeOnly || values.All(double.IsInteger), [], [], false);
    }

    private static QueryColumn Levelled(ReadableColumn column, int offset)
    {
        (string? Level, int Count)[] counts = [.. Enumerable.Range(0, column.Cells.Count).Select(column.Cells.Text).GroupBy(text => text)
            .Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostLevels)];
        double total = counts.Sum(pair => pair.Count);
        return new QueryColumn(
            column.Name, offset, [], false, [.. counts.Select(pair => pair.Level)], [.. counts.Select(pair => pair.Count / total)], column.Cells is NumberColumn);
    }
}
