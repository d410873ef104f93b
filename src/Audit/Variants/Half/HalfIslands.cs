using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Half;

/// <summary>Which nodes of a graph can compute in 16 bits, and why the others stay in 32.</summary>
/// <remarks>
/// What stands before the first product with weights stays: raw columns such as amounts need more than 11 bits. What stands
/// behind the last one stays too: probabilities are compared with a threshold. So do operators that the runtime has in 32
/// bits only, and nodes with numbers that a 16-bit float cannot hold.
/// </remarks>
internal static class HalfIslands
{
    /// <summary>The largest 16-bit float.</summary>
    public const float Most = 65_504;

    // Values on given rows may be a quarter of that: other rows have larger ones.
    private const float MostSeen = Most / 4;

    private static readonly HashSet<string> Recurrent = ["LSTM", "GRU", "RNN"];

    private static readonly HashSet<string> Wide =
    [
        "LSTM", "GRU", "RNN", "Resize", "Upsample", "RoiAlign", "NonMaxSuppression", "TopK", "CumSum", "CumProd", "Range", "EyeLike", "Multinomial", "Bernoulli",
        "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "DynamicQuantizeLinear", "QuantizeLinear", "DequantizeLinear", "GridSample",
        "MaxUnpool", "MaxRoiPool", "LpPool", "GlobalLpPool", "LRN", "ConvTranspose", "DeformConv", "Det", "DFT", "STFT", "MelWeightMatrix", "NegativeLogLikelihoodLoss",
        "SoftmaxCrossEntropyLoss", "TfIdfVectorizer", "BitCast", "CastLike", "Optional", "SequenceConstruct", "ConcatFromSequence", "SequenceAt", "SplitToSequence",
    ];

    /// <summary>Chooses nodes.</summary>
    /// <param name="edit">The model; what stays is written down.</param>
    /// <param name="floats">Names of float values.</param>
    /// <param name="rows">Rows to look at values on; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static HashSet<NodeProto> Narrow(GraphEdit edit, HashSet<string> floats, InputBatch? rows, CancellationToken cancellationToken)
    {
        HashSet<NodeProto> weighted = new(WeightSite.Of(edit.Graph).Select(site => site.Node), ReferenceEqualityComparer.Instance);
        HashSet<NodeProto> inner = Between(edit.Graph, weighted);
        Dictionary<string, TensorProto> constants = edit.Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        HashSet<NodeProto> narrow = new(ReferenceEqualityComparer.Instance);
        foreach (NodeProto node in edit.Graph.Node.Where(inner.Contains))
        {
            bool touches = node.Output.Any(floats.Contains)
                || node.Input.Any(name => floats.Contains(name) || (constants.TryGetValue(name, out TensorProto? tensor) && tensor.DataType == (int)DataType.Float));
            if (!touches || edit.IsExcluded(node))
            {
                continue;
            }

            string? why = Why(node, constants);
            if (why is null)
            {
                narrow.Add(node);
            }
            else
            {
                edit.Leave(node, why);
            }
        }

        if (rows is not null && narrow.Count > 0)
        {
            LeaveLarge(edit, narrow, floats, rows, cancellationToken);
        }

        return narrow;
    }

    private static string? Why(NodeProto node, Dictionary<string, TensorProto> constants) =>
        node.Domain is not ("" or "ai.onnx") ? $"operators of {node.Domain} are in 32 bits"
        : node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0) ? "it holds graphs of its own"
        : Recurrent.Contains(node.OpType) ? "the runtime has it in 32 bits; its weights are stored in 16"
        : Wide.Contains(node.OpType) ? "the runtime has it in 32 bits"
        : node.Input.Select(name => constants.GetValueOrDefault(name)).OfType<TensorProto>().FirstOrDefault(IsOut) is TensorProto tensor
            ? $"the numbers of '{tensor.Name}' are too large or too small for 16 bits"
            : null;

    /// <summary>Whether floats do not fit: one is too large, or one alone would become 0.</summary>
    public static bool IsOut(TensorProto tensor) => tensor.DataType == (int)DataType.Float
        && GraphIndex.Numbers(tensor) is double[] values
        && (values.Any(value => Math.Abs(value) > Most) || (values.Length == 1 && values[0] != 0 && (System.Half)values[0] == (System.Half)0));

    // From a product with weights to a product with weights: neither before the first nor behind the last one.
    private static HashSet<NodeProto> Between(GraphProto graph, HashSet<NodeProto> weighted)
    {
        HashSet<NodeProto> below = Reached(graph.Node, weighted, node => node.Input, node => node.Output);
        HashSet<NodeProto> above = Reached(graph.Node.Reverse(), weighted, node => node.Output, node => node.Input);
        below.IntersectWith(above);
        return below;
    }

    private static HashSet<NodeProto> Reached(
        IEnumerable<NodeProto> nodes, HashSet<NodeProto> weighted, Func<NodeProto, IEnumerable<string>> enters, Func<NodeProto, IEnumerable<string>> leaves)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        HashSet<NodeProto> found = new(ReferenceEqualityComparer.Instance);
        foreach (NodeProto node in nodes)
        {
            if (weighted.Contains(node) || enters(node).Any(reached.Contains))
            {
                found.Add(node);
                reached.UnionWith(leaves(node).Where(name => name.Length > 0));
            }
        }

        return found;
    }

    private static void LeaveLarge(GraphEdit edit, HashSet<NodeProto> narrow, HashSet<string> floats, InputBatch rows, CancellationToken cancellationToken)
    {
        NodeProto[] looked = [.. edit.Graph.Node.Where(node => narrow.Contains(node) && node.Output.Any(floats.Contains))];
        string[] values = [.. looked.SelectMany(node => node.Output.Where(floats.Contains))];
        Dictionary<string, double> largest = new(StringComparer.Ordinal);
        using ObserveValues observe = new(edit.Model, values, rows, cancellationToken);
        observe.Run((name, numbers, _) => largest[name] = numbers.Aggregate(largest.GetValueOrDefault(name), (most, number) => Math.Max(most, Math.Abs(number))), cancellationToken);
        foreach (NodeProto node in looked.Where(node => node.Output.Any(name => largest.GetValueOrDefault(name) > MostSeen)))
        {
            narrow.Remove(node);
            edit.Leave(node, "its values are too large for 16 bits on the rows given");
        }
    }
}
