namespace Governance.Audit.Inference;

/// <summary>The element types that a model may take and give here.</summary>
public enum TensorKind
{
    Float,
    Double,
    Int64,
    Int32,
    Boolean,
    Text,
}
