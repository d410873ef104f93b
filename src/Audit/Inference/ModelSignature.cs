namespace Governance.Audit.Inference;

/// <summary>What a model takes and gives.</summary>
public sealed record ModelSignature(IReadOnlyList<InputSpec> Inputs, IReadOnlyList<OutputSpec> Outputs);

/// <summary>One named input.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Kind">The element type.</param>
/// <param name="RowShape">The dimensions behind the batch; empty for [N]. A free dimension is -1.</param>
/// <param name="FixedBatch">The only batch size that the graph accepts, or 0 for any.</param>
public sealed record InputSpec(string Name, TensorKind Kind, IReadOnlyList<int> RowShape, int FixedBatch)
{
    /// <summary>What the graph's own element type can hold where that is less than <see cref="Kind"/> can; else null.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>Elements a row: the product of <see cref="RowShape"/>, 1 for [N]; -1 while a dimension is free.</summary>
    public int Width => RowShape.Contains(-1) ? -1 : RowShape.Aggregate(1, (product, size) => product * size);
}

/// <summary>One named output.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Type">The ONNX type in words, such as "tensor(float)" or "seq(map(int64,tensor(float)))".</param>
/// <param name="Shape">All dimensions, null where free; empty for a sequence of maps.</param>
/// <param name="Role">What it means.</param>
/// <param name="Classes">The class of each column, as text, where known.</param>
public sealed record OutputSpec(
    string Name, string Type, IReadOnlyList<long?> Shape, OutputRole Role, IReadOnlyList<string>? Classes);
