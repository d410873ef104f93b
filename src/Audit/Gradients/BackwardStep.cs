using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Gradients;

/// <summary>Writes the nodes that carry the gradient of one node's outputs to its inputs.</summary>
internal delegate void GradientRule(BackwardStep step);

/// <summary>One node on the way back: what its rule may read and where it leaves its results.</summary>
/// <remarks>
/// A rule is given the cotangents G = ∂L/∂Y of the node's outputs and gives ∂L/∂X of the inputs that are wanted, in the
/// shape of X. L is the number differentiated, summed over rows.
/// </remarks>
internal sealed class BackwardStep(NodeProto node, GradientTrace trace)
{
    /// <summary>The node of the forward graph.</summary>
    public NodeProto Node => node;

    /// <summary>Where nodes are written.</summary>
    public Tape Tape => trace.Tape;

    /// <summary>Shapes and types of the forward values.</summary>
    public ValueFacts Facts => trace.Facts;

    /// <summary>The constants of the forward graph.</summary>
    public GraphIndex Index => trace.Index;

    /// <summary>The first input.</summary>
    public string X => node.Input[0];

    /// <summary>The first output.</summary>
    public string Y => node.Output[0];

    /// <summary>The cotangent of the first output.</summary>
    public string G => Cotangent(0) ?? Tape.ZerosOf(Tape.Op("Shape", [Y]), Type);

    /// <summary>The element type of the first input.</summary>
    public DataType Type => Facts.Type(X);

    /// <summary>The cotangent of an output, or null where nothing flows back from it.</summary>
    public string? Cotangent(int output) => trace.Cotangent(node.Output[output]);

    /// <summary>A number in the type of the first input.</summary>
    public string Number(double value) => Tape.Number(value, Type);

    /// <summary>Whether the gradient of an input is wanted.</summary>
    public bool Wants(int input) => input < node.Input.Count && trace.IsActive(node.Input[input]);

    /// <summary>Gives the gradient of an input, in its shape.</summary>
    public void Give(int input, string gradient)
    {
        if (Wants(input))
        {
            trace.Add(node.Input[input], gradient);
        }
    }

    /// <summary>Gives the gradient of an input that was broadcast: summed over the axes along which it was repeated.</summary>
    /// <param name="input">The input's place.</param>
    /// <param name="gradient">The gradient as repeated.</param>
    /// <param name="dims">The shape of <paramref name="gradient"/>; null for that of the first output.</param>
    public void GiveReduced(int input, string gradient, int[]? dims = null)
    {
        if (!Wants(input))
        {
            return;
        }

        int[] from = dims ?? Facts.Dims(Y);
        int[] to = Facts.Dims(node.Input[input]);
        int lead = from.Length - to.Length;
        long[] axes = [.. Enumerable.Range(0, from.Length)
            .Where(axis => axis < lead || (to[axis - lead] == 1 && from[axis] != 1)).Select(axis => (long)axis)];
        string summed = Tape.Sum(gradient, axes, keep: true);
        trace.Add(node.Input[input], lead == 0 ? summed : Tape.ReshapeLike(summed, node.Input[input]));
    }

    /// <summary>Marks where a function has its kinks: a value's pattern changes exactly where a kink is crossed.</summary>
    /// <param name="pattern">Truth values, or positions, in the shape of <paramref name="like"/>.</param>
    /// <param name="like">A forward value of that shape.</param>
    /// <param name="positions">0 for truth values; else what the positions are taken modulo, so that a row's do not depend on its place.</param>
    public void Mark(string pattern, string like, long positions = 0) => trace.Marks.Add(new KinkMark(pattern, like, positions));

    /// <summary>Zero in place of the gradient where a condition does not hold, which marks a kink.</summary>
    public string Only(string condition, string gradient) => Tape.Op("Where", [condition, gradient, Number(0)]);

    /// <summary>The name of an output that the node may not have given so far.</summary>
    public string NeedOutput(int output)
    {
        while (node.Output.Count <= output)
        {
            node.Output.Add("");
        }

        return node.Output[output].Length > 0 ? node.Output[output] : node.Output[output] = Tape.Name();
    }

    /// <summary>A whole-number attribute.</summary>
    public long Integer(string name, long otherwise) => GraphIndex.Integer(node, name, otherwise);

    /// <summary>A number attribute.</summary>
    public double Number(string name, double otherwise) => GraphIndex.Attribute(node, name)?.F ?? otherwise;

    /// <summary>The whole numbers of an attribute, empty where there is none.</summary>
    public long[] Integers(string name) => GraphIndex.Attribute(node, name) is { } found ? [.. found.Ints] : [];

    /// <summary>The whole numbers of an input that is a constant, or null where there is no such input.</summary>
    /// <exception cref="InputException">The input is computed.</exception>
    public long[]? Constants(int input)
    {
        if (input >= node.Input.Count || node.Input[input].Length == 0)
        {
            return null;
        }

        double[]? values = Index.Constant(node.Input[input]) is TensorProto tensor ? GraphIndex.Values(tensor) : null;
        return values is null ? throw Refused($"its input {input} is computed in the graph") : [.. values.Select(value => (long)value)];
    }

    /// <summary>A refusal that names the node.</summary>
    public InputException Refused(string why) => new($"The gradient of {UnsupportedNode.Words(node)} is not supported: {why}.");
}
