using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Ensembles;

/// <summary>A model that takes part in an ensemble.</summary>
/// <param name="Name">What it is called in sentences and reports; different for each member.</param>
/// <param name="File">The ONNX file. Not changed.</param>
/// <param name="Predictor">The same file, loaded.</param>
/// <param name="Encoding">How rows become its inputs and outputs its decisions; null to take columns as they are.</param>
public sealed record EnsembleMember(string Name, byte[] File, OnnxPredictor Predictor, ModelEncoding? Encoding);
