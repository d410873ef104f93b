using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Copies;

/// <summary>What kind of function a graph computes, as far as its operators tell.</summary>
public enum ModelFamily
{
    /// <summary>One weighted sum a class, perhaps behind a scaler and before a link.</summary>
    Linear,

    /// <summary>Decision trees.</summary>
    Trees,

    /// <summary>Layers of weighted sums with something non-linear between them.</summary>
    Network,

    /// <summary>Anything else, such as kernels, neighbours or a mixture of these.</summary>
    Other,
}

/// <summary>Tells a graph's family from its operators.</summary>
internal static class ModelFamilies
{
    private static readonly HashSet<string> Trees = ["TreeEnsembleClassifier", "TreeEnsembleRegressor", "TreeEnsemble"];

    private static readonly HashSet<string> Sums =
    [
        "Gemm", "MatMul", "Conv", "ConvTranspose", "MatMulInteger", "QLinearMatMul", "QLinearConv", "ConvInteger", "QGemm",
        "FusedMatMul", "FusedGemm", "FusedConv", "MatMulNBits", "DynamicQuantizeMatMul", "MatMulIntegerToFloat",
    ];

    private static readonly HashSet<string> Recurrent = ["LSTM", "GRU", "RNN", "Attention", "MultiHeadAttention"];

    private static readonly HashSet<string> Bends =
        ["Relu", "LeakyRelu", "Tanh", "Elu", "Selu", "Gelu", "Softplus", "PRelu", "Clip", "HardSigmoid", "HardSwish", "Erf", "FusedConv"];

    /// <summary>The family of a graph.</summary>
    public static ModelFamily Of(GraphProto graph)
    {
        string[] operators = [.. graph.Node.Select(node => node.OpType)];
        bool trees = operators.Any(Trees.Contains);
        int sums = operators.Count(Sums.Contains);
        bool network = operators.Any(Recurrent.Contains) || (sums > 0 && (sums > 1 || operators.Any(Bends.Contains)));
        bool linear = operators.Any(kind => kind is "LinearClassifier" or "LinearRegressor") || sums == 1;
        bool other = operators.Any(kind => kind is "SVMClassifier" or "SVMRegressor" or "TopK");
        return other || (trees && (network || linear)) ? ModelFamily.Other
            : trees ? ModelFamily.Trees
            : network ? ModelFamily.Network
            : linear ? ModelFamily.Linear
            : ModelFamily.Other;
    }

    /// <summary>The family in words: "decision trees".</summary>
    public static string InWords(ModelFamily family) => family switch
    {
        ModelFamily.Linear => "a linear model",
        ModelFamily.Trees => "decision trees",
        ModelFamily.Network => "a neural network",
        _ => "a model of another kind",
    };
}
