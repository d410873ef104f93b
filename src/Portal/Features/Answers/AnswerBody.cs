using System.Globalization;
using System.Text.Json;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Answers;

/// <summary>What a program asks of a version.</summary>
/// <param name="Rows">Each an object of cells by column, or an array of cells in the order of the columns.</param>
/// <param name="Form">A form that tells less than the policy lets out, and costs less.</param>
/// <param name="Target">Of a counterfactual: the wanted answer.</param>
internal sealed record AnswerBody(IReadOnlyList<JsonElement>? Rows, PredictionForm? Form, string? Target)
{
    /// <summary>The rows as a table of these columns; cells of other columns are left out.</summary>
    /// <exception cref="InputException">A row is neither object nor array, lacks a column, or holds a cell that is none.</exception>
    public Table Table(IReadOnlyList<string> columns)
    {
        if (Rows is not { Count: > 0 } rows)
        {
            throw new InputException("The request has no rows.");
        }

        return new Table([.. columns.Select((column, at) => ColumnOf(column, [.. rows.Select((row, number) => Cell(row, number, column, at, columns.Count))]))]);
    }

    private static JsonElement Cell(JsonElement row, int number, string column, int at, int width) => row.ValueKind switch
    {
        JsonValueKind.Object => row.TryGetProperty(column, out JsonElement cell)
            ? cell
            : throw new InputException($"Row {number} has no column '{column}', which the model needs. Write null for a missing cell.") { Column = column },
        JsonValueKind.Array => row.GetArrayLength() == width
            ? row[at]
            : throw new InputException($"Row {number} has {row.GetArrayLength()} cells; the model reads {width}."),
        _ => throw new InputException($"Row {number} is neither an object of cells by column nor an array of cells."),
    };

    private static Column ColumnOf(string name, JsonElement[] cells)
    {
        if (Array.TrueForAll(cells, cell => cell.ValueKind is JsonValueKind.Null || (cell.ValueKind == JsonValueKind.Number && Exact(cell))))
        {
            return new NumberColumn(name, [.. cells.Select(cell => cell.ValueKind == JsonValueKind.Null ? double.NaN : cell.GetDouble())]);
        }

        return TextColumn.Of(name, [.. cells.Select((cell, row) => cell.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => cell.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => Exact(cell) ? cell.GetDouble().ToString("R", CultureInfo.InvariantCulture) : cell.GetRawText(),
            _ => throw new InputException($"Row {row}, column '{name}': a cell is a number, a text, a truth value or null.") { Column = name },
        })]);
    }

    // Whole numbers beyond 2^53 stay as they are written.
    private static bool Exact(JsonElement cell) => Math.Abs(cell.GetDouble()) <= 1L << 53 || !long.TryParse(cell.GetRawText(), CultureInfo.InvariantCulture, out _);
}
