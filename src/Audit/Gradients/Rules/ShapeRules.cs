using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients.Rules;

/// <summary>Operators that only move elements to other places.</summary>
internal static class ShapeRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        foreach (string op in (string[])["Reshape", "Flatten", "Squeeze", "Unsqueeze"])
        {
            rules[op] = step => step.Give(0, step.Tape.ReshapeLike(step.G, step.X));
        }

        rules["Transpose"] = Transpose;
        rules["Concat"] = Concat;
        rules["Split"] = Split;
        rules["Expand"] = step => step.GiveReduced(0, step.G);
    }

    private static void Transpose(BackwardStep step)
    {
        int rank = step.Facts.Rank(step.X);
        long[] order = step.Integers("perm") is { Length: > 0 } given ? given : [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)];
        long[] back = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            back[order[axis]] = axis;
        }

        step.Give(0, step.Tape.Op("Transpose", [step.G], GraphBuilder.Attribute("perm", back)));
    }

    private static void Concat(BackwardStep step)
    {
        Tape tape = step.Tape;
        long axis = Axis(step, step.Y);
        string[] lengths = [.. step.Node.Input.Select(input => tape.Op("Gather", [tape.Op("Shape", [input]), tape.Whole(axis)]))];
        string sizes = tape.Op("Concat", lengths, GraphBuilder.Attribute("axis", 0));
        string[] parts = tape.Ops("Split", [step.G, sizes], lengths.Length, GraphBuilder.Attribute("axis", axis));
        for (int input = 0; input < parts.Length; input++)
        {
            step.Give(input, parts[input]);
        }
    }

    private static void Split(BackwardStep step)
    {
        string[] parts = [.. Enumerable.Range(0, step.Node.Output.Count).Select(output => step.Cotangent(output)
            ?? step.Tape.ZerosOf(step.Tape.Op("Shape", [step.NeedOutput(output)]), step.Type))];
        step.Give(0, step.Tape.Op("Concat", parts, GraphBuilder.Attribute("axis", Axis(step, step.X))));
    }

    private static long Axis(BackwardStep step, string value)
    {
        long axis = step.Integer("axis", 0);
        return axis < 0 ? axis + step.Facts.Rank(value) : axis;
    }
}
