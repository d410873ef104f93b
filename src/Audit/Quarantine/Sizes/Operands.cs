using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Sizes;

/// <summary>An operator with what is known of its inputs.</summary>
/// <param name="node">The operator.</param>
/// <param name="inputs">One for each input.</param>
/// <param name="file">For constants in attributes.</param>
internal readonly ref struct Operands(ScannedNode node, Fact[] inputs, ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> bytes = file;

    public ScannedNode Node => node;

    public int Count => inputs.Length;

    /// <summary>The input at this place; unknown where it is left out.</summary>
    public Fact this[int index] => index < inputs.Length && node.Inputs[index].Length > 0 ? inputs[index] : Fact.Unknown;

    /// <summary>Whether the input is given.</summary>
    public bool Has(int index) => index < inputs.Length && node.Inputs[index].Length > 0;

    /// <summary>The known dimensions of all inputs; null where those of one are not known.</summary>
    public double[][]? Shapes()
    {
        double[][] shapes = [.. inputs.Select(input => input.Shape).OfType<double[]>()];
        return shapes.Length == inputs.Length && shapes.Length > 0 ? shapes : null;
    }

    /// <summary>A list that older operator sets give as an attribute and newer ones as an input; null where neither is known.</summary>
    public double[]? Numbers(string attribute, int input) =>
        node.Attribute(attribute) is { } found ? found.Integers?.All ?? (found.Floats.Count > 0 ? found.Floats.All : null) : this[input].Value;

    /// <summary>A whole number of an attribute.</summary>
    public long Integer(string attribute, long otherwise) => node.Integer(attribute, otherwise);

    /// <summary>The tensor of an attribute as a fact.</summary>
    public Fact Tensor(string attribute) => node.Attribute(attribute)?.Tensor is ScannedTensor tensor ? Of(tensor, bytes) : Fact.Unknown;

    /// <summary>A tensor of the file as a fact.</summary>
    public static Fact Of(ScannedTensor tensor, ReadOnlySpan<byte> file) => Fact.Of(tensor.Dims.All, TensorScan.Values(tensor, file));

    /// <summary>A negative axis counted from the end; null where there is no such axis.</summary>
    public static int? Axis(double axis, int rank)
    {
        double counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : null;
    }
}
