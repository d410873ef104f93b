using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Networks;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Pruning;

/// <summary>A layer of a plain network in a graph.</summary>
/// <param name="Site">Its weights.</param>
/// <param name="Adder">The node that adds the bias: the Gemm itself, or the Add behind a MatMul.</param>
/// <param name="BiasInput">Which of its inputs is the bias.</param>
internal sealed record ChainLayer(WeightSite Site, NodeProto Adder, int BiasInput)
{
    /// <summary>What the layer gives.</summary>
    public string Output => Adder.Output[0];
}

/// <summary>The layers of a plain network in a graph: product, bias, Relu, Tanh or Sigmoid, product, bias, … to the last product.</summary>
/// <param name="Features">The value that the first layer reads.</param>
/// <param name="Layers">At least one.</param>
/// <param name="Hidden">What stands behind each layer but the last.</param>
/// <param name="Ending">The operator behind the last layer, such as Softmax or Sigmoid; empty where its sums are the output.</param>
internal sealed record NetworkChain(string Features, IReadOnlyList<ChainLayer> Layers, IReadOnlyList<NetworkActivation> Hidden, string Ending)
{
    /// <summary>The numbers that the last layer gives.</summary>
    public string Logits => Layers[^1].Output;

    /// <summary>Finds the chain, or gives null where the graph is another kind of network.</summary>
    public static NetworkChain? Find(GraphEdit edit)
    {
        List<ChainLayer> layers = [];
        List<NetworkActivation> hidden = [];
        WeightSite[] sites = [.. WeightSite.Of(edit.Graph)];
        foreach (WeightSite site in sites)
        {
            if (site.Input != 1 || Layer(edit, site) is not ChainLayer layer)
            {
                return null;
            }

            if (layers.Count > 0)
            {
                if (Behind(edit, layers[^1]) is not (string value, NetworkActivation activation) || value != site.Node.Input[0])
                {
                    return null;
                }

                hidden.Add(activation);
            }

            layers.Add(layer);
        }

        return layers.Count == 0 ? null : new NetworkChain(sites[0].Node.Input[0], layers, hidden, Readers(edit, layers[^1].Output) is [{ } one] ? one.OpType : "");
    }

    /// <summary>The layers as a trainer takes them: weights of shape [inputs, outputs].</summary>
    public NetworkLayer[] Read(GraphEdit edit) => [.. Layers.Select(layer =>
    {
        int outputs = layer.Site.Channels;
        float[] weights = layer.Site.Values();
        if (layer.Site.Axis == 0)
        {
            weights = [.. Enumerable.Range(0, weights.Length).Select(i => weights[(i % outputs * (weights.Length / outputs)) + (i / outputs)])];
        }

        double[] bias = GraphIndex.Numbers(edit.Initializer(layer.Adder.Input[layer.BiasInput])!)!;
        return new NetworkLayer(weights.Length / outputs, outputs, weights, [.. Enumerable.Range(0, outputs).Select(i => (float)bias[bias.Length == 1 ? 0 : i])]);
    })];

    /// <summary>Writes layers back, each in the shape that its node reads.</summary>
    public void Write(GraphEdit edit, IReadOnlyList<NetworkLayer> trained)
    {
        for (int i = 0; i < trained.Count; i++)
        {
            (ChainLayer layer, NetworkLayer made) = (Layers[i], trained[i]);
            float[] weights = layer.Site.Axis == 1 ? made.Weights
                : [.. Enumerable.Range(0, made.Weights.Length).Select(at => made.Weights[(at % made.Inputs * made.Outputs) + (at / made.Inputs)])];
            string now = edit.Floats($"{layer.Site.Tensor.Name}_tuned", weights, [.. layer.Site.Tensor.Dims]);
            edit.Stored(layer.Site.Tensor.Name, now);
            layer.Site.Node.Input[1] = now;
            layer.Adder.Input[layer.BiasInput] = edit.Floats($"{layer.Adder.Input[layer.BiasInput]}_tuned", made.Biases, made.Outputs);
            edit.Touch(layer.Site.Node, "trained on the parent's answers");
        }
    }

    private static ChainLayer? Layer(GraphEdit edit, WeightSite site)
    {
        NodeProto node = site.Node;
        if (node.OpType == "Gemm")
        {
            bool plain = GraphIndex.Integer(node, "transA", 0) == 0 && (GraphIndex.Attribute(node, "alpha")?.F ?? 1) == 1 && (GraphIndex.Attribute(node, "beta")?.F ?? 1) == 1;
            return plain && node.Input.Count > 2 && IsBias(edit, node.Input[2], site.Channels) ? new ChainLayer(site, node, 2) : null;
        }

        if (node.OpType != "MatMul" || site.Dims.Length != 2 || Readers(edit, node.Output[0]) is not [{ OpType: "Add" } adder])
        {
            return null;
        }

        int bias = adder.Input[0] == node.Output[0] ? 1 : 0;
        return IsBias(edit, adder.Input[bias], site.Channels) ? new ChainLayer(site, adder, bias) : null;
    }

    // The units behind a layer, where nothing else reads them.
    private static (string Value, NetworkActivation Activation)? Behind(GraphEdit edit, ChainLayer layer) =>
        Readers(edit, layer.Output) is [{ } unit] && Activation(unit.OpType) is NetworkActivation activation && edit.Readers(unit.Output[0]) == 1
            ? (unit.Output[0], activation)
            : null;

    private static NetworkActivation? Activation(string operation) => operation switch
    {
        "Relu" => NetworkActivation.Rectified,
        "Tanh" => NetworkActivation.Tanh,
        "Sigmoid" => NetworkActivation.Sigmoid,
        _ => null,
    };

    private static bool IsBias(GraphEdit edit, string name, int width) =>
        edit.Initializer(name) is { DataType: (int)DataType.Float } tensor && tensor.Dims.Count <= 2 && tensor.Dims.Aggregate(1L, (all, size) => all * size) is long count && (count == width || count == 1);

    private static NodeProto[] Readers(GraphEdit edit, string value) => [.. edit.Graph.Node.Where(node => Gradients.GradientPlan.Reads(node).Contains(value))];
}
