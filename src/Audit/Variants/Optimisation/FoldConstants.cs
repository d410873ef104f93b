using System.Runtime.InteropServices;
using Google.Protobuf;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Optimisation;

/// <summary>Computes what depends on constants alone, once, with the runtime itself.</summary>
internal static class FoldConstants
{
    // Above what it is made of, a folded value may take this much; a filled tensor is cheaper to make than to store.
    private const long MostBytes = 1 << 16;

    private static readonly HashSet<string> Never =
    [
        "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli", "QuantizeLinear", "DequantizeLinear", "Constant",
    ];

    /// <summary>Folds.</summary>
    public static void Run(GraphEdit edit, CancellationToken cancellationToken)
    {
        HashSet<string> known = [.. edit.Graph.Initializer.Select(tensor => tensor.Name)];
        HashSet<string> ends = [.. edit.Graph.Output.Select(output => output.Name)];
        List<NodeProto> constant = [];
        foreach (NodeProto node in edit.Graph.Node)
        {
            if (IsFoldable(node) && node.Input.All(name => name.Length == 0 || known.Contains(name)) && !node.Output.Any(ends.Contains) && !edit.IsExcluded(node))
            {
                constant.Add(node);
                known.UnionWith(node.Output);
            }
        }

        if (constant.Count > 0)
        {
            Replace(edit, constant, cancellationToken);
        }
    }

    private static bool IsFoldable(NodeProto node) =>
        node.Domain is "" or "ai.onnx" && node.Input.Count > 0 && !Never.Contains(node.OpType)
        && node.Attribute.All(attribute => attribute.G is null && attribute.Graphs.Count == 0);

    private static void Replace(GraphEdit edit, List<NodeProto> constant, CancellationToken cancellationToken)
    {
        string[] values = [.. constant.SelectMany(node => node.Output).Where(name => name.Length > 0)];
        ModelProto alone = new() { IrVersion = edit.Model.IrVersion, Graph = new GraphProto { Name = "constants" } };
        alone.OpsetImport.AddRange(edit.Model.OpsetImport);
        alone.Graph.Node.AddRange(constant);
        HashSet<string> read = [.. constant.SelectMany(node => node.Input)];
        alone.Graph.Initializer.AddRange(edit.Graph.Initializer.Where(tensor => read.Contains(tensor.Name)));
        alone.Graph.Output.AddRange(values.Select(name => new ValueInfoProto { Name = name }));
        using OnnxSession session = new(alone.ToByteArray(), "cpu", cancellationToken);
        IReadOnlyList<RawOutput> made = session.Run([], 0, 0, [], values, false, cancellationToken);
        Dictionary<string, TensorProto> folded = new(StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            if (Tensor(values[i], made[i], session.Output(values[i]).ElementDataType) is TensorProto tensor)
            {
                folded.Add(values[i], tensor);
            }
        }

        foreach (NodeProto node in constant.Where(node => node.Output.All(name => name.Length == 0 || folded.ContainsKey(name))))
        {
            long before = node.Input.Select(name => edit.Initializer(name)).OfType<TensorProto>().Sum(CountWeights.Bytes);
            if (node.Output.Where(name => name.Length > 0).Sum(name => CountWeights.Bytes(folded[name])) > before + MostBytes)
            {
                continue;
            }

            edit.Graph.Node.Remove(node);
            edit.Graph.Initializer.AddRange(node.Output.Where(name => name.Length > 0).Select(name => folded[name]));
            edit.Touch(node, "computed once and kept as a constant");
        }
    }

    private static TensorProto? Tensor(string name, RawOutput value, TensorElementType type)
    {
        double[]? numbers = value.Numbers;
        (DataType Type, byte[] Raw)? kept = numbers is null ? null : type switch
        {
            TensorElementType.Float => (DataType.Float, Bytes(Array.ConvertAll(numbers, number => (float)number))),
            TensorElementType.Double => (DataType.Double, Bytes(numbers)),
            TensorElementType.Int64 when numbers.All(number => Math.Abs(number) < 1L << 53) => (DataType.Int64, Bytes(Array.ConvertAll(numbers, number => (long)number))),
            TensorElementType.Int32 => (DataType.Int32, Bytes(Array.ConvertAll(numbers, number => (int)number))),
            TensorElementType.Bool => (DataType.Bool, Array.ConvertAll(numbers, number => (byte)number)),
            _ => null,
        };
        return kept is (DataType element, byte[] raw)
            ? new TensorProto { Name = name, DataType = (int)element, Dims = { value.Dims.Select(size => (long)size) }, RawData = ByteString.CopyFrom(raw) }
            : null;
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();
}
