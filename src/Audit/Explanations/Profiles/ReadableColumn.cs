using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>A column of the readable data together with the places in the model's inputs that it fills.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Cells">Its cells in the data at hand.</param>
/// <param name="IsNumeric">Whether the model reads it as a number; else its cells are levels.</param>
/// <param name="WholeOnly">Whether an input that it fills holds whole numbers alone.</param>
/// <param name="Elements">The elements that it fills; a one-hot column fills several.</param>
/// <param name="KnownLevels">The levels that the encoding knows, spelt as cells, in its order; null where it names none.</param>
/// <param name="Ranks">The number that the encoding gives each level; null where it gives none.</param>
public sealed record ReadableColumn(
    string Name, Column Cells, bool IsNumeric, bool WholeOnly, IReadOnlyList<PlayerElement> Elements,
    IReadOnlyList<string>? KnownLevels, IReadOnlyDictionary<string, double>? Ranks)
{
    /// <summary>Finds a column of the data among those that the model takes.</summary>
    /// <param name="encoder">The model's encoder.</param>
    /// <param name="table">The data.</param>
    /// <param name="encoded">Any rows of the data, encoded: says what kind each input is.</param>
    /// <param name="name">The column.</param>
    /// <exception cref="InputException">The model takes no such column; the sentence lists those it takes.</exception>
    public static ReadableColumn Of(RowEncoder encoder, Table table, InputBatch encoded, string name)
    {
        FeatureSlot[] slots = [.. encoder.Slots.Where(slot => slot.Column == name)];
        if (slots.Length == 0)
        {
            FeatureSlot? feature = encoder.Slots.FirstOrDefault(slot => slot.Name == name);
            throw new InputException(feature is null
                ? $"The model takes no column '{name}'; it takes {Listed(encoder.Columns)}."
                : $"'{name}' is a feature made from the column '{feature.Column}': name the column.")
            {
                Column = name,
            };
        }

        Column cells = table.Need(name);
        TensorKind[] kinds = [.. slots.Select(slot => encoded.Tensors[slot.Input].Kind)];
        return new ReadableColumn(
            name,
            cells,
            cells is NumberColumn && slots.Zip(kinds).Any(pair =>
                pair.First.Feature.Kind is FeatureKind.Numeric or FeatureKind.Image && pair.Second != TensorKind.Text),
            kinds.Any(kind => kind is TensorKind.Int32 or TensorKind.Int64 or TensorKind.Boolean),
            [.. slots.Select(slot => new PlayerElement(slot.Input, slot.Offset))],
            Known(slots, cells),
            RanksOf(slots, cells));
    }

    /// <summary>All columns that the model takes, in its order.</summary>
    public static IReadOnlyList<ReadableColumn> All(RowEncoder encoder, Table table, InputBatch encoded) =>
        [.. encoder.Columns.Select(name => Of(encoder, table, encoded, name))];

    /// <summary>How a level of the encoding is spelt in a column: numbers have one spelling only, so "1.0" is "1" there.</summary>
    public static string AsCell(string level, Column cells) =>
        cells is NumberColumn && PlainDecimal.TryParse(level, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : level;

    private static IReadOnlyList<string>? Known(FeatureSlot[] slots, Column cells)
    {
        string[] levels =
        [
            .. slots.SelectMany(slot => slot.Feature.Kind switch
            {
                FeatureKind.Map => slot.Feature.Map!.Keys,
                FeatureKind.Onehot => [slot.Feature.Level!],
                FeatureKind.Text => slot.Feature.Levels ?? [],
                _ => [],
            }).Select(level => AsCell(level, cells)).Distinct(StringComparer.Ordinal),
        ];
        return levels.Length == 0 ? null : levels;
    }

    private static Dictionary<string, double>? RanksOf(FeatureSlot[] slots, Column cells)
    {
        EncodedFeature? mapped = slots.Select(slot => slot.Feature).FirstOrDefault(feature => feature.Kind == FeatureKind.Map);
        if (mapped is null)
        {
            return null;
        }

        Dictionary<string, double> ranks = new(StringComparer.Ordinal);
        foreach ((string level, double number) in mapped.Map!)
        {
            ranks[AsCell(level, cells)] = number;
        }

        return ranks;
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", …" : "");
}
