using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>What the outputs of a graph mean, from the operators that make them and, failing that, from their names.</summary>
internal sealed class OutputRoles
{
    // They move or retype values and leave their meaning as it is.
    private static readonly HashSet<string> PassThrough =
        ["Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Dropout", "Transpose"];

    private readonly GraphProto graph;
    private readonly GraphIndex index;

    public OutputRoles(GraphProto graph)
    {
        this.graph = graph;
        index = new GraphIndex(graph);
    }

    /// <summary>The role of one output.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="type">Its type in words.</param>
    /// <param name="shape">Its dimensions; empty for a sequence.</param>
    public OutputRole Role(string name, string type, IReadOnlyList<long?> shape) => type switch
    {
        "tensor(string)" or "tensor(bool)" => OutputRole.Label,
        _ when type.StartsWith("seq(map(", StringComparison.Ordinal) => OutputRole.Probability,
        "tensor(float)" or "tensor(double)" or "tensor(float16)" or "tensor(bfloat16)" =>
            ByOperator(name) ?? ByName(name) ?? (Width(shape) == 1 ? OutputRole.Value : OutputRole.Logits),
        _ when type.StartsWith("tensor(", StringComparison.Ordinal) && Width(shape) == 1 => OutputRole.Label,
        _ => OutputRole.Other,
    };

    /// <summary>Whether neither the operators behind an output nor its name say what it means, so that its role is a guess by width.</summary>
    public bool IsGuess(string name) => ByOperator(name) is null && ByName(name) is null;

    /// <summary>The class of each column of a probability, score or logits output, where the graph names them.</summary>
    public IReadOnlyList<string>? Classes(OutputSpec output)
    {
        if (output.Role is not (OutputRole.Probability or OutputRole.Score or OutputRole.Logits))
        {
            return null;
        }

        IReadOnlyList<string>? classes =
            Source(output.Name) is { OpType: "ZipMap" } map ? Labels(map) : null;
        classes ??= graph.Node.Select(Labels).FirstOrDefault(labels => labels is { Count: > 1 });
        classes ??= LabelTable();
        long? width = output.Shape.Count > 1 ? output.Shape[^1] : null;
        return classes is not null && (width is null || width == classes.Count) ? classes : null;
    }

    /// <summary>The node that makes a value, looking through operators that only move or retype it.</summary>
    public NodeProto? Source(string value)
    {
        NodeProto? node = index.Producer(value);
        for (int i = 0; node is not null && PassThrough.Contains(node.OpType) && i < graph.Node.Count; i++)
        {
            node = index.Producer(node.Input[0]);
        }

        return node;
    }

    private static int Width(IReadOnlyList<long?> shape) =>
        shape.Count <= 1 ? 1 : (int)Math.Min(int.MaxValue, shape.Skip(1).Aggregate(1L, (product, size) => product * (size ?? 2)));

    private OutputRole? ByOperator(string name) => Source(name) is not NodeProto node ? null : node.OpType switch
    {
        "Softmax" or "Sigmoid" => OutputRole.Probability,
        "LogSoftmax" => OutputRole.Logits,
        "ZipMap" => OutputRole.Probability,
        "Normalizer" when GraphIndex.Text(node, "norm") == "L1" => OutputRole.Probability,
        "TreeEnsembleClassifier" or "LinearClassifier" or "SVMClassifier" =>
            GraphIndex.Text(node, "post_transform") is "LOGISTIC" or "SOFTMAX" or "SOFTMAX_ZERO" || IsForest(node) ? OutputRole.Probability : null,
        "TreeEnsembleRegressor" or "LinearRegressor" or "SVMRegressor" =>
            GraphIndex.Text(node, "post_transform") is "LOGISTIC" or "SOFTMAX" ? OutputRole.Probability : OutputRole.Value,
        _ => null,
    };

    // A random forest's leaves hold shares of classes, which its trees average: no leaf is negative.
    private static bool IsForest(NodeProto node) => node.OpType == "TreeEnsembleClassifier"
        && GraphIndex.Attribute(node, "class_weights") is { Floats.Count: > 0 } leaves && leaves.Floats.All(leaf => leaf is >= 0 and <= 1);

    private static OutputRole? ByName(string name)
    {
        bool Has(params string[] words) => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Has("disagreement") ? OutputRole.Other
            : Has("prob") ? OutputRole.Probability
            : Has("logit", "log_odds", "margin") ? OutputRole.Logits
            : Has("score") ? OutputRole.Score
            : Has("label", "class") ? OutputRole.Label
            : Has("variable", "value", "prediction", "target", "regress") ? OutputRole.Value
            : null;
    }

    // skl2onnx keeps a classifier's labels as a table that ArrayFeatureExtractor looks the best column up in.
    private IReadOnlyList<string>? LabelTable()
    {
        NodeProto? lookup = graph.Output.Select(output => Source(output.Name)).FirstOrDefault(node => node?.OpType == "ArrayFeatureExtractor");
        IReadOnlyList<string>? labels =
            lookup is { Input.Count: > 0 } && index.Constant(lookup.Input[0]) is TensorProto table ? GraphIndex.Texts(table) : null;
        return labels is { Count: > 1 } ? labels : null;
    }

    private static IReadOnlyList<string>? Labels(NodeProto node)
    {
        if (GraphIndex.Attribute(node, "classlabels_strings") is { Strings.Count: > 0 } texts)
        {
            return [.. texts.Strings.Select(label => label.ToStringUtf8())];
        }

        AttributeProto? numbers = GraphIndex.Attribute(node, "classlabels_int64s") ?? GraphIndex.Attribute(node, "classlabels_ints");
        return numbers is { Ints.Count: > 0 } ? [.. numbers.Ints.Select(label => label.ToString())] : null;
    }
}
