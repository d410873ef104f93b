using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>Stores weights as bytes and widens them before use (DequantizeLinear): smaller files, products as before.</summary>
internal static class WidenWeights
{
    /// <summary>Rewrites every place that can be.</summary>
    public static void Run(GraphEdit edit)
    {
        foreach (WeightSite site in QuantisedSites.Of(edit))
        {
            At(edit, site, "weights in 8 bits, widened before use");
        }
    }

    /// <summary>Rewrites one place.</summary>
    /// <param name="edit">The model.</param>
    /// <param name="site">Weights that may be read elsewhere too, there unchanged.</param>
    /// <param name="what">What is written down of the node.</param>
    public static void At(GraphEdit edit, WeightSite site, string what)
    {
        string name = site.Tensor.Name;
        QuantisedWeights made = QuantisedWeights.Of(site.Values(), site.Dims, site.Axis);
        long[] dims = [.. site.Tensor.Dims];
        string bytes = edit.Add($"{name}_int8", DataType.Int8, made.Signed(), dims);
        string scale = edit.Floats($"{name}_scale", made.Scales, made.Axis is null ? [] : [made.Scales.Length]);
        AttributeProto[] axis = made.Axis is int channel ? [GraphBuilder.Attribute("axis", channel)] : [];
        site.Node.Input[site.Input] = edit.Node("DequantizeLinear", [bytes, scale], $"{name}_widened", axis);
        edit.Stored(name, bytes, scale);
        edit.Touch(site.Node, what);
    }
}
