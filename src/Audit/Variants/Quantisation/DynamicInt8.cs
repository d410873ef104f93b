using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>Products of bytes whose left side is quantised while the model runs.</summary>
/// <remarks>
/// Matrix products and convolutions become MatMulInteger and ConvInteger, which need no rows beforehand. Recurrent
/// operators: DynamicQuantizeLSTM where one scale a batch is asked for; else their weights are stored as bytes and their
/// arithmetic stays, because no operator has a scale a row for them.
/// </remarks>
internal static class DynamicInt8
{
    /// <summary>Rewrites every place that can be.</summary>
    public static void Run(GraphEdit edit, ActivationScale scale)
    {
        DynamicScale activations = new(edit, scale);
        HashSet<NodeProto> done = new(ReferenceEqualityComparer.Instance);
        foreach (WeightSite site in QuantisedSites.Of(edit))
        {
            if (done.Contains(site.Node))
            {
                continue;
            }

            switch (site.Node.OpType)
            {
                case "MatMul" when site is { Input: 1, Dims.Length: 2 }:
                    IntegerProducts.MatMul(edit, activations, site);
                    done.Add(site.Node);
                    break;
                case "Gemm" when site.Input == 1 && IntegerProducts.GemmFits(edit, site.Node):
                    IntegerProducts.Gemm(edit, activations, site);
                    done.Add(site.Node);
                    break;
                case "Conv":
                    IntegerProducts.Conv(edit, activations, site);
                    done.Add(site.Node);
                    break;
                case "LSTM" when scale == ActivationScale.Tensor && IntegerLstm.Run(edit, site.Node):
                    done.Add(site.Node);
                    break;
                default:
                    WidenWeights.At(edit, site, "weights in 8 bits, widened before use; no integer operator fits");
                    break;
            }
        }
    }
}
