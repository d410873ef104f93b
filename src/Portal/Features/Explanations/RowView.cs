using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Explanations;

/// <summary>The rows of a data set as one person may see them: what their rights mask is not in it.</summary>
public sealed class RowView
{
    private const string Masked = "masked";
    private readonly Table table;
    private readonly IReadOnlySet<string> masked;

    /// <summary>Makes the view.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="masked">The columns that the person may not read.</param>
    public RowView(Table table, IReadOnlySet<string> masked)
    {
        this.masked = masked;
        List<Column> open = [.. table.Columns.Where(column => !masked.Contains(column.Name))];
        this.table = table;
        Open = open.Count == 0 ? new Table([new NumberColumn("", new double[table.Rows])]) : new Table(open);
    }

    /// <summary>Only the columns that the person may read; never without a column.</summary>
    public Table Open { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => table.Rows;

    /// <summary>Whether the person may not read this column.</summary>
    public bool IsMasked(string column) => masked.Contains(column);

    /// <summary>Whether some column is masked.</summary>
    public bool HasMasked => masked.Count > 0;

    /// <summary>The cell as people read it: "masked" where rights hide it, null where it is missing or there is no such column.</summary>
    public string? Text(int row, string column) => masked.Contains(column) ? Masked : Readable(Open.Find(column), row);

    // Floats of 32 bits come back with digits that nobody measured (3.20000004768372): seven significant ones are enough.
    private static string? Readable(Column? column, int row) => column is NumberColumn && !column.IsMissing(row)
        ? column.Number(row).ToString("G7", CultureInfo.InvariantCulture).Replace('-', '−')
        : column?.Text(row);
}
