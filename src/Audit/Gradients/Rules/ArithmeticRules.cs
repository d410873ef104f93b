namespace Governance.Audit.Gradients.Rules;

/// <summary>Arithmetic of two or more tensors with broadcasting: what was repeated is summed.</summary>
internal static class ArithmeticRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["Add"] = step => Each(step, _ => step.G);
        rules["Sum"] = rules["Add"];
        rules["Mean"] = step => Each(step, _ => step.Tape.Div(step.G, step.Number(step.Node.Input.Count)));
        rules["Sub"] = step => Each(step, input => input == 0 ? step.G : step.Tape.Op("Neg", [step.G]));
        rules["Mul"] = step => Each(step, input => step.Tape.Mul(step.G, step.Node.Input[1 - input]));
        rules["Div"] = step => Each(step, input => input == 0
            ? step.Tape.Div(step.G, step.Node.Input[1])
            : step.Tape.Op("Neg", [step.Tape.Div(step.Tape.Mul(step.G, step.Y), step.Node.Input[1])]));
        rules["Pow"] = Power;
        rules["Where"] = Where;
        rules["Max"] = Extreme;
        rules["Min"] = Extreme;
    }

    private static void Each(BackwardStep step, Func<int, string> gradient)
    {
        for (int input = 0; input < step.Node.Input.Count; input++)
        {
            if (step.Wants(input))
            {
                step.GiveReduced(input, gradient(input));
            }
        }
    }

    private static void Power(BackwardStep step)
    {
        Tape tape = step.Tape;
        string exponent = step.Node.Input[1];
        if (step.Wants(0))
        {
            string power = step.Facts.Type(exponent) == step.Type ? exponent : tape.Cast(exponent, step.Type);
            string slope = tape.Mul(power, tape.Op("Pow", [step.X, tape.Sub(power, step.Number(1))]));
            step.GiveReduced(0, tape.Mul(step.G, slope));
        }

        if (step.Wants(1))
        {
            step.GiveReduced(1, tape.Cast(tape.Mul(tape.Mul(step.G, step.Y), tape.Op("Log", [step.X])), step.Facts.Type(exponent)));
        }
    }

    private static void Where(BackwardStep step)
    {
        string zero = step.Tape.Number(0, step.Facts.Type(step.Y));
        if (step.Wants(1))
        {
            step.GiveReduced(1, step.Tape.Op("Where", [step.X, step.G, zero]));
        }

        if (step.Wants(2))
        {
            step.GiveReduced(2, step.Tape.Op("Where", [step.X, zero, step.G]));
        }

        step.Mark(step.Tape.ExpandLike(step.X, step.Y), step.Y);
    }

    // Inputs that tie share the gradient.
    private static void Extreme(BackwardStep step)
    {
        Tape tape = step.Tape;
        string[] same = [.. step.Node.Input.Select(input => tape.Op("Equal", [input, step.Y]))];
        string[] shares = [.. same.Select(mask => tape.Cast(mask, step.Type))];
        string count = shares.Length == 1 ? shares[0] : tape.Op("Sum", shares);
        for (int input = 0; input < same.Length; input++)
        {
            step.Mark(same[input], step.Y);
        }

        Each(step, input => tape.Mul(step.G, tape.Div(shares[input], count)));
    }
}
