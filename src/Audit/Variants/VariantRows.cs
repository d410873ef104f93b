using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Variants;

/// <summary>Rows that a recipe measures ranges on or learns from.</summary>
/// <param name="Batch">In the form of the parent's inputs.</param>
public sealed record VariantRows(InputBatch Batch)
{
    /// <summary>The same rows as people read them, with what was true where that is known; null where only the batch is at hand.</summary>
    public Table? Table { get; init; }

    /// <summary>How they were encoded; null where only the batch is at hand.</summary>
    public RowEncoder? Encoder { get; init; }

    /// <summary>The parent's encoding; null where it takes columns as they are.</summary>
    public ModelEncoding? Encoding { get; init; }

    /// <summary>The column with what was true; null where none is known.</summary>
    public string? Label { get; init; }

    /// <summary>The confidence level of intervals that are measured on these rows, above 0 and below 1; the policy's where there is one.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Encodes readable rows.</summary>
    /// <param name="signature">The parent's.</param>
    /// <param name="encoding">Its encoding; null takes all columns but the label as they are.</param>
    /// <param name="table">The rows.</param>
    /// <param name="label">The column with what was true; null where none is known.</param>
    /// <exception cref="InputException">The rows do not fit the model.</exception>
    public static VariantRows Of(ModelSignature signature, ModelEncoding? encoding, Table table, string? label)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] columns = [.. table.Columns.Select(column => column.Name).Where(name => name != label)];
        RowEncoder encoder = RowEncoder.For(signature, encoding, table, encoding is null ? columns : null);
        return new VariantRows(encoder.Encode(table)) { Table = table, Encoder = encoder, Encoding = encoding, Label = label };
    }
}
