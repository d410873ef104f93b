namespace Governance.Portal.Components.Parts;

/// <summary>Which column a table is sorted by, as it stands in the address: "n" or "-n".</summary>
/// <param name="Key">The column's key, or null for the order the rows came in.</param>
/// <param name="Descending">Largest first.</param>
public readonly record struct TableOrder(string? Key, bool Descending)
{
    /// <summary>Reads the address's value.</summary>
    public static TableOrder Parse(string? value) => value switch
    {
        null or "" or "-" => default,
        ['-', .. string key] => new TableOrder(key, true),
        _ => new TableOrder(value, false),
    };

    /// <summary>The address's value after a click on a column's head.</summary>
    public string After(string clicked) => clicked == Key && !Descending ? "-" + clicked : clicked;

    /// <summary>Sorts rows; equal ones keep their order, and rows without a value come last either way.</summary>
    public IReadOnlyList<TRow> Sort<TRow>(IReadOnlyList<TRow> rows, IReadOnlyList<TableColumn<TRow>> columns)
    {
        string? key = Key;
        Func<TRow, IComparable?>? by = columns.FirstOrDefault(column => column.Key == key)?.SortBy;
        if (by is null)
        {
            return rows;
        }

        IOrderedEnumerable<TRow> filled = rows.OrderBy(row => by(row) is null);
        return [.. Descending ? filled.ThenByDescending(row => by(row)) : filled.ThenBy(row => by(row))];
    }
}
