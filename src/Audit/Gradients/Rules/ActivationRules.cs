namespace Governance.Audit.Gradients.Rules;

/// <summary>Functions of one element that are made of pieces: each marks the pieces that its elements are on.</summary>
internal static class ActivationRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["Relu"] = step => step.Give(0, step.Only(Above(step, 0), step.G));
        rules["LeakyRelu"] = step => step.Give(0, Pieces(step, step.G, Scaled(step, step.Number("alpha", 0.01))));
        rules["ThresholdedRelu"] = step => step.Give(0, step.Only(Above(step, step.Number("alpha", 1)), step.G));
        rules["Elu"] = step => step.Give(0, Pieces(step, step.G, step.Tape.Mul(step.G, Exponential(step, step.Number("alpha", 1), 1))));
        rules["Celu"] = step => step.Give(0, Pieces(step, step.G, step.Tape.Mul(step.G, Exponential(step, 1, step.Number("alpha", 1)))));
        rules["Selu"] = Selu;
        rules["PRelu"] = ParametricRelu;
        rules["HardSigmoid"] = step => step.Give(0, Inside(step, 0, 1, Scaled(step, step.Number("alpha", 0.2))));
        rules["HardSwish"] = HardSwish;
        rules["Clip"] = Clip;
        rules["Abs"] = step => step.Give(0, Pieces(step, step.G, step.Tape.Op("Neg", [step.G])));
    }

    // True where x > bound; the pattern is marked.
    private static string Above(BackwardStep step, double bound)
    {
        string above = step.Tape.Op("Greater", [step.X, step.Number(bound)]);
        step.Mark(above, step.X);
        return above;
    }

    private static string Pieces(BackwardStep step, string positive, string negative) =>
        step.Tape.Op("Where", [Above(step, 0), positive, negative]);

    private static string Scaled(BackwardStep step, double factor) => step.Tape.Mul(step.G, step.Number(factor));

    // factor · exp(x / scale), of the negative part alone: the other side of Where would overflow to infinity times zero.
    private static string Exponential(BackwardStep step, double factor, double scale)
    {
        string negative = step.Tape.Op("Min", [step.X, step.Number(0)]);
        return step.Tape.Mul(step.Number(factor), step.Tape.Op("Exp", [step.Tape.Div(negative, step.Number(scale))]));
    }

    private static void Selu(BackwardStep step)
    {
        double alpha = step.Number("alpha", 1.67326319217681884765625);
        double gamma = step.Number("gamma", 1.05070102214813232421875);
        step.Give(0, Pieces(step, Scaled(step, gamma), step.Tape.Mul(step.G, Exponential(step, gamma * alpha, 1))));
    }

    private static void ParametricRelu(BackwardStep step)
    {
        string slope = step.Node.Input[1];
        string above = Above(step, 0);
        step.Give(0, step.Tape.Op("Where", [above, step.G, step.Tape.Mul(step.G, slope)]));
        if (step.Wants(1))
        {
            step.GiveReduced(1, step.Tape.Op("Where", [above, step.Number(0), step.Tape.Mul(step.G, step.X)]));
        }
    }

    // Where the output lies strictly between two bounds.
    private static string Inside(BackwardStep step, double low, double high, string gradient)
    {
        string above = step.Tape.Op("Greater", [step.Y, step.Number(low)]);
        string below = step.Tape.Op("Less", [step.Y, step.Number(high)]);
        step.Mark(above, step.Y);
        step.Mark(below, step.Y);
        return step.Only(step.Tape.Op("And", [above, below]), gradient);
    }

    // x · max(0, min(1, x/6 + 1/2)): slope 0, (2x + 3)/6, 1.
    private static void HardSwish(BackwardStep step)
    {
        Tape tape = step.Tape;
        string low = Above(step, -3);
        string high = Above(step, 3);
        string middle = tape.Mul(step.G, tape.Div(tape.Add(tape.Mul(step.X, step.Number(2)), step.Number(3)), step.Number(6)));
        step.Give(0, step.Only(low, tape.Op("Where", [high, step.G, middle])));
    }

    // At the bounds themselves the identity's slope counts, as in training frameworks.
    private static void Clip(BackwardStep step)
    {
        string kept = step.Tape.Op("Equal", [step.X, step.Y]);
        step.Mark(kept, step.X);
        step.Give(0, step.Only(kept, step.G));
    }
}
