using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>Draws rows that an encoding allows: a known level in each column of levels, a small number in each other.</summary>
internal static class LegalRows
{
    /// <summary>Draws rows.</summary>
    /// <param name="signature">The model's inputs.</param>
    /// <param name="encoding">Fitted to them.</param>
    /// <param name="rows">How many, at least 1.</param>
    /// <param name="seed">The same seed, the same rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where the encoding does not fit the model, which is told where it is used, or allows no rows so simple.</returns>
    public static InputBatch? Draw(ModelSignature signature, ModelEncoding encoding, int rows, int seed, CancellationToken cancellationToken)
    {
        try
        {
            return Encoded(signature, encoding, rows, seed, cancellationToken);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static InputBatch Encoded(ModelSignature signature, ModelEncoding encoding, int rows, int seed, CancellationToken cancellationToken)
    {
        RowEncoder encoder = new(signature, encoding);
        StringBuilder csv = new();
        csv.AppendJoin(',', encoder.Columns.Select(Cell)).Append('\n');
        ILookup<string, FeatureSlot> columns = encoder.Slots.ToLookup(slot => slot.Column, StringComparer.Ordinal);
        for (int row = 0; row < rows; row++)
        {
            SeededRandom random = new(seed, row);
            csv.AppendJoin(',', encoder.Columns.Select(column => Cell(Value([.. columns[column]], signature, ref random)))).Append('\n');
        }

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv.ToString()), writable: false);
        return encoder.Encode(CsvTable.Read(stream, cancellationToken));
    }

    private static string Value(IReadOnlyList<FeatureSlot> features, ModelSignature signature, ref SeededRandom random)
    {
        string[] levels = [.. features.SelectMany(slot => Levels(slot.Feature)).Where(level => level.Length > 0).Distinct(StringComparer.Ordinal)];
        if (levels.Length > 0)
        {
            return levels[random.NextBelow(levels.Length)];
        }

        if (features.Any(slot => slot.Feature.Kind is FeatureKind.Text || signature.Inputs[slot.Input].Kind == TensorKind.Text))
        {
            return "a";
        }

        bool whole = features.Any(slot => signature.Inputs[slot.Input].Kind is not (TensorKind.Float or TensorKind.Double));
        return whole ? random.NextBelow(2).ToString(CultureInfo.InvariantCulture) : random.NextDouble().ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Levels(EncodedFeature feature) => feature.Kind switch
    {
        FeatureKind.Map => feature.Map?.Keys ?? [],
        FeatureKind.Onehot => feature.Level is null ? [] : [feature.Level],
        FeatureKind.Text => feature.Levels ?? [],
        _ => [],
    };

    private static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
