using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>Rewrites an LSTM as ONNX Runtime's DynamicQuantizeLSTM, which quantises what it reads while it runs.</summary>
internal static class IntegerLstm
{
    /// <summary>Rewrites one.</summary>
    /// <param name="edit">The model.</param>
    /// <param name="node">The LSTM.</param>
    /// <returns>Whether it could be: both weights are in the file, and it is of the usual layout.</returns>
    public static bool Run(GraphEdit edit, NodeProto node)
    {
        if (edit.Initializer(node.Input[1]) is not { DataType: (int)DataType.Float } inputs
            || edit.Initializer(node.Input[2]) is not { DataType: (int)DataType.Float } recurrent
            || GraphIndex.Integer(node, "layout", 0) != 0)
        {
            return false;
        }

        (string Weights, string Scale, string Zero) first = Store(edit, inputs);
        (string Weights, string Scale, string Zero) second = Store(edit, recurrent);
        string[] given = [.. node.Input, .. Enumerable.Repeat("", 8 - node.Input.Count)];
        given[1] = first.Weights;
        given[2] = second.Weights;
        edit.Import("com.microsoft", 1);
        edit.Graph.Node.Remove(node);
        edit.NodeAs(
            "DynamicQuantizeLSTM", "com.microsoft", [.. given, first.Scale, first.Zero, second.Scale, second.Zero], node.Output,
            [.. node.Attribute.Where(attribute => attribute.Name != "layout")]);
        edit.Touch(node, "recurrence of bytes");
        return true;
    }

    // Shape [directions, gates, inputs] becomes [directions, inputs, gates]; one scale a gate of each direction, or one a direction.
    private static (string Weights, string Scale, string Zero) Store(GraphEdit edit, TensorProto tensor)
    {
        double[] values = GraphIndex.Numbers(tensor)!;
        int directions = (int)tensor.Dims[0];
        int gates = (int)tensor.Dims[1];
        int width = (int)tensor.Dims[2];
        List<byte> bytes = [];
        List<float> scales = [];
        for (int direction = 0; direction < directions; direction++)
        {
            float[] turned = new float[gates * width];
            for (int i = 0; i < turned.Length; i++)
            {
                turned[(i % width * gates) + (i / width)] = (float)values[(direction * turned.Length) + i];
            }

            QuantisedWeights made = QuantisedWeights.Of(turned, [width, gates], 1);
            bytes.AddRange(made.Values);
            scales.AddRange(made.Scales);
        }

        long[] shape = scales.Count == directions ? [directions] : [directions, gates];
        string stored = edit.Add($"{tensor.Name}_int8", DataType.Uint8, [.. bytes], directions, width, gates);
        string scale = edit.Floats($"{tensor.Name}_scale", [.. scales], shape);
        string zero = edit.Add($"{tensor.Name}_zero", DataType.Uint8, [.. Enumerable.Repeat(QuantisedWeights.Zero, scales.Count)], shape);
        edit.Stored(tensor.Name, stored, scale, zero);
        return (stored, scale, zero);
    }
}
