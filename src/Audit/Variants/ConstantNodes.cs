using System.Runtime.InteropServices;
using Google.Protobuf;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants;

/// <summary>Turns Constant nodes of the main graph into initializers.</summary>
internal static class ConstantNodes
{
    // From this file format on an initializer need not be an input as well.
    private const long Format = 4;

    /// <summary>Rewrites them.</summary>
    /// <param name="model">Changed in place.</param>
    public static void ToInitializers(ModelProto model)
    {
        GraphProto graph = model.Graph;
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        foreach (NodeProto node in graph.Node.Where(node => node is { OpType: "Constant", Domain: "" or "ai.onnx", Output.Count: 1 }).ToArray())
        {
            if (!outputs.Contains(node.Output[0]) && Tensor(node.Attribute.FirstOrDefault()) is TensorProto tensor)
            {
                tensor.Name = node.Output[0];
                graph.Initializer.Add(tensor);
                graph.Node.Remove(node);
            }
        }

        model.IrVersion = Math.Max(model.IrVersion, Format);
        HashSet<string> fixedNames = [.. graph.Initializer.Select(tensor => tensor.Name)];
        foreach (ValueInfoProto input in graph.Input.Where(input => fixedNames.Contains(input.Name)).ToArray())
        {
            graph.Input.Remove(input);
        }
    }

    private static TensorProto? Tensor(AttributeProto? attribute) => attribute?.Name switch
    {
        "value" => attribute.T?.Clone(),
        "value_float" => Of(DataType.Float, MemoryMarshal.AsBytes<float>([attribute.F])),
        "value_floats" => Of(DataType.Float, MemoryMarshal.AsBytes<float>([.. attribute.Floats]), attribute.Floats.Count),
        "value_int" => Of(DataType.Int64, MemoryMarshal.AsBytes<long>([attribute.I])),
        "value_ints" => Of(DataType.Int64, MemoryMarshal.AsBytes<long>([.. attribute.Ints]), attribute.Ints.Count),
        _ => null,
    };

    private static TensorProto Of(DataType type, ReadOnlySpan<byte> raw, params long[] dims) =>
        new() { DataType = (int)type, Dims = { dims }, RawData = ByteString.CopyFrom(raw) };
}
