using System.Runtime.InteropServices;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>Weights and values as bytes by ranges measured beforehand: QuantizeLinear and DequantizeLinear around each product.</summary>
/// <remarks>
/// The runtime joins the pairs with the operator between them into one on bytes where it has it, and computes with the same
/// rounded numbers where it has none. Recurrent operators have no such form: of them only the weights are stored as bytes.
/// </remarks>
internal static class StaticInt8
{
    private static readonly HashSet<string> Products = ["MatMul", "Gemm", "Conv"];

    // What follows a convolution and keeps or narrows its range: the bytes are made behind it.
    private static readonly HashSet<string> Followers = ["Relu", "Clip"];

    /// <summary>Rewrites every place that can be.</summary>
    public static void Run(GraphEdit edit, InputBatch rows, VariantRecipe recipe, IRunProgress? progress, CancellationToken cancellationToken)
    {
        List<WeightSite> products = [];
        foreach (WeightSite site in QuantisedSites.Of(edit))
        {
            if (Products.Contains(site.Node.OpType) && site.Input == 1)
            {
                products.Add(site);
            }
            else
            {
                WidenWeights.At(edit, site, "weights in 8 bits, widened before use; ranges beforehand do not fit this operator");
            }
        }

        string[] behind = [.. products.Where(site => site.Node.OpType == "Conv").Select(site => Behind(edit, site.Node))];
        string[] values = [.. products.Select(site => site.Node.Input[0]).Where(name => edit.Initializer(name) is null).Concat(behind).Distinct()];
        ModelProto measured = edit.Model.Clone();
        OrderGraph.Run(measured.Graph);
        IReadOnlyDictionary<string, ValueRange> ranges = CalibrateRanges.Run(measured, values, rows, recipe, progress, cancellationToken);
        Dictionary<string, (string Name, float Scale)> rounded = new(StringComparer.Ordinal);
        foreach (string value in values)
        {
            rounded.Add(value, Rounded(edit, value, ranges[value]));
        }

        foreach (WeightSite site in products)
        {
            Write(edit, site, rounded);
        }

        foreach (string value in behind.Distinct())
        {
            Redirect(edit, value, rounded[value].Name);
        }
    }

    private static string Behind(GraphEdit edit, NodeProto conv)
    {
        NodeProto[] next = [.. edit.Graph.Node.Where(node => node.Input.Contains(conv.Output[0]))];
        return edit.Readers(conv.Output[0]) == 1 && next is [{ } only] && Followers.Contains(only.OpType) ? only.Output[0] : conv.Output[0];
    }

    private static (string Name, float Scale) Rounded(GraphEdit edit, string value, ValueRange range)
    {
        string scale = edit.Floats($"{value}_scale", [range.Scale]);
        string zero = edit.Add($"{value}_zero", DataType.Uint8, [range.Zero]);
        string bytes = edit.Node("QuantizeLinear", [value, scale, zero], $"{value}_int8");
        return (edit.Node("DequantizeLinear", [bytes, scale, zero], $"{value}_rounded"), range.Scale);
    }

    private static void Write(GraphEdit edit, WeightSite site, Dictionary<string, (string Name, float Scale)> rounded)
    {
        NodeProto node = site.Node;
        string name = site.Tensor.Name;
        QuantisedWeights made = QuantisedWeights.Of(site.Values(), site.Dims, site.Axis);
        long[] shape = made.Axis is null ? [] : [made.Scales.Length];
        AttributeProto[] axis = made.Axis is int channel ? [GraphBuilder.Attribute("axis", channel)] : [];
        string bytes = edit.Add($"{name}_int8", DataType.Uint8, made.Values, [.. site.Tensor.Dims]);
        string scale = edit.Floats($"{name}_scale", made.Scales, shape);
        string zero = edit.Add($"{name}_zero", DataType.Uint8, [.. Enumerable.Repeat(QuantisedWeights.Zero, made.Scales.Length)], shape);
        node.Input[1] = edit.Node("DequantizeLinear", [bytes, scale, zero], $"{name}_widened", axis);
        edit.Stored(name, bytes, scale, zero);
        if (rounded.TryGetValue(node.Input[0], out (string Name, float Scale) input))
        {
            node.Input[0] = input.Name;
            Bias(edit, node, made.Scales, input.Scale);
        }

        edit.Touch(node, "products of bytes by ranges measured beforehand");
    }

    // The bias in whole multiples of what a product of two bytes stands for, as the runtime's operators on bytes take it.
    private static void Bias(GraphEdit edit, NodeProto node, float[] weights, float input)
    {
        if (node.Input.Count < 3 || edit.Initializer(node.Input[2]) is not { DataType: (int)DataType.Float, Dims.Count: 1 } bias)
        {
            return;
        }

        double[] values = GraphIndex.Numbers(bias)!;
        float[] scales = [.. weights.Select(scale => scale * input)];
        double[] levels = [.. values.Select((value, i) => Math.Round(value / scales[scales.Length == 1 ? 0 : i % scales.Length]))];
        if ((scales.Length > 1 && scales.Length != values.Length) || levels.Any(level => !(Math.Abs(level) <= int.MaxValue)))
        {
            return;
        }

        string whole = edit.Add($"{bias.Name}_int32", DataType.Int32, MemoryMarshal.AsBytes<int>([.. levels.Select(level => (int)level)]), values.Length);
        string scale = edit.Floats($"{bias.Name}_scale", scales, scales.Length == 1 ? [] : [scales.Length]);
        node.Input[2] = edit.Node("DequantizeLinear", [whole, scale], $"{bias.Name}_widened", scales.Length == 1 ? [] : [GraphBuilder.Attribute("axis", 0)]);
        edit.Stored(bias.Name, whole, scale);
    }

    // Everything but the pair itself reads the rounded value; outputs of the model stay as they are.
    private static void Redirect(GraphEdit edit, string value, string rounded)
    {
        foreach (NodeProto node in edit.Graph.Node.Where(node => node.OpType != "QuantizeLinear"))
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == value ? rounded : node.Input[i];
            }
        }
    }
}
