using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Ensembles;

/// <summary>Rewrites a graph so that its nodes mean the same under later versions of their operators.</summary>
internal sealed class RaiseOperators
{
    private readonly string name;
    private readonly HashSet<string> taken;
    private int count;

    private RaiseOperators(string name, GraphProto graph)
    {
        this.name = name;
        taken = [.. Names(graph)];
    }

    /// <summary>Rewrites a graph, its loops and branches included.</summary>
    /// <param name="member">The member's name, for a sentence.</param>
    /// <param name="model">What it imports.</param>
    /// <param name="graph">Changed in place.</param>
    /// <param name="target">The versions it shall run under.</param>
    /// <exception cref="InputException">An operator cannot be brought there; the sentence names it.</exception>
    public static void Run(string member, ModelProto model, GraphProto graph, OperatorSets target)
    {
        new RaiseOperators(member, graph).Raise(model, graph, target);
    }

    private void Raise(ModelProto model, GraphProto graph, OperatorSets target)
    {
        NodeProto[] nodes = [.. graph.Node];
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            foreach (GraphProto body in OperatorSets.Subgraphs(node))
            {
                Raise(model, body, target);
            }

            string domain = OperatorSets.Plain(node.Domain);
            (long from, long to) = (OperatorSets.VersionOf(model, domain), target[domain]);
            graph.Node.Add(node);
            foreach (OperatorChange change in OperatorHistory.Between(domain, node.OpType, from, to))
            {
                if (!Apply(change, node, graph))
                {
                    throw new InputException(
                        $"The member '{name}' uses the operator {node.OpType} of version {from} of {(domain.Length == 0 ? "ai.onnx" : domain)}, which means something else in "
                        + $"version {to} that another member needs. Export '{name}' for version {to}.");
                }
            }
        }
    }

    private bool Apply(OperatorChange change, NodeProto node, GraphProto graph)
    {
        switch (change)
        {
            case OperatorChange.AxesToInput:
                ListToInput(node, graph, 1, "axes");
                return true;
            case OperatorChange.SplitToInput:
                ListToInput(node, graph, 1, "split");
                return true;
            case OperatorChange.CountedSplit:
                if (node.Input.Count < 2 || node.Input[1].Length == 0)
                {
                    node.Attribute.Add(GraphBuilder.Attribute("num_outputs", node.Output.Count));
                }

                return true;
            case OperatorChange.TwoDimensional:
                TwoDimensional(node, graph);
                return true;
            case OperatorChange.BoundsToInputs:
                NumberToInput(node, graph, 1, "min");
                NumberToInput(node, graph, 2, "max");
                return true;
            case OperatorChange.PadsToInputs:
                ListToInput(node, graph, 1, "pads");
                NumberToInput(node, graph, 2, "value");
                return true;
            case OperatorChange.RangesToInputs:
                ListToInput(node, graph, 1, "starts");
                ListToInput(node, graph, 2, "ends");
                ListToInput(node, graph, 3, "axes");
                return true;
            case OperatorChange.CountToInput:
                Input(node, graph, 1, Whole([Take(node, "k")?.I ?? 1]));
                return true;
            case OperatorChange.DroppedRatio:
                Take(node, "ratio");
                return ReadsFirstOutputOnly(node);
            case OperatorChange.DroppedSpatial:
                return Take(node, "spatial") is null or { I: 1 };
            case OperatorChange.OneOutput:
                return ReadsFirstOutputOnly(node);
            case OperatorChange.OldCorners:
                if (GraphIndex.Attribute(node, "coordinate_transformation_mode") is null)
                {
                    node.Attribute.Add(GraphBuilder.Attribute("coordinate_transformation_mode", "output_half_pixel"));
                }

                return true;
            case OperatorChange.GridModes:
                string mode = Take(node, "mode")?.S.ToStringUtf8() ?? "bilinear";
                node.Attribute.Add(GraphBuilder.Attribute("mode", mode switch { "bilinear" => "linear", "bicubic" => "cubic", _ => mode }));
                return true;
            case OperatorChange.Renamed:
                node.OpType = "ScatterElements";
                return true;
            case OperatorChange.Refused:
            default:
                return false;
        }
    }

    // The old operator took the axes before "axis" as one and those from it on as the other: Flatten does just that.
    private void TwoDimensional(NodeProto node, GraphProto graph)
    {
        AttributeProto? axis = Take(node, "axis");
        if (axis?.I == -1)
        {
            node.Attribute.Add(GraphBuilder.Attribute("axis", -1));
            return;
        }

        (string input, string output) = (node.Input[0], node.Output[0]);
        (string shape, string flat, string made) = (Free("shape"), Free("flat"), Free("made"));
        graph.Node.Remove(node);
        graph.Node.Add(new NodeProto { OpType = "Shape", Input = { input }, Output = { shape } });
        graph.Node.Add(new NodeProto { OpType = "Flatten", Input = { input }, Output = { flat }, Attribute = { GraphBuilder.Attribute("axis", axis?.I ?? 1) } });
        graph.Node.Add(new NodeProto { OpType = node.OpType, Input = { flat }, Output = { made }, Attribute = { GraphBuilder.Attribute("axis", 1) } });
        graph.Node.Add(new NodeProto { OpType = "Reshape", Input = { made, shape }, Output = { output } });
    }

    private void ListToInput(NodeProto node, GraphProto graph, int place, string attribute)
    {
        if (Take(node, attribute) is AttributeProto list)
        {
            Input(node, graph, place, Whole([.. list.Ints]));
        }
    }

    private void NumberToInput(NodeProto node, GraphProto graph, int place, string attribute)
    {
        if (Take(node, attribute) is AttributeProto number)
        {
            Input(node, graph, place, new TensorProto { DataType = (int)DataType.Float, FloatData = { number.F } });
        }
    }

    private void Input(NodeProto node, GraphProto graph, int place, TensorProto tensor)
    {
        tensor.Name = Free(node.OpType);
        graph.Initializer.Add(tensor);
        while (node.Input.Count < place)
        {
            node.Input.Add("");
        }

        node.Input.Add(tensor.Name);
    }

    private static TensorProto Whole(long[] values) => new() { DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } };

    private static AttributeProto? Take(NodeProto node, string attribute)
    {
        AttributeProto? found = GraphIndex.Attribute(node, attribute);
        if (found is not null)
        {
            node.Attribute.Remove(found);
        }

        return found;
    }

    private static bool ReadsFirstOutputOnly(NodeProto node)
    {
        bool only = node.Output.Skip(1).All(output => output.Length == 0);
        while (only && node.Output.Count > 1)
        {
            node.Output.RemoveAt(node.Output.Count - 1);
        }

        return only;
    }

    private string Free(string stem)
    {
        string free;
        do
        {
            free = $"raised/{stem}{count++}";
        }
        while (!taken.Add(free));
        return free;
    }

    private static IEnumerable<string> Names(GraphProto graph) =>
    [
        .. graph.Input.Select(value => value.Name), .. graph.Initializer.Select(tensor => tensor.Name),
        .. graph.Node.SelectMany(node => node.Output.Concat(OperatorSets.Subgraphs(node).SelectMany(Names))),
    ];
}
