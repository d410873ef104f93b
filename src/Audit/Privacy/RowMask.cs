using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Datasets;

namespace Governance.Audit.Privacy;

/// <summary>Which columns of a data set's rows one person may not read. The only place that decides it. Pure.</summary>
/// <remarks>
/// Masked for everyone but those whom the table of rights answers with <see cref="Allowance.LoggedByGrant"/>: protected
/// columns, columns marked personal, those that say whose row it is, and identifiers.
/// </remarks>
public sealed class RowMask
{
    /// <summary>What stands in place of a masked cell.</summary>
    public const string Word = "masked";

    private readonly HashSet<string> hidden;

    private RowMask(IEnumerable<string> hidden, bool unmasked)
    {
        this.hidden = new HashSet<string>(hidden, StringComparer.Ordinal);
        Unmasked = unmasked;
    }

    /// <summary>Decides.</summary>
    /// <param name="personal">What the table of rights says of <see cref="Right.SeePersonalRows"/> for the person and the model.</param>
    /// <param name="columns">The data set's columns with all their marks.</param>
    public static RowMask Of(AccessDecision personal, IReadOnlyList<DatasetColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(personal);
        ArgumentNullException.ThrowIfNull(columns);
        return personal is { Allowed: true, Cell: Allowance.LoggedByGrant }
            ? new RowMask([], unmasked: true)
            : new RowMask(columns.Where(IsPersonal).Select(column => column.Name), unmasked: false);
    }

    /// <summary>Whether a column tells of a person what only few may read.</summary>
    public static bool IsPersonal(DatasetColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Personal || column.Subject || column.Role is ColumnRole.Protected or ColumnRole.Id;
    }

    /// <summary>Whether the person reads all cells; each such look is written down.</summary>
    public bool Unmasked { get; }

    /// <summary>The columns that the person may not read.</summary>
    public IReadOnlySet<string> Columns => hidden;

    /// <summary>Whether the person may not read this column.</summary>
    public bool Hides(string column) => hidden.Contains(column);

    /// <summary>What a page says above rows; null where nothing is masked and nothing is written down.</summary>
    public string? Sentence => hidden.Count > 0
        ? $"{(hidden.Count == 1 ? "One column is" : $"{hidden.Count} columns are")} masked: only reviewers whose grant names personal rows read protected and personal cells."
        : Unmasked ? "You see protected and personal cells by your grant. Each look is written down." : null;

    /// <summary>The table without the masked columns; where nothing is left, one empty column that keeps the rows' number.</summary>
    public Table Open(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] open = [.. table.Columns.Select(column => column.Name).Where(name => !Hides(name))];
        return open.Length == table.Columns.Count ? table
            : open.Length > 0 ? table.Keep(open)
            : new Table([new NumberColumn("", new double[table.Rows])]);
    }

    /// <summary>Warnings without the cells that they quote: one about a masked column keeps its code, row and column alone.</summary>
    public IReadOnlyList<AuditWarning> Mask(IReadOnlyList<AuditWarning> warnings)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        return [.. warnings.Select(warning => warning.Column is string column && Hides(column)
            ? warning with { Message = $"Something about the column '{column}', whose cells are masked." } : warning)];
    }
}
