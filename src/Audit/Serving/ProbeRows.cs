using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Serving;

/// <summary>Rows to try a model with: reference rows where there are some, else rows that its encoding can read.</summary>
internal static class ProbeRows
{
    private const int Seed = 20_260_301;

    /// <summary>Encoded rows, at most <see cref="BatchProof.ProbeRows"/>.</summary>
    /// <param name="encoder">Knows the columns, their kinds and levels.</param>
    /// <param name="reference">Reference rows; null where there are none.</param>
    /// <exception cref="InputException">The rows cannot be encoded.</exception>
    public static InputBatch Of(RowEncoder encoder, Table? reference)
    {
        if (reference is not null)
        {
            return encoder.Encode(reference.Head(BatchProof.ProbeRows));
        }

        Random random = new(Seed);
        return encoder.Encode(new Table([.. encoder.Slots.GroupBy(slot => slot.Column, StringComparer.Ordinal)
            .Select(column => Made(column.Key, [.. column.Select(slot => slot.Feature)], random))]));
    }

    // Numbers of all sizes for inputs of floats would be refused by inputs of whole numbers and of token ids: 0 and 1 fit all.
    private static Column Made(string name, EncodedFeature[] features, Random random)
    {
        string[] levels =
        [
            .. features.SelectMany(feature => feature.Kind switch
            {
                FeatureKind.Map => feature.Map!.Keys,
                FeatureKind.Onehot => [feature.Level!],
                FeatureKind.Text => feature.Levels is { Count: > 0 } known ? known : ["a", "b"],
                _ => (IEnumerable<string>)[],
            }).Distinct(StringComparer.Ordinal),
        ];
        bool fractions = features.All(feature => feature.Missing.Action == CellAction.NaN); // floats: see PlainEncoding
        return levels.Length > 0
            ? TextColumn.Of(name, [.. Enumerable.Range(0, BatchProof.ProbeRows).Select(_ => levels[random.Next(levels.Length)])])
            : new NumberColumn(name, [.. Enumerable.Range(0, BatchProof.ProbeRows).Select(_ => fractions ? random.NextDouble() : random.Next(2))]);
    }
}
