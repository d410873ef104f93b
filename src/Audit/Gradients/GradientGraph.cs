using Google.Protobuf;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Gradients;

/// <summary>A model rewritten so that it gives its output and the gradient of a weighted sum of the output's columns.</summary>
/// <param name="Model">The ONNX file: its inputs are the points, the inputs that are held, and the seed.</param>
/// <param name="Value">The name of the output differentiated, shape [N, columns].</param>
/// <param name="Seed">The name of the weights of the columns, shape [N, columns].</param>
/// <param name="Gradients">One name a point: ∂(Σ seed · value)/∂point, in the shape of the point.</param>
/// <param name="Pattern">The name of a number that changes where a kink is crossed, shape [N, 1]; null where there are no kinks, or they are not wanted.</param>
/// <param name="Smooth">Whether no operator on the way has a kink.</param>
internal sealed record GradientGraph(byte[] Model, string Value, string Seed, IReadOnlyList<string> Gradients, string? Pattern, bool Smooth)
{
    /// <summary>Differentiates.</summary>
    /// <param name="model">The forward model; not changed.</param>
    /// <param name="plan">What to follow.</param>
    /// <param name="facts">Shapes and types of all values on the way.</param>
    /// <param name="output">The value differentiated.</param>
    /// <param name="patterns">Whether kinks are to be marked.</param>
    /// <exception cref="Data.InputException">A node cannot be followed; the sentence names it.</exception>
    public static GradientGraph Of(ModelProto model, GradientPlan plan, ValueFacts facts, string output, bool patterns)
    {
        ModelProto copy = model.Clone();
        GraphProto graph = copy.Graph;
        CutAtPoints(graph, plan, facts);
        GradientTrace trace = new(graph, facts, plan.Active);
        Tape tape = trace.Tape;
        int columns = facts.Dims(output).Skip(1).Aggregate(1, (product, size) => product * size);
        string seed = tape.Name();
        graph.Input.Add(Declared(seed, facts.Type(output), [facts.Dims(output)[0], columns]));
        trace.Add(output, tape.ReshapeLike(seed, output));
        HashSet<string> path = [.. plan.Path.Select(node => node.Output[0])];
        NodeProto[] forward = [.. graph.Node.Where(node => node.Output.Count > 0 && path.Contains(node.Output[0]))];
        foreach (NodeProto node in forward.Reverse())
        {
            if (node.Output.Any(name => name.Length > 0 && trace.Cotangent(name) is not null))
            {
                GradientRules.Find(node)!(new BackwardStep(node, trace));
            }
        }

        string value = tape.Op("Flatten", [output], GraphBuilder.Attribute("axis", 1));
        string[] gradients = [.. plan.Points.Select(point => tape.Op("Identity",
            [trace.Cotangent(point.Value) ?? tape.ZerosOf(tape.Op("Shape", [point.Value]), facts.Type(point.Value))]))];
        string? pattern = patterns ? KinkPattern.Write(trace) : null;
        TrimGraph.To(graph, [value, .. gradients, .. pattern is null ? (string[])[] : [pattern]]);
        return new GradientGraph(copy.ToByteArray(), value, seed, gradients, pattern, trace.Marks.Count == 0);
    }

    // Embeddings become inputs, in place of the lookups that made them.
    private static void CutAtPoints(GraphProto graph, GradientPlan plan, ValueFacts facts)
    {
        HashSet<string> given = [.. graph.Input.Select(input => input.Name)];
        foreach (GradientPoint point in plan.Points.Where(point => !given.Contains(point.Value)))
        {
            graph.Node.Remove(graph.Node.First(node => node.Output.Contains(point.Value)));
            graph.Input.Add(Declared(point.Value, facts.Type(point.Value), facts.Dims(point.Value)));
        }
    }

    private static ValueInfoProto Declared(string name, DataType type, IEnumerable<int> dims)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(dims.Select(size => size == ValueFacts.Free
            ? new TensorShapeProto.Types.Dimension { DimParam = "rows" }
            : new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }
}
