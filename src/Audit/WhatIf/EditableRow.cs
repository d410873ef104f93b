using System.Globalization;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Privacy;

namespace Governance.Audit.WhatIf;

/// <summary>A known row of a data set with what each of its cells could be instead. Never changed once made.</summary>
/// <remarks>
/// Legal are the numbers within the range of the data set, in its decimals, and the levels that it or the encoding knows:
/// the same bounds as of counterfactuals. Masked cells stay as they are and are not told.
/// </remarks>
public sealed class EditableRow
{
    private readonly ActionSpace space;

    private EditableRow(ActionSpace space, IReadOnlyList<EditableColumn> columns)
    {
        this.space = space;
        Columns = columns;
    }

    /// <summary>The columns that the model takes, in its order.</summary>
    public IReadOnlyList<EditableColumn> Columns { get; }

    /// <summary>The row as it is: one row with the columns that the model and its decision read.</summary>
    public Table Original => space.Own;

    /// <summary>Lays out a row.</summary>
    /// <param name="encoder">The model's encoder.</param>
    /// <param name="table">The data set's rows.</param>
    /// <param name="row">Which of them, from 0.</param>
    /// <param name="mask">What the person may not read.</param>
    /// <exception cref="InputException">There is no such row, or the data set lacks a column that the model needs.</exception>
    public static EditableRow Make(RowEncoder encoder, Table table, int row, RowMask mask)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(mask);
        if (row < 0 || row >= table.Rows)
        {
            throw new InputException($"The data set has rows 0 to {table.Rows - 1}, not {row}.");
        }

        ActionSpace space = ActionSpace.Make(
            encoder, table, encoder.Encode(table.Take([row])), table, row, ActionConstraints.None.WithImmutable(encoder.Columns.Where(mask.Hides)));
        return new EditableRow(space, [.. encoder.Columns.Select(name => Column(space, name, mask))]);
    }

    /// <summary>The row with other cells.</summary>
    /// <param name="cells">New cells by column, as text.</param>
    /// <returns>One row with the columns of <see cref="Original"/>.</returns>
    /// <exception cref="InputException">A cell may not be changed, or not to that; the sentence says what it may be.</exception>
    public Table With(IReadOnlyDictionary<string, string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        double[] state = [.. space.OwnState];
        foreach ((string name, string text) in cells)
        {
            EditableColumn column = Columns.FirstOrDefault(each => each.Name == name)
                ?? throw new InputException($"The model takes no column '{name}'.") { Column = name };
            int at = space.Columns.ToList().FindIndex(each => each.Column.Name == name);
            if (at < 0)
            {
                throw new InputException(column.Masked
                    ? $"The cell of '{name}' is masked for your role, so it stays as it is."
                    : $"The cell of '{name}' is missing or has no alternative, so it stays as it is.") { Column = name };
            }

            state[at] = State(space.Columns[at], text.Trim());
        }

        return space.Rows([state]);
    }

    private static double State(ActionColumn column, string text)
    {
        string name = column.Column.Name;
        if (!column.IsNumeric)
        {
            int option = column.Options!.ToList().IndexOf(text);
            return option >= 0 ? option : throw new InputException(
                $"'{name}' is one of {string.Join(", ", column.Options!.OfType<string>().Order(StringComparer.Ordinal).Take(12))}{(column.Options!.Count > 12 ? ", …" : "")}.") { Column = name };
        }

        return double.TryParse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && column.Allows(number)
            ? number
            : throw new InputException($"'{name}' is a number from {Text(column.Low)} to {Text(column.High)} in steps of {Text(column.Step)}.") { Column = name };
    }

    private static EditableColumn Column(ActionSpace space, string name, RowMask mask)
    {
        bool masked = mask.Hides(name);
        ActionColumn? action = space.Columns.FirstOrDefault(each => each.Column.Name == name);
        return new EditableColumn(name, masked ? null : space.Own.Need(name).Text(0), masked)
        {
            Low = action is { IsNumeric: true } ? action.Low : null,
            High = action is { IsNumeric: true } ? action.High : null,
            Step = action is { IsNumeric: true } ? action.Step : null,
            Levels = action is { IsNumeric: false } ? [.. action.Options!.OfType<string>().Order(StringComparer.Ordinal)] : null,
        };
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>One cell of a known row and what it could be.</summary>
/// <param name="Name">The column.</param>
/// <param name="Own">The cell as it is; null where missing or masked.</param>
/// <param name="Masked">Whether the person may neither read nor change it.</param>
public sealed record EditableColumn(string Name, string? Own, bool Masked)
{
    /// <summary>The least number; null where it is not a number that may change.</summary>
    public double? Low { get; init; }

    /// <summary>The largest number; null likewise.</summary>
    public double? High { get; init; }

    /// <summary>The distance of neighbouring numbers; null likewise.</summary>
    public double? Step { get; init; }

    /// <summary>What it may be, in ordinal order, the own level among them; null where it is no level that may change.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>Whether it may change.</summary>
    public bool MayChange => Low is not null || Levels is not null;
}
