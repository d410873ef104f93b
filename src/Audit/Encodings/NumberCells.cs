using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Writes one column's cells into an input of numbers or truth values.</summary>
internal sealed class NumberCells(Table table, Column column, EncodedFeature feature, HashSet<string> levels, InputSpec input)
{
    private readonly TensorKind kind = input.Kind;
    private readonly Dictionary<string, double> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> map = ByCell(feature.Map, column);
    private readonly HashSet<string> levels = [.. levels.Select(level => AsCell(level, column))];
    private readonly string? level = feature.Level is null ? null : AsCell(feature.Level, column);

    /// <summary>Fills one element of every row.</summary>
    /// <param name="values">Shape [rows, width], row-major.</param>
    /// <param name="offset">The element.</param>
    /// <param name="width">Elements a row.</param>
    /// <exception cref="InputException">A cell cannot be encoded; row, line and column are named.</exception>
    public void Fill(Array values, int offset, int width)
    {
        for (int row = 0; row < table.Rows; row++)
        {
            int at = (row * width) + offset;
            switch (values)
            {
                case float[] floats:
                    floats[at] = Single(Cell(row), row);
                    break;
                case double[] doubles:
                    doubles[at] = Cell(row);
                    break;
                case long[] longs:
                    longs[at] = Whole(row, (long)(input.Range?.Least ?? long.MinValue), input.Range is { Most: < long.MaxValue } range ? (long)range.Most : long.MaxValue);
                    break;
                case int[] ints:
                    ints[at] = (int)Whole(row, (long)(input.Range?.Least ?? int.MinValue), (long)(input.Range?.Most ?? int.MaxValue));
                    break;
                case bool[] flags:
                    flags[at] = Truth(row);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private double Cell(int row)
    {
        if (column.IsMissing(row))
        {
            return feature.Missing.Action == CellAction.Text ? OfLevel(AsCell(feature.Missing.Text!, column), row) : Ruled(feature.Missing, row, "the cell is empty");
        }

        if (feature.Kind is FeatureKind.Numeric or FeatureKind.Image && column is NumberColumn numbers)
        {
            return numbers.Values[row];
        }

        return OfLevel(column.Text(row)!, row);
    }

    private double OfLevel(string text, int row)
    {
        if (!known.TryGetValue(text, out double number))
        {
            number = Read(text, row);
            known[text] = number;
        }

        return number;
    }

    private double Read(string text, int row)
    {
        switch (feature.Kind)
        {
            case FeatureKind.Map:
                return map.TryGetValue(text, out double mapped) ? mapped
                    : feature.Unseen is { Action: CellAction.Text, Text: string stand } && map.TryGetValue(AsCell(stand, column), out mapped) ? mapped
                    : Ruled(feature.Unseen, row, $"'{Shorten(text)}' is not one of {string.Join(", ", map.Keys.Take(12))}");
            case FeatureKind.Onehot:
                return text == level ? 1
                    : levels.Contains(text) || feature.Unseen.Action == CellAction.Ignore || column.IsMissing(row) ? 0
                    : feature.Unseen.Action == CellAction.Text ? (AsCell(feature.Unseen.Text!, column) == level ? 1 : 0)
                    : Ruled(feature.Unseen, row, $"'{Shorten(text)}' is none of the known levels");
            case FeatureKind.Text:
                throw new InputException(
                    $"The encoding gives the feature '{feature.Name}' of kind text to an input of numbers.") { Column = column.Name };
            default:
                return kind == TensorKind.Boolean && bool.TryParse(text, out bool flag) ? (flag ? 1 : 0)
                    : PlainDecimal.TryParse(text, out double number) ? number
                    : throw Fault(row, $"'{Shorten(text)}' is not a number");
        }
    }

    private double Ruled(CellRule rule, int row, string what) => rule.Action switch
    {
        CellAction.Number => rule.Number,
        CellAction.NaN when kind is TensorKind.Float or TensorKind.Double => double.NaN,
        CellAction.Ignore when feature.Kind == FeatureKind.Onehot => 0,
        CellAction.Ignore when kind is TensorKind.Float or TensorKind.Double => double.NaN,
        _ => throw Fault(row, what),
    };

    private float Single(double number, int row)
    {
        float single = (float)number;
        return double.IsFinite(number) && (float.IsInfinity(single) || number < input.Range?.Least || number > input.Range?.Most)
            ? throw Fault(row, $"{number.ToString("R", CultureInfo.InvariantCulture)} is too large for the model's input")
            : single;
    }

    private long Whole(int row, long least, long most)
    {
        // Whole numbers beyond 2^53 are kept as text by the reader, so that they arrive here unrounded.
        if (column is TextColumn && feature.Kind == FeatureKind.Numeric && !column.IsMissing(row)
            && long.TryParse(column.Text(row), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exact)
            && exact >= least && exact <= most)
        {
            return exact;
        }

        double number = Cell(row);
        return number == Math.Floor(number) && number >= least && number <= most && Math.Abs(number) < 1L << 62
            ? (long)number
            : throw Fault(row, $"{number.ToString("R", CultureInfo.InvariantCulture)} is not a whole number that the model's input can hold");
    }

    private bool Truth(int row) => Cell(row) switch
    {
        0 => false,
        1 => true,
        double number => throw Fault(row, $"{number.ToString("R", CultureInfo.InvariantCulture)} is neither 0 nor 1"),
    };

    private InputException Fault(int row, string what) =>
        new($"{table.Place(row)}, column '{column.Name}': {what}.") { Line = table.Line(row), Column = column.Name };

    // A column of numbers shows its cells in one spelling only, so a level "1.0" must be looked for as "1".
    private static string AsCell(string level, Column column) =>
        column is NumberColumn && PlainDecimal.TryParse(level, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : level;

    private static Dictionary<string, double> ByCell(IReadOnlyDictionary<string, double>? map, Column column)
    {
        Dictionary<string, double> byCell = new(StringComparer.Ordinal);
        foreach ((string level, double number) in map ?? new Dictionary<string, double>())
        {
            byCell[AsCell(level, column)] = number;
        }

        return byCell;
    }

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
