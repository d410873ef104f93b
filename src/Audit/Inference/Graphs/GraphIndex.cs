namespace Governance.Audit.Inference.Graphs;

/// <summary>Looks up who makes and who reads a value of a graph.</summary>
internal sealed class GraphIndex
{
    private readonly Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> initializers = new(StringComparer.Ordinal);

    /// <summary>Indexes the top-level nodes and initializers of a graph.</summary>
    public GraphIndex(GraphProto graph)
    {
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                producers[output] = node;
            }
        }

        foreach (TensorProto initializer in graph.Initializer)
        {
            initializers[initializer.Name] = initializer;
        }
    }

    /// <summary>The node that makes this value, or null for inputs and initializers.</summary>
    public NodeProto? Producer(string value) => producers.GetValueOrDefault(value);

    /// <summary>The initializer of this name, or the tensor of the Constant node that makes it, or null.</summary>
    public TensorProto? Constant(string value) =>
        initializers.TryGetValue(value, out TensorProto? tensor) ? tensor
        : Producer(value) is { OpType: "Constant" } node ? Attribute(node, "value")?.T
        : null;

    /// <summary>The node's attribute of this name, or null.</summary>
    public static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>The node's attribute as text, or null.</summary>
    public static string? Text(NodeProto node, string name) => Attribute(node, name)?.S.ToStringUtf8();

    /// <summary>The node's attribute as a whole number.</summary>
    public static long Integer(NodeProto node, string name, long otherwise) => Attribute(node, name)?.I ?? otherwise;

    /// <summary>The values of a small integer, text or float tensor as text, or null for another type.</summary>
    public static IReadOnlyList<string>? Texts(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.String => [.. tensor.StringData.Select(text => text.ToStringUtf8())],
        TensorProto.Types.DataType.Int64 when tensor.RawData.IsEmpty => [.. tensor.Int64Data.Select(value => value.ToString())],
        TensorProto.Types.DataType.Int32 when tensor.RawData.IsEmpty => [.. tensor.Int32Data.Select(value => value.ToString())],
        TensorProto.Types.DataType.Int64 => [.. Raw<long>(tensor).Select(value => value.ToString())],
        TensorProto.Types.DataType.Int32 => [.. Raw<int>(tensor).Select(value => value.ToString())],
        _ => null,
    };

    /// <summary>The values of a float or double tensor, or null for another type.</summary>
    public static double[]? Numbers(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Float when tensor.RawData.IsEmpty => [.. tensor.FloatData.Select(value => (double)value)],
        TensorProto.Types.DataType.Double when tensor.RawData.IsEmpty => [.. tensor.DoubleData],
        TensorProto.Types.DataType.Float => [.. Raw<float>(tensor).Select(value => (double)value)],
        TensorProto.Types.DataType.Double => Raw<double>(tensor),
        _ => null,
    };

    /// <summary>The values of a tensor of any number type, booleans as 0 and 1, or null for another type.</summary>
    public static double[]? Values(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Int64 when tensor.RawData.IsEmpty => [.. tensor.Int64Data.Select(value => (double)value)],
        TensorProto.Types.DataType.Int64 => [.. Raw<long>(tensor).Select(value => (double)value)],
        TensorProto.Types.DataType.Int32 or TensorProto.Types.DataType.Uint8 or TensorProto.Types.DataType.Int8
            or TensorProto.Types.DataType.Bool when tensor.RawData.IsEmpty => [.. tensor.Int32Data.Select(value => (double)value)],
        TensorProto.Types.DataType.Int32 => [.. Raw<int>(tensor).Select(value => (double)value)],
        TensorProto.Types.DataType.Uint8 or TensorProto.Types.DataType.Bool => [.. Raw<byte>(tensor).Select(value => (double)value)],
        TensorProto.Types.DataType.Int8 => [.. Raw<sbyte>(tensor).Select(value => (double)value)],
        _ => Numbers(tensor),
    };

    private static T[] Raw<T>(TensorProto tensor)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();
}
