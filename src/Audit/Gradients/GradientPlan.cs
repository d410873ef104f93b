using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>A float value of the graph that stands for an input: what is moved along a path.</summary>
/// <param name="Value">The value's name: the input itself, or the first float value made of it.</param>
/// <param name="Input">The input's place among the model's.</param>
/// <param name="Elements">Elements of the value for each element of the input: 1, or the length of an embedding.</param>
internal sealed record GradientPoint(string Value, int Input, int Elements);

/// <summary>Which nodes the gradient of an output passes, found out from the graph alone.</summary>
/// <remarks>
/// Float inputs are points themselves. Of a whole number (a token) the point is the row of the table that it picks by
/// Gather, or the float that it is cast to: there gradients end, and integrated gradients move between embeddings.
/// </remarks>
internal sealed class GradientPlan
{
    private static readonly HashSet<string> Stops =
    [
        "Shape", "Size", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Not", "And", "Or", "Xor", "IsNaN", "IsInf",
        "ArgMax", "ArgMin", "NonZero",
    ];

    // Operators that keep the order of a whole-number input's elements.
    private static readonly HashSet<string> Keeps = ["Identity", "Cast", "Unsqueeze", "Squeeze", "Reshape", "Flatten"];

    private GradientPlan(IReadOnlyList<GradientPoint> points, IReadOnlySet<string> active, IReadOnlyList<NodeProto> path, string? refusal)
    {
        Points = points;
        Active = active;
        Path = path;
        Refusal = refusal;
    }

    /// <summary>What is moved.</summary>
    public IReadOnlyList<GradientPoint> Points { get; }

    /// <summary>Values that depend on a point in a way that has a gradient.</summary>
    public IReadOnlySet<string> Active { get; }

    /// <summary>The nodes between points and output, in the order of the graph.</summary>
    public IReadOnlyList<NodeProto> Path { get; }

    /// <summary>Why there is no gradient, one sentence; null where there is one.</summary>
    public string? Refusal { get; }

    /// <summary>Plans the way back from an output.</summary>
    /// <param name="graph">The graph; nodes in topological order, as ONNX demands.</param>
    /// <param name="inputs">Name and element type of each input, in the model's order.</param>
    /// <param name="output">The value differentiated.</param>
    public static GradientPlan Of(GraphProto graph, IReadOnlyList<(string Name, TensorKind Kind)> inputs, string output)
    {
        GraphIndex index = new(graph);
        Dictionary<string, int> whole = new(StringComparer.Ordinal);
        HashSet<string> active = new(StringComparer.Ordinal);
        List<GradientPoint> points = [];
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Kind is TensorKind.Float or TensorKind.Double)
            {
                points.Add(new GradientPoint(inputs[i].Name, i, 1));
                active.Add(inputs[i].Name);
            }
            else if (inputs[i].Kind is not TensorKind.Text)
            {
                whole.Add(inputs[i].Name, i);
            }
        }

        foreach (NodeProto node in graph.Node.Where(node => node.Output.Count > 0))
        {
            if (Point(node, index, whole, active) is GradientPoint point)
            {
                points.Add(point);
                active.Add(point.Value);
            }
            else if (node.Input.Count > 0 && Keeps.Contains(node.OpType) && whole.TryGetValue(node.Input[0], out int input))
            {
                whole[node.Output[0]] = input;
            }
            else if (!IsStop(node) && Reads(node).Any(active.Contains))
            {
                active.UnionWith(node.Output.Where(name => name.Length > 0));
            }
        }

        return Back(graph, inputs, output, points, active);
    }

    /// <summary>All names that a node reads, its subgraphs' included.</summary>
    public static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(
        node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
            .SelectMany(body => body.Node.SelectMany(Reads).Concat(body.Output.Select(value => value.Name))));

    private static GradientPlan Back(
        GraphProto graph, IReadOnlyList<(string Name, TensorKind Kind)> inputs, string output, List<GradientPoint> points, HashSet<string> active)
    {
        HashSet<string> wanted = [output];
        HashSet<string> reached = [output];
        List<NodeProto> path = [];
        HashSet<string> ends = [.. points.Select(point => point.Value)];
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            NodeProto node = graph.Node[i];
            if (node.Output.Any(reached.Contains))
            {
                reached.UnionWith(Reads(node));
            }

            if (node.Output.Any(name => wanted.Contains(name) && active.Contains(name) && !ends.Contains(name)))
            {
                path.Add(node);
                wanted.UnionWith(Reads(node).Where(active.Contains));
            }
        }

        path.Reverse();
        GradientPoint[] used = [.. points.Where(point => wanted.Contains(point.Value))];
        string? cut = inputs.Where((input, place) => reached.Contains(input.Name) && used.All(point => point.Input != place))
            .Select(input => input.Kind == TensorKind.Text
                ? $"The input '{input.Name}' is text, and texts have no gradient."
                : $"The output '{output}' depends on the input '{input.Name}' only through operators that have no gradient.").FirstOrDefault();
        return new GradientPlan(used, active, path, Missing(path) ?? cut
            ?? (used.Length == 0 ? $"The output '{output}' does not depend on any input." : null));
    }

    private static string? Missing(List<NodeProto> path)
    {
        NodeProto[] missing = [.. path.Where(node => GradientRules.Find(node) is null && !UnrollRecurrent.Is(node))];
        if (missing.Length == 0)
        {
            return null;
        }

        string rest = missing.Length == 1 ? "" : $", nor through {missing.Length - 1} more nodes ({string.Join(", ", missing.Skip(1).Select(node => node.OpType).Distinct())})";
        return $"Gradients cannot pass through {UnsupportedNode.Words(missing[0])}{rest}.";
    }

    private static GradientPoint? Point(NodeProto node, GraphIndex index, Dictionary<string, int> whole, HashSet<string> active)
    {
        if (node.OpType == "Cast" && IsFloat(GraphIndex.Integer(node, "to", 0)) && whole.TryGetValue(node.Input[0], out int cast))
        {
            return new GradientPoint(node.Output[0], cast, 1);
        }

        if (node.OpType != "Gather" || GraphIndex.Integer(node, "axis", 0) != 0 || active.Contains(node.Input[0])
            || !whole.TryGetValue(node.Input[1], out int input)
            || index.Constant(node.Input[0]) is not TensorProto table || !IsFloat(table.DataType) || table.Dims.Count == 0)
        {
            return null;
        }

        return new GradientPoint(node.Output[0], input, (int)table.Dims.Skip(1).Aggregate(1L, (product, size) => product * size));
    }

    private static bool IsStop(NodeProto node) =>
        Stops.Contains(node.OpType) || (node.OpType == "Cast" && !IsFloat(GraphIndex.Integer(node, "to", 0)));

    private static bool IsFloat(long type) => (TensorProto.Types.DataType)type is
        TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16;
}
