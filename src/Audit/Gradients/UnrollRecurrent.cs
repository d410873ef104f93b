using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients;

/// <summary>Writes an LSTM as the operators of its steps, so that gradients pass through them by their own rules.</summary>
/// <remarks>
/// The ONNX definition with the default activations: i, o, f = σ(X Wᵀ + H Rᵀ + Wb + Rb), c = tanh(…),
/// C = f C + i c, H = o tanh(C). One, reverse or both directions.
/// </remarks>
internal static class UnrollRecurrent
{
    private const int MostSteps = 512;

    /// <summary>Whether a node is one that is written out.</summary>
    public static bool Is(NodeProto node) => node.OpType == "LSTM" && node.Domain is "" or "ai.onnx";

    /// <summary>Refuses what the rewriting does not know, before anything runs.</summary>
    /// <exception cref="InputException">A node has peepholes, lengths of its own or other activations.</exception>
    public static void Check(GraphProto graph)
    {
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == "LSTM"))
        {
            string? why = GraphIndex.Attribute(node, "activations") is { Strings.Count: > 0 } named && named.Strings
                    .Select((name, i) => (Name: name.ToStringUtf8(), Place: i % 3)).Any(named => named.Name != (named.Place == 0 ? "Sigmoid" : "Tanh")) ? "its activations are not the usual ones"
                : GraphIndex.Attribute(node, "clip") is not null ? "it clips its cells"
                : GraphIndex.Integer(node, "input_forget", 0) != 0 ? "its input and forget gates are coupled"
                : GraphIndex.Integer(node, "layout", 0) != 0 ? "its layout is batch first"
                : Has(node, 4) ? "it takes lengths of its own for each row"
                : Has(node, 7) ? "it has peepholes" : null;
            if (why is not null)
            {
                throw new InputException($"The gradient of {UnsupportedNode.Words(node)} is not supported: {why}.");
            }
        }
    }

    /// <summary>Replaces the LSTM nodes of a graph.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="steps">The number of steps that a node's input has.</param>
    /// <exception cref="InputException">There are too many steps.</exception>
    public static void Run(GraphProto graph, Func<NodeProto, int> steps)
    {
        for (int i = 0; i < graph.Node.Count; i++)
        {
            NodeProto node = graph.Node[i];
            if (!Is(node))
            {
                continue;
            }

            int length = steps(node);
            if (length is < 1 or > MostSteps)
            {
                throw new InputException($"The gradient of {UnsupportedNode.Words(node)} is not supported: its number of steps, {length}, is not between 1 and {MostSteps}.");
            }

            GraphProto written = new() { Name = graph.Name, Node = { graph.Node }, Input = { graph.Input }, Initializer = { graph.Initializer } };
            int before = written.Node.Count;
            Write(new Tape(written), node, length);
            NodeProto[] added = [.. written.Node.Skip(before)];
            graph.Initializer.AddRange(written.Initializer.Skip(graph.Initializer.Count));
            graph.Node.RemoveAt(i);
            for (int k = 0; k < added.Length; k++)
            {
                graph.Node.Insert(i + k, added[k]);
            }

            i += added.Length - 1;
        }
    }

    private static void Write(Tape tape, NodeProto node, int length)
    {
        string direction = GraphIndex.Text(node, "direction") is { Length: > 0 } text ? text : "forward";
        bool[] reversed = direction switch { "bidirectional" => [false, true], "reverse" => [true], _ => [false] };
        Direction[] done = [.. reversed.Select((reverse, place) => Unroll(tape, node, place, reverse, length))];
        string[] ahead = [.. Enumerable.Range(0, length).Select(step => Stack(tape, [.. done.Select(one => one.Hidden[step])]))];
        Name(tape, node, 0, () => Stack(tape, ahead));
        Name(tape, node, 1, () => Stack(tape, [.. done.Select(one => one.LastHidden)]));
        Name(tape, node, 2, () => Stack(tape, [.. done.Select(one => one.LastCell)]));
    }

    private static Direction Unroll(Tape tape, NodeProto node, int place, bool reverse, int length)
    {
        string Own(string value) => tape.Op("Gather", [value, tape.Scalar(place)], GraphBuilder.Attribute("axis", 0));
        string Turned(string value) => tape.Op("Transpose", [Own(value)], GraphBuilder.Attribute("perm", [1L, 0L]));
        string gates = tape.Op("MatMul", [node.Input[0], Turned(node.Input[1])]);
        if (Has(node, 3))
        {
            string[] bias = tape.Ops("Split", [Own(node.Input[3]), Halves(tape, node)], 2, GraphBuilder.Attribute("axis", 0));
            gates = tape.Add(gates, tape.Add(bias[0], bias[1]));
        }

        string[] each = tape.Ops("Split", [gates, tape.Whole([.. Enumerable.Repeat(1L, length)])], length, GraphBuilder.Attribute("axis", 0));
        string recurrent = Turned(node.Input[2]);
        string? hidden = Has(node, 5) ? Own(node.Input[5]) : null;
        string? cell = Has(node, 6) ? Own(node.Input[6]) : null;
        string[] all = new string[length];
        for (int i = 0; i < length; i++)
        {
            int step = reverse ? length - 1 - i : i;
            string sum = tape.Op("Squeeze", [each[step], tape.Whole(0)]);
            sum = hidden is null ? sum : tape.Add(sum, tape.Op("MatMul", [hidden, recurrent]));
            long size = GraphIndex.Integer(node, "hidden_size", 0);
            string[] gate = tape.Ops("Split", [sum, tape.Whole(size, size, size, size)], 4, GraphBuilder.Attribute("axis", -1));
            string entering = tape.Mul(tape.Op("Sigmoid", [gate[0]]), tape.Op("Tanh", [gate[3]]));
            cell = cell is null ? entering : tape.Add(tape.Mul(tape.Op("Sigmoid", [gate[2]]), cell), entering);
            hidden = tape.Mul(tape.Op("Sigmoid", [gate[1]]), tape.Op("Tanh", [cell]));
            all[step] = hidden;
        }

        return new Direction(all, hidden!, cell!);
    }

    private static string Halves(Tape tape, NodeProto node)
    {
        long half = 4 * GraphIndex.Integer(node, "hidden_size", 0);
        return tape.Whole(half, half);
    }

    private static string Stack(Tape tape, string[] values) => tape.Op(
        "Concat", [.. values.Select(value => tape.Op("Unsqueeze", [value, tape.Whole(0)]))], GraphBuilder.Attribute("axis", 0));

    // The node's own output names are kept, so that whoever reads them need not change.
    private static void Name(Tape tape, NodeProto node, int output, Func<string> value)
    {
        if (output < node.Output.Count && node.Output[output].Length > 0)
        {
            tape.As("Identity", [value()], node.Output[output]);
        }
    }

    private static bool Has(NodeProto node, int input) => input < node.Input.Count && node.Input[input].Length > 0;

    private sealed record Direction(string[] Hidden, string LastHidden, string LastCell);
}
