using System.Buffers.Binary;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Copies;

/// <summary>One tensor of weights in a graph.</summary>
/// <param name="Name">Its name in the graph, or the operator and attribute that hold it.</param>
/// <param name="Dims">Its dimensions.</param>
/// <param name="Values">Row-major. Quantised weights stand here as their integers less the zero point.</param>
internal sealed record WeightTensor(string Name, IReadOnlyList<long> Dims, double[] Values);

/// <summary>Reads the numeric weights out of a graph; limits of trees are not among them.</summary>
internal static class WeightTensors
{
    /// <summary>Initializers, Constant nodes and the coefficient lists of linear and support vector operators.</summary>
    public static IReadOnlyList<WeightTensor> Read(GraphProto graph)
    {
        List<WeightTensor> tensors = [];
        GraphIndex index = new(graph);
        foreach (TensorProto tensor in graph.Initializer.Concat(
            graph.Node.Where(node => node.OpType == "Constant").Select(node => GraphIndex.Attribute(node, "value")?.T).OfType<TensorProto>()))
        {
            if (Numbers(tensor) is double[] values)
            {
                tensors.Add(new WeightTensor(tensor.Name, [.. tensor.Dims], Centred(tensor, values, graph, index)));
            }
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string name in (string[])["coefficients", "intercepts", "support_vectors", "rho", "offset", "scale"])
            {
                if (GraphIndex.Attribute(node, name)?.Floats is { Count: > 0 } list)
                {
                    tensors.Add(new WeightTensor($"{node.OpType}.{name}", [list.Count], [.. list.Select(value => (double)value)]));
                }
            }
        }

        return tensors;
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
