using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Audit.Counterfactuals;

/// <summary>All that one case could be instead: its columns with what they may hold.</summary>
/// <remarks>
/// The population says what is possible: numbers stay within its range and keep its decimals, levels are those it shows or
/// the encoding knows. A number that is missing in the case stays so: no distance leads away from it.
/// </remarks>
public sealed class ActionSpace
{
    /// <summary>Numbers tried along a column before a finer search.</summary>
    public const int Tries = 24;

    private ActionSpace(Table own, IReadOnlyList<ActionColumn> columns)
    {
        Own = own;
        Columns = columns;
        OwnState = [.. columns.Select(column => column.Own)];
    }

    /// <summary>The case as it is: one row with the columns that the model takes and that its decision depends on.</summary>
    public Table Own { get; }

    /// <summary>The columns that may change.</summary>
    public IReadOnlyList<ActionColumn> Columns { get; }

    /// <summary>The state of the case as it is.</summary>
    public double[] OwnState { get; }

    /// <summary>Lays out what a case may become.</summary>
    /// <param name="encoder">The model's encoder.</param>
    /// <param name="population">The rows that say what is possible.</param>
    /// <param name="encoded">The population, or some of it, encoded.</param>
    /// <param name="table">The table that holds the case.</param>
    /// <param name="row">The case.</param>
    /// <param name="constraints">What may change.</param>
    /// <exception cref="InputException">A constraint names no column of the model, or does not fit it.</exception>
    public static ActionSpace Make(
        RowEncoder encoder, Table population, InputBatch encoded, Table table, int row, ActionConstraints constraints)
    {
        IReadOnlyList<string> names = encoder.Columns;
        if (constraints.Columns.Keys.FirstOrDefault(name => !names.Contains(name)) is string stranger)
        {
            throw new InputException($"The constraints name '{stranger}', which is no column that the model takes: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.")
            {
                Column = stranger,
            };
        }

        // Thresholds by group also read columns that the model does not.
        HashSet<string> read = [.. names, .. encoder.Encoding.GroupThresholds?.Columns ?? []];
        Table own = new([.. table.Take([row]).Columns.Where(column => read.Contains(column.Name))]);
        List<ActionColumn> columns = [];
        foreach (string name in names)
        {
            ColumnConstraint constraint = constraints.Columns.GetValueOrDefault(name, ColumnConstraint.Free);
            ReadableColumn readable = ReadableColumn.Of(encoder, population, encoded, name);
            ActionColumn? column = readable.IsNumeric
                ? NumericAction.Make(readable, own.Need(name), constraint)
                : LevelAction.Make(readable, own.Need(name), constraint);
            if (column is { Values.Count: > 0 } && !constraint.Immutable)
            {
                columns.Add(column);
            }
        }

        return new ActionSpace(own, columns);
    }

    /// <summary>States as readable rows.</summary>
    /// <param name="states">Each one number a column of <see cref="Columns"/>.</param>
    public Table Rows(IReadOnlyList<double[]> states)
    {
        Table repeated = Own.Take(new int[states.Count]);
        Dictionary<string, Column> changed = new(StringComparer.Ordinal);
        for (int at = 0; at < Columns.Count; at++)
        {
            changed[Columns[at].Column.Name] = Cells(Columns[at], repeated, states, at);
        }

        return new Table([.. repeated.Columns.Select(column => changed.GetValueOrDefault(column.Name, column))]);
    }

    /// <summary>The state of another row of the same table, as near as the constraints let it come.</summary>
    /// <param name="table">The population.</param>
    /// <param name="row">One of its rows.</param>
    public double[] Nearest(Table table, int row)
    {
        double[] state = [.. OwnState];
        for (int at = 0; at < Columns.Count; at++)
        {
            ActionColumn column = Columns[at];
            Column cells = table.Need(column.Column.Name);
            if (column.IsNumeric)
            {
                double number = Math.Clamp(cells.Number(row), column.Low, column.High);
                double snapped = double.IsNaN(number) ? column.Own : column.At(column.Place(number));
                state[at] = column.Allows(snapped) ? snapped : column.Own;
            }
            else if (cells.Text(row) is string level && column.Options!.ToList().IndexOf(level) is > 0 and int option)
            {
                state[at] = option;
            }
        }

        return state;
    }

    /// <summary>The cell of a state as text; null where missing.</summary>
    public string? Text(int column, double state) => Columns[column].IsNumeric
        ? state.ToString("R", CultureInfo.InvariantCulture)
        : Columns[column].Options![(int)state];

    private static Column Cells(ActionColumn column, Table repeated, IReadOnlyList<double[]> states, int at)
    {
        string name = column.Column.Name;
        if (column.IsNumeric)
        {
            return new NumberColumn(name, [.. states.Select(state => state[at])]);
        }

        IEnumerable<string?> levels = states.Select(state => column.Options![(int)state[at]]);
        return repeated.Need(name) is NumberColumn
            ? new NumberColumn(name, [.. levels.Select(level => level is null ? double.NaN : double.Parse(level, CultureInfo.InvariantCulture))])
            : TextColumn.Of(name, [.. levels]);
    }
}
