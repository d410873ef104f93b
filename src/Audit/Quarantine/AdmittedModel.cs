using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>A model that has been read by our own reader and tried in a process of its own: it may be loaded in this one.</summary>
/// <param name="File">The ONNX file; nobody may write to it.</param>
/// <param name="Content">What the file holds.</param>
/// <param name="Signature">What it takes and gives, as the child saw it.</param>
/// <param name="Checks">All that was checked, what failed among it.</param>
public sealed record AdmittedModel(byte[] File, ModelContent Content, ModelSignature Signature, IReadOnlyList<ModelCheck> Checks);
