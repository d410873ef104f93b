using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Privacy;

namespace Governance.Portal.Features.Explanations;

/// <summary>The rows of a data set as one person may see them: what their rights mask is not in it.</summary>
public sealed class RowView
{
    private readonly Table table;
    private readonly RowMask mask;

    /// <summary>Makes the view.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="mask">Which columns the person may not read.</param>
    public RowView(Table table, RowMask mask)
    {
        this.mask = mask;
        this.table = table;
        Open = mask.Open(table);
    }

    /// <summary>Only the columns that the person may read; never without a column.</summary>
    public Table Open { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => table.Rows;

    /// <summary>Whether the person may not read this column.</summary>
    public bool IsMasked(string column) => mask.Hides(column);

    /// <summary>What the page says of masked columns; null where there is nothing to say.</summary>
    public string? Notice => mask.Sentence;

    /// <summary>The cell as people read it: "masked" where rights hide it, null where it is missing or there is no such column.</summary>
    public string? Text(int row, string column) => mask.Hides(column) ? RowMask.Word : Readable(Open.Find(column), row);

    // Floats of 32 bits come back with digits that nobody measured (3.20000004768372): seven significant ones are enough.
    private static string? Readable(Column? column, int row) => column is NumberColumn && !column.IsMissing(row)
        ? column.Number(row).ToString("G7", CultureInfo.InvariantCulture).Replace('-', '−')
        : column?.Text(row);
}
