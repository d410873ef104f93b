using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;

namespace Governance.Audit.Privacy;

/// <summary>What names one person: a cell for each column that says whose row it is. Kept nowhere but in the request's memory.</summary>
/// <remarks>Cells are compared without surrounding blanks, letter case and Unicode form; numbers by value.</remarks>
public sealed class SubjectKey
{
    private readonly SortedDictionary<string, string> cells;

    private SubjectKey(SortedDictionary<string, string> cells) => this.cells = cells;

    /// <summary>Reads "column=value" pairs.</summary>
    /// <exception cref="InputException">There is none, a part is no pair, or a column comes twice.</exception>
    public static SubjectKey Parse(IEnumerable<string> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        SortedDictionary<string, string> cells = new(StringComparer.Ordinal);
        foreach (string pair in pairs.Where(pair => !string.IsNullOrWhiteSpace(pair)))
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || string.IsNullOrWhiteSpace(pair[(at + 1)..]))
            {
                throw new InputException("A person is named by COLUMN=VALUE, a pair for each column that says whose row it is.");
            }

            if (!cells.TryAdd(pair[..at].Trim(), Normal(pair[(at + 1)..])))
            {
                throw new InputException($"The column '{pair[..at].Trim()}' is given twice.");
            }
        }

        return cells.Count > 0 ? new SubjectKey(cells) : throw new InputException("Name the person by COLUMN=VALUE.");
    }

    /// <summary>The keyed digest that stands for the person in requests.</summary>
    public async Task<FactDigest> DigestAsync(PrivacyKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new FactDigest(await key.OfAsync($"person\n{string.Join('\n', cells.Select(cell => $"{cell.Key}\u001f{cell.Value}"))}", cancellationToken));
    }

    /// <summary>Whether a data set says whose its rows are by columns that are all given here.</summary>
    public bool Fits(IReadOnlyList<DatasetColumn> columns)
    {
        string[] names = Names(columns);
        return names.Length > 0 && names.All(cells.ContainsKey);
    }

    /// <summary>The person's rows, ascending.</summary>
    /// <param name="table">The data set's rows.</param>
    /// <param name="columns">Its columns with their marks; must fit.</param>
    public int[] Rows(Table table, IReadOnlyList<DatasetColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        (Column Cells, string Wanted)[] keys = [.. Names(columns).Select(name => (table.Need(name), cells[name]))];
        return [.. Enumerable.Range(0, table.Rows).Where(row => keys.All(key => Is(key.Cells, row, key.Wanted)))];
    }

    private static string[] Names(IReadOnlyList<DatasetColumn> columns) => [.. columns.Where(column => column.Subject).Select(column => column.Name)];

    private static bool Is(Column column, int row, string wanted) => !column.IsMissing(row) && (column is NumberColumn
        ? double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number == column.Number(row)
        : Normal(column.Text(row)!) == wanted);

    private static string Normal(string text) => text.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
}
