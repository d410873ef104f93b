using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients.Rules;

/// <summary>Operators that take elements from places: the same operator on the places' numbers says where each came from.</summary>
internal static class SelectionRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["Slice"] = step => Select(step, "none");
        foreach (string op in (string[])["Gather", "GatherElements", "GatherND", "Tile"])
        {
            rules[op] = step => Select(step, "add");
        }

        rules["Pad"] = Pad;
    }

    /// <summary>Adds values up at places of a tensor of the shape of the first input.</summary>
    /// <param name="step">The node.</param>
    /// <param name="places">Places in the flat input.</param>
    /// <param name="values">One value a place.</param>
    /// <param name="reduction">"add" where a place may come twice, else "none".</param>
    public static string Scatter(BackwardStep step, string places, string values, string reduction)
    {
        Tape tape = step.Tape;
        string zeros = tape.ZerosOf(tape.Op("Reshape", [tape.Op("Size", [step.X]), tape.Whole(1)]), step.Type);
        string flat = tape.Op(
            "ScatterElements",
            [zeros, tape.Op("Reshape", [places, tape.Whole(-1)]), tape.Op("Reshape", [values, tape.Whole(-1)])],
            GraphBuilder.Attribute("axis", 0), GraphBuilder.Attribute("reduction", reduction));
        return tape.ReshapeLike(flat, step.X);
    }

    private static void Select(BackwardStep step, string reduction)
    {
        Tape tape = step.Tape;
        string numbers = tape.Op("Range", [tape.Scalar(0), tape.Op("Size", [step.X]), tape.Scalar(1)]);
        string places = tape.ReshapeLike(numbers, step.X);
        string taken = tape.Op(step.Node.OpType, [places, .. step.Node.Input.Skip(1)], [.. step.Node.Attribute]);
        step.Give(0, Scatter(step, taken, step.G, reduction));
    }

    // Padding with a constant is undone by padding with its negative.
    private static void Pad(BackwardStep step)
    {
        if (Inference.Graphs.GraphIndex.Text(step.Node, "mode") is string mode && mode is not ("constant" or ""))
        {
            Select(step, "add");
            return;
        }

        string back = step.Tape.Op("Neg", [step.Node.Input[1]]);
        string axes = step.Node.Input.Count > 3 ? step.Node.Input[3] : "";
        step.Give(0, step.Tape.Op("Pad", axes.Length > 0 ? [step.G, back, "", axes] : [step.G, back]));
    }
}
