using System.Buffers.Binary;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Copies;

/// <summary>One tensor of weights in a graph.</summary>
/// <param name="Name">Its name in the graph, or the operator and attribute that hold it.</param>
/// <param name="Dims">Its dimensions.</param>
/// <param name="Values">Row-major. Quantised weights stand here as their integers less the zero point.</param>
internal sealed record WeightTensor(string Name, IReadOnlyList<long> Dims, double[] Values);

/// <summary>Reads the numeric weights out of a graph; limits of trees are not among them.</summary>
/// <remarks>
/// Neither are the means and deviations by which a graph scales its inputs before anything else: they belong to the
/// data, so every model that was trained on it has them.
/// </remarks>
internal static class WeightTensors
{
    private static readonly HashSet<string> Scalings = ["Sub", "Div", "Mul", "Add", "Cast", "Identity", "Concat", "Reshape", "Flatten", "Scaler", "Imputer"];

    /// <summary>Initializers, Constant nodes and the coefficient lists of linear and support vector operators.</summary>
    public static IReadOnlyList<WeightTensor> Read(GraphProto graph)
    {
        List<WeightTensor> tensors = [];
        GraphIndex index = new(graph);
        HashSet<string> scaling = Scaling(graph, index);
        foreach (TensorProto tensor in graph.Initializer.Concat(
            graph.Node.Where(node => node.OpType == "Constant").Select(node => GraphIndex.Attribute(node, "value")?.T).OfType<TensorProto>()))
        {
            if (!scaling.Contains(tensor.Name) && Numbers(tensor) is double[] values)
            {
                tensors.Add(new WeightTensor(tensor.Name, [.. tensor.Dims], Centred(tensor, values, graph, index)));
            }
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string name in (string[])["coefficients", "intercepts", "support_vectors", "rho"])
            {
                if (GraphIndex.Attribute(node, name)?.Floats is { Count: > 0 } list)
                {
                    tensors.Add(new WeightTensor($"{node.OpType}.{name}", [list.Count], [.. list.Select(value => (double)value)]));
                }
            }
        }

        return tensors;
    }

    // The constants of operators through which an input goes before it meets anything that could have been learned.
    private static HashSet<string> Scaling(GraphProto graph, GraphIndex index)
    {
        HashSet<string> raw = [.. graph.Input.Select(input => input.Name)];
        HashSet<string> constants = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node.Where(node => Scalings.Contains(node.OpType)))
        {
            string[] own = [.. node.Input.Where(name => index.Constant(name) is not null)];
            if (own.Length < node.Input.Count && node.Input.Except(own).All(raw.Contains))
            {
                raw.UnionWith(node.Output);
                constants.UnionWith(own.Select(name => index.Constant(name)!.Name));
            }
        }

        return constants;
    }

    private static double[]? Numbers(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Float16 => Halves(tensor),
        TensorProto.Types.DataType.Int8 => Bytes(tensor, raw => (sbyte)raw),
        TensorProto.Types.DataType.Uint8 => Bytes(tensor, raw => raw),
        _ => GraphIndex.Numbers(tensor),
    };

    private static double[] Halves(TensorProto tensor)
    {
        if (tensor.RawData.IsEmpty)
        {
            return [.. tensor.Int32Data.Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))];
        }

        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        double[] values = new double[raw.Length / 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (double)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]);
        }

        return values;
    }

    private static double[] Bytes(TensorProto tensor, Func<byte, double> read) => tensor.RawData.IsEmpty
        ? [.. tensor.Int32Data.Select(value => read((byte)value))]
        : [.. tensor.RawData.ToByteArray().Select(read)];

    // The zero point of a DequantizeLinear that reads this tensor; unsigned weights without one are taken from their middle.
    private static double[] Centred(TensorProto tensor, double[] values, GraphProto graph, GraphIndex index)
    {
        if ((TensorProto.Types.DataType)tensor.DataType is not (TensorProto.Types.DataType.Int8 or TensorProto.Types.DataType.Uint8))
        {
            return values;
        }

        NodeProto? reader = graph.Node.FirstOrDefault(node => node.OpType == "DequantizeLinear" && node.Input.Count > 2 && node.Input[0] == tensor.Name);
        double zero = reader is not null && index.Constant(reader.Input[2]) is TensorProto point && Numbers(point) is [double first, ..] ? first
            : (TensorProto.Types.DataType)tensor.DataType == TensorProto.Types.DataType.Uint8 && values.Length > 1 ? 128 : 0;
        return [.. values.Select(value => value - zero)];
    }
}
