using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine;

namespace Governance.Audit.Ensembles;

/// <summary>Made-up rows on which an ensemble is held against its members.</summary>
internal static class ProofRows
{
    /// <summary>Sets of rows for a model, the most legal last.</summary>
    public static IReadOnlyList<InputBatch> For(ModelSignature signature, ModelEncoding? encoding, CancellationToken cancellationToken) =>
        [.. TrialRows.For(signature, encoding, null, cancellationToken).Select(set => set.Batch)];

    /// <summary>What a member says of one row that it accepts; null where it accepts none.</summary>
    public static Prediction? First(EnsembleMember member, CancellationToken cancellationToken)
    {
        foreach (InputBatch rows in For(member.Predictor.Signature, member.Encoding, cancellationToken).Reverse())
        {
            if (Said(member.Predictor, rows.Slice(0, 1), cancellationToken) is Prediction said)
            {
                return said;
            }
        }

        return null;
    }

    /// <summary>What a model says of rows; null where it refuses them, as made-up rows may be outside its vocabulary.</summary>
    public static Prediction? Said(IPredictor predictor, InputBatch rows, CancellationToken cancellationToken)
    {
        try
        {
            return predictor.Predict(rows, cancellationToken);
        }
        catch (InputException refusal) when (!RuntimeFault.IsMemory(refusal))
        {
            return null;
        }
    }
}
