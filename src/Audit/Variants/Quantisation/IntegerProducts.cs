using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>Rewrites products with weights as products of bytes: float(bytes · bytes) · scale of the value · scale of the weights.</summary>
internal static class IntegerProducts
{
    private const string Product = "product of bytes";

    /// <summary>A product with a matrix on the right.</summary>
    public static void MatMul(GraphEdit edit, DynamicScale activations, WeightSite site)
    {
        NodeProto node = site.Node;
        Write(edit, activations, site, site.Values(), site.Dims, [], node.Input[0], 1, null, 1);
        edit.Touch(node, Product);
    }

    /// <summary>Whether a Gemm is a plain product with what is added: its left side is not turned.</summary>
    public static bool GemmFits(GraphEdit edit, NodeProto node) =>
        GraphIndex.Integer(node, "transA", 0) == 0
        && (!HasBias(node) || Number(node, "beta") == 1 || edit.Initializer(node.Input[2]) is { DataType: (int)DataType.Float });

    /// <summary>A Gemm whose left side is not turned.</summary>
    public static void Gemm(GraphEdit edit, DynamicScale activations, WeightSite site)
    {
        NodeProto node = site.Node;
        (float[] values, int[] dims) = GraphIndex.Integer(node, "transB", 0) == 0 ? (site.Values(), site.Dims) : Turned(site.Values(), site.Dims);
        Write(edit, activations, site, values, dims, [], node.Input[0], Number(node, "alpha"), HasBias(node) ? node.Input[2] : null, HasBias(node) ? Number(node, "beta") : 1);
        edit.Touch(node, Product);
    }

    /// <summary>A convolution.</summary>
    public static void Conv(GraphEdit edit, DynamicScale activations, WeightSite site)
    {
        NodeProto node = site.Node;
        Write(edit, activations, site, site.Values(), site.Dims, [.. node.Attribute], node.Input[0], 1, HasBias(node) ? node.Input[2] : null, 1);
        edit.Touch(node, "convolution of bytes");
    }

    private static void Write(
        GraphEdit edit, DynamicScale activations, WeightSite site, float[] values, int[] dims, AttributeProto[] attributes,
        string input, float factor, string? bias, float biasFactor)
    {
        NodeProto node = site.Node;
        bool picture = node.OpType == "Conv";
        string name = site.Tensor.Name;
        QuantisedWeights weights = QuantisedWeights.Of(values, dims, picture ? 0 : 1);
        QuantisedValue left = activations.Of(input, picture ? dims.Length : 0);
        string bytes = edit.Add($"{name}_int8", DataType.Uint8, weights.Values, [.. dims.Select(size => (long)size)]);

        // One scale a channel lies along the axis of the channels of what comes out.
        long[] shape = weights.Axis is null ? [] : picture ? [weights.Scales.Length, .. Enumerable.Repeat(1L, dims.Length - 2)] : [weights.Scales.Length];
        string scale = edit.Floats($"{name}_scale", [.. weights.Scales.Select(value => value * factor / left.Divisor)], shape);
        string output = node.Output[0];
        string whole = edit.Node(
            picture ? "ConvInteger" : "MatMulInteger", [left.Bytes, bytes, left.ZeroPoint, activations.Middle], $"{output}_whole", attributes);
        string wide = edit.Node("Cast", [whole], $"{output}_wide", GraphBuilder.Attribute("to", (long)DataType.Float));
        string? added = bias is null ? null : Bias(edit, bias, biasFactor, picture ? dims.Length - 2 : 0);
        edit.Graph.Node.Remove(node);
        string scaled = edit.Node("Mul", [wide, left.Scale], $"{output}_scaled");
        string? last = added is null ? null : edit.Node("Mul", [scaled, scale], $"{output}_product");
        edit.NodeAs(last is null ? "Mul" : "Add", "", last is null ? [scaled, scale] : [last, added!], [output]);
        edit.Stored(name, bytes, scale);
    }

    // A picture's bias is one number a channel, in front of the axes of place.
    private static string Bias(GraphEdit edit, string bias, float factor, int placeAxes)
    {
        TensorProto? tensor = edit.Initializer(bias);
        if (tensor is { DataType: (int)DataType.Float } && (factor != 1 || placeAxes > 0))
        {
            float[] values = [.. GraphIndex.Numbers(tensor)!.Select(value => (float)value * factor)];
            return edit.Floats($"{bias}_added", values, [.. tensor.Dims, .. Enumerable.Repeat(1L, placeAxes)]);
        }

        return placeAxes == 0
            ? bias
            : edit.Node("Reshape", [bias, edit.Whole($"{bias}_shape", [-1, .. Enumerable.Repeat(1L, placeAxes)], placeAxes + 1)], $"{bias}_added");
    }

    private static (float[] Values, int[] Dims) Turned(float[] values, int[] dims)
    {
        float[] turned = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            turned[(i % dims[1] * dims[0]) + (i / dims[1])] = values[i];
        }

        return (turned, [dims[1], dims[0]]);
    }

    private static bool HasBias(NodeProto node) => node.Input.Count > 2 && node.Input[2].Length > 0;

    private static float Number(NodeProto node, string name) => GraphIndex.Attribute(node, name)?.F ?? 1;
}
