using Governance.Audit.Data;
using Governance.Registry.Datasets;

namespace Governance.Audit.Registrations;

/// <summary>Reads a data set the way its columns were declared, so that a person's corrections hold wherever it is used.</summary>
public static class ReadDataset
{
    /// <summary>Reads the rows.</summary>
    /// <param name="file">The data set's bytes.</param>
    /// <param name="columns">What was declared.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes cannot be read, or do not fit what was declared; the sentence names the line.</exception>
    public static Table Run(Stream file, IReadOnlyList<DatasetColumn> columns, CancellationToken cancellationToken) =>
        TableFile.Read(file, Rules(columns), new DataLimits(), cancellationToken);

    /// <summary>
    /// How declared columns are read: numeric ones as numbers only; categories, text and dates as they are spelt; truth
    /// values by their content; each with its marks of missing cells.
    /// </summary>
    public static IReadOnlyList<ColumnRule> Rules(IReadOnlyList<DatasetColumn> columns) =>
    [
        .. columns.Select(column => new ColumnRule(
            column.Name,
            column.Kind switch
            {
                ColumnKind.Numeric => CellKind.Number,
                ColumnKind.Boolean => CellKind.Guess,
                _ => CellKind.Text,
            },
            column.Missing)),
    ];

    /// <summary>Whether reading by these rules gives another table than reading by guess gave.</summary>
    internal static bool Differs(Table guessed, IReadOnlyList<ColumnRule> rules) => rules.Any(rule =>
        rule.Missing.Count > 0
        || (rule.Kind == CellKind.Number && guessed.Find(rule.Name) is TextColumn)
        || (rule.Kind == CellKind.Text && guessed.Find(rule.Name) is NumberColumn));
}
