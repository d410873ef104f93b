using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants;

/// <summary>A place where a node multiplies by weights of the file.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Which of its inputs are the weights.</param>
/// <param name="Tensor">The weights: floats, of at least two dimensions.</param>
/// <param name="Axis">The axis of the weights that counts what comes out: columns, channels, gates.</param>
internal sealed record WeightSite(NodeProto Node, int Input, TensorProto Tensor, int Axis)
{
    /// <summary>The shape of the weights.</summary>
    public int[] Dims { get; } = [.. Tensor.Dims.Select(size => (int)size)];

    /// <summary>How many come out.</summary>
    public int Channels => Dims[Axis];

    /// <summary>How many weights there are.</summary>
    public int Count => Dims.Aggregate(1, (product, size) => product * size);

    /// <summary>The weights that make one of what comes out.</summary>
    public int Kernel => Channels == 0 ? 0 : Count / Channels;

    /// <summary>The weights as numbers, row-major.</summary>
    public float[] Values() => [.. GraphIndex.Numbers(Tensor)!.Select(value => (float)value)];

    /// <summary>All places of a graph, in its order.</summary>
    /// <param name="graph">Its constants are initializers.</param>
    public static IReadOnlyList<WeightSite> Of(GraphProto graph)
    {
        Dictionary<string, TensorProto> weights = graph.Initializer.Where(IsMatrix).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return [.. graph.Node.Where(node => node.Domain is "" or "ai.onnx").SelectMany(node => Of(node, weights))];
    }

    private static IEnumerable<WeightSite> Of(NodeProto node, Dictionary<string, TensorProto> weights)
    {
        foreach ((int input, Func<TensorProto, int> axis) in Places(node))
        {
            if (input < node.Input.Count && weights.TryGetValue(node.Input[input], out TensorProto? tensor))
            {
                yield return new WeightSite(node, input, tensor, axis(tensor));
            }
        }
    }

    private static IReadOnlyList<(int Input, Func<TensorProto, int> Axis)> Places(NodeProto node) => node.OpType switch
    {
        "MatMul" => [(0, tensor => tensor.Dims.Count - 2), (1, tensor => tensor.Dims.Count - 1)],
        "Gemm" => [(0, _ => GraphIndex.Integer(node, "transA", 0) == 0 ? 0 : 1), (1, _ => GraphIndex.Integer(node, "transB", 0) == 0 ? 1 : 0)],
        "Conv" => [(1, _ => 0)],
        "ConvTranspose" => [(1, _ => 1)],
        "LSTM" or "GRU" or "RNN" => [(1, _ => 1), (2, _ => 1)],
        "Gather" when GraphIndex.Integer(node, "axis", 0) == 0 => [(0, _ => 0)],
        _ => [],
    };

    private static bool IsMatrix(TensorProto tensor) =>
        tensor.DataType == (int)DataType.Float && tensor.Dims.Count >= 2 && tensor.Dims.All(size => size is > 0 and <= int.MaxValue)
        && tensor.Dims.Aggregate(1.0, (product, size) => product * size) <= int.MaxValue;
}
