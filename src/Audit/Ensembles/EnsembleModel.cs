using Governance.Audit.Encodings;

namespace Governance.Audit.Ensembles;

/// <summary>An ensemble in one file.</summary>
/// <param name="File">The ONNX file.</param>
/// <param name="Encoding">How rows become its inputs and its outputs a decision; null where the members have none.</param>
/// <param name="Classes">Its classes in column order; null for a regression.</param>
/// <param name="Positive">Of two classes the one that scores refer to; else null.</param>
/// <param name="Threshold">From which score on the positive class is said; null for votes, more classes and regressions.</param>
/// <param name="Opset">The version of ai.onnx that the file imports.</param>
/// <param name="ProofRows">Made-up rows on which the merged graph was held against its members.</param>
/// <param name="LargestDifference">The largest absolute difference found there, in probabilities or in units of the target.</param>
public sealed record EnsembleModel(
    byte[] File, ModelEncoding? Encoding, IReadOnlyList<string>? Classes, string? Positive, double? Threshold, long Opset, int ProofRows,
    double LargestDifference);
