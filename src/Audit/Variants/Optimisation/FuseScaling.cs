using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Optimisation;

/// <summary>Folds the scaling of columns by constants (x - mean) / deviation into the Gemm behind it.</summary>
/// <remarks>(x · f + s) · W + b = x · (f W) + (s · W + b), computed in doubles and rounded once.</remarks>
internal static class FuseScaling
{
    /// <summary>Folds from the product backwards, one operator at a time, while only the chain reads what is between.</summary>
    public static void Run(GraphEdit edit)
    {
        foreach (WeightSite site in WeightSite.Of(edit.Graph).Where(site => site is { Node.OpType: "Gemm", Input: 1 }))
        {
            NodeProto gemm = site.Node;
            int width = site.Dims[1 - site.Axis];
            double[] factor = [.. Enumerable.Repeat(1.0, width)];
            double[] shift = new double[width];
            List<NodeProto> folded = [];
            string value = gemm.Input[0];
            while (Plain(edit, gemm) && edit.Readers(value) == 1 && edit.Graph.Node.FirstOrDefault(node => node.Output.Contains(value)) is { } before
                && !edit.IsExcluded(before) && !edit.IsExcluded(gemm) && Step(edit, before, width) is (double[] f, double[] s, string input))
            {
                // ((x · f + s) · factor + shift)
                shift = [.. shift.Select((own, i) => own + (s[i] * factor[i]))];
                factor = [.. factor.Select((own, i) => own * f[i])];
                folded.Add(before);
                value = input;
            }

            if (folded.Count > 0 && factor.Concat(shift).All(double.IsFinite))
            {
                Write(edit, site, factor, shift, value);
                folded.ForEach(node => edit.Graph.Node.Remove(node));
                folded.ForEach(node => edit.Touch(node, $"folded into {GraphEdit.NameOf(gemm)}"));
            }
        }
    }

    private static bool Plain(GraphEdit edit, NodeProto gemm) =>
        GraphIndex.Integer(gemm, "transA", 0) == 0 && (GraphIndex.Attribute(gemm, "alpha")?.F ?? 1) == 1 && (GraphIndex.Attribute(gemm, "beta")?.F ?? 1) == 1
        && (gemm.Input.Count < 3 || gemm.Input[2].Length == 0 || edit.Initializer(gemm.Input[2]) is { DataType: (int)DataType.Float, Dims.Count: 1 });

    private static (double[] Factor, double[] Shift, string Input)? Step(GraphEdit edit, NodeProto node, int width)
    {
        if (node.Domain is not ("" or "ai.onnx") || node.OpType is not ("Add" or "Sub" or "Mul" or "Div"))
        {
            return null;
        }

        double[]? right = Constant(edit, node.Input[1], width);
        double[]? left = right is null ? Constant(edit, node.Input[0], width) : null;
        double[] ones = [.. Enumerable.Repeat(1.0, width)];
        double[] zeros = new double[width];
        return (node.OpType, left, right) switch
        {
            ("Add", _, double[] by) => (ones, by, node.Input[0]),
            ("Add", double[] by, _) => (ones, by, node.Input[1]),
            ("Sub", _, double[] by) => (ones, [.. by.Select(value => -value)], node.Input[0]),
            ("Mul", _, double[] by) => (by, zeros, node.Input[0]),
            ("Mul", double[] by, _) => (by, zeros, node.Input[1]),
            ("Div", _, double[] by) => ([.. by.Select(value => 1 / value)], zeros, node.Input[0]),
            _ => null,
        };
    }

    // One number for all columns, or one each: no constant that would change the shape.
    private static double[]? Constant(GraphEdit edit, string name, int width) =>
        edit.Initializer(name) is { DataType: (int)DataType.Float } tensor && GraphIndex.Numbers(tensor) is double[] values
        && tensor.Dims.Count <= 2 && (tensor.Dims.Count < 2 || tensor.Dims[0] == 1)
            ? values.Length == width ? values : values.Length == 1 ? [.. Enumerable.Repeat(values[0], width)] : null
            : null;

    private static void Write(GraphEdit edit, WeightSite site, double[] factor, double[] shift, string value)
    {
        NodeProto gemm = site.Node;
        float[] weights = site.Values();
        bool turned = site.Axis == 0;
        int columns = site.Channels;
        double[] bias = gemm.Input.Count > 2 && edit.Initializer(gemm.Input[2]) is TensorProto added ? GraphIndex.Numbers(added)! : new double[columns];
        double[] sums = [.. Enumerable.Range(0, columns).Select(column => bias[bias.Length == 1 ? 0 : column])];
        float[] scaled = new float[weights.Length];
        for (int i = 0; i < factor.Length; i++)
        {
            for (int column = 0; column < columns; column++)
            {
                int at = turned ? (column * factor.Length) + i : (i * columns) + column;
                scaled[at] = (float)(weights[at] * factor[i]);
                sums[column] += weights[at] * shift[i];
            }
        }

        string folded = edit.Floats($"{site.Tensor.Name}_folded", scaled, [.. site.Tensor.Dims]);
        edit.Stored(site.Tensor.Name, folded);
        string offset = edit.Floats($"{gemm.Output[0]}_bias", [.. sums.Select(sum => (float)sum)], columns);
        string[] inputs = [value, folded, offset];
        gemm.Input.Clear();
        gemm.Input.AddRange(inputs);
    }
}
