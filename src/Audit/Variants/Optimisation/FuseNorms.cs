using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Optimisation;

/// <summary>Folds a batch normalisation into the convolution or product before it, whose weights and bias take it up.</summary>
internal static class FuseNorms
{
    /// <summary>Folds every one that directly follows, and that alone reads, a Conv or a Gemm with weights of the file.</summary>
    public static void Run(GraphEdit edit)
    {
        foreach (NodeProto norm in edit.Graph.Node.Where(node => node is { OpType: "BatchNormalization", Domain: "" or "ai.onnx" }).ToArray())
        {
            NodeProto? product = edit.Graph.Node.FirstOrDefault(node => node.Output.Contains(norm.Input[0]));
            WeightSite? site = product is { OpType: "Conv" or "Gemm" }
                ? WeightSite.Of(edit.Graph).FirstOrDefault(site => ReferenceEquals(site.Node, product) && site.Input == 1) : null;
            if (site is null || edit.IsExcluded(norm) || edit.IsExcluded(product!))
            {
                continue;
            }

            if (edit.Readers(norm.Input[0]) != 1 || norm.Output.Skip(1).Any(name => name.Length > 0) || !Fold(edit, norm, product!, site))
            {
                edit.Leave(norm, "what is before it is read elsewhere too, or its numbers are not in the file");
                continue;
            }

            edit.Graph.Node.Remove(norm);
            edit.Touch(norm, $"folded into {GraphEdit.NameOf(product!)}");
        }
    }

    private static bool Fold(GraphEdit edit, NodeProto norm, NodeProto product, WeightSite site)
    {
        double[]?[] parts = [.. norm.Input.Skip(1).Take(4).Select(name => edit.Initializer(name) is TensorProto tensor ? GraphIndex.Numbers(tensor) : null)];
        bool plain = product.OpType == "Conv" || ((GraphIndex.Attribute(product, "alpha")?.F ?? 1) == 1 && (GraphIndex.Attribute(product, "beta")?.F ?? 1) == 1);
        double[]? bias = product.Input.Count < 3 || product.Input[2].Length == 0 ? new double[site.Channels]
            : edit.Initializer(product.Input[2]) is { DataType: (int)DataType.Float } added ? GraphIndex.Numbers(added) : null;
        if (!plain || GraphIndex.Integer(norm, "training_mode", 0) != 0 || parts.Length != 4 || parts.Any(part => part?.Length != site.Channels) || bias?.Length != site.Channels)
        {
            return false;
        }

        double epsilon = GraphIndex.Attribute(norm, "epsilon")?.F ?? 1e-5;
        double[] factor = [.. parts[0]!.Select((scale, i) => scale / Math.Sqrt(parts[3]![i] + epsilon))];
        float[] weights = site.Values();
        int inner = site.Dims.Skip(site.Axis + 1).Aggregate(1, (size, next) => size * next);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(weights[i] * factor[i / inner % site.Channels]);
        }

        string folded = edit.Floats($"{site.Tensor.Name}_folded", weights, [.. site.Tensor.Dims]);
        edit.Stored(site.Tensor.Name, folded);
        string shifted = edit.Floats($"{product.Output[0]}_bias", [.. bias!.Select((value, i) => (float)(((value - parts[2]![i]) * factor[i]) + parts[1]![i]))], site.Channels);
        product.Input[1] = folded;
        if (product.Input.Count < 3)
        {
            product.Input.Add(shifted);
        }
        else
        {
            product.Input[2] = shifted;
        }

        product.Output[0] = norm.Output[0];
        return true;
    }
}
