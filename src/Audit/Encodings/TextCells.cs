using Governance.Audit.Data;

namespace Governance.Audit.Encodings;

/// <summary>Writes one column's cells into an input of text.</summary>
internal sealed class TextCells(Table table, Column column, EncodedFeature feature)
{
    private readonly HashSet<string>? levels = feature.Levels is null ? null : new(feature.Levels, StringComparer.Ordinal);

    /// <summary>Fills one element of every row.</summary>
    /// <param name="values">Shape [rows, width], row-major.</param>
    /// <param name="offset">The element.</param>
    /// <param name="width">Elements a row.</param>
    /// <exception cref="InputException">A cell is refused by the feature's rules; row, line and column are named.</exception>
    public void Fill(string[] values, int offset, int width)
    {
        if (feature.Kind is not (FeatureKind.Text or FeatureKind.Numeric))
        {
            throw new InputException(
                $"The encoding gives the feature '{feature.Name}' of kind {feature.Kind.ToString().ToLowerInvariant()} to an input of text.") { Column = column.Name };
        }

        for (int row = 0; row < table.Rows; row++)
        {
            values[(row * width) + offset] = Cell(row);
        }
    }

    private string Cell(int row)
    {
        if (column.IsMissing(row))
        {
            return feature.Missing.Action switch
            {
                CellAction.Text => feature.Missing.Text!,
                CellAction.Ignore => "",
                _ => throw Fault(row, "the cell is empty"),
            };
        }

        string text = column.Text(row)!;
        return levels is null || levels.Contains(text) || feature.Unseen.Action == CellAction.Ignore ? text
            : feature.Unseen.Action == CellAction.Text ? feature.Unseen.Text!
            : throw Fault(row, $"'{text}' is none of the known levels");
    }

    private InputException Fault(int row, string what) =>
        new($"{table.Place(row)}, column '{column.Name}': {what}.") { Line = table.Line(row), Column = column.Name };
}
