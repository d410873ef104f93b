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

/// <summary>What the kinds of elements have in common.</summary>
internal static class TensorKinds
{
    /// <summary>Bytes of an element in managed memory, text counted as its reference.</summary>
    public static int Bytes(this TensorKind kind) => kind switch
    {
        TensorKind.Boolean => 1,
        TensorKind.Float or TensorKind.Int32 => 4,
        _ => 8,
    };
}
