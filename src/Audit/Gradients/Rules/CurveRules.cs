using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients.Rules;

/// <summary>Smooth functions of one element: G times the derivative.</summary>
internal static class CurveRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        Add(rules, "Sigmoid", step => step.Tape.Mul(step.Y, step.Tape.Sub(step.Number(1), step.Y)));
        Add(rules, "Tanh", step => step.Tape.Sub(step.Number(1), step.Tape.Mul(step.Y, step.Y)));
        Add(rules, "Exp", step => step.Y);
        Add(rules, "Log", step => step.Tape.Op("Reciprocal", [step.X]));
        Add(rules, "Sqrt", step => step.Tape.Div(step.Number(0.5), step.Y));
        Add(rules, "Reciprocal", step => step.Tape.Op("Neg", [step.Tape.Mul(step.Y, step.Y)]));
        Add(rules, "Sin", step => step.Tape.Op("Cos", [step.X]));
        Add(rules, "Cos", step => step.Tape.Op("Neg", [step.Tape.Op("Sin", [step.X])]));
        Add(rules, "Erf", step => step.Tape.Mul(step.Number(2 / Math.Sqrt(Math.PI)), step.Tape.Op("Exp", [step.Tape.Op("Neg", [step.Tape.Mul(step.X, step.X)])])));
        Add(rules, "Softplus", step => step.Tape.Op("Sigmoid", [step.X]));
        Add(rules, "Softsign", Softsign);
        Add(rules, "Mish", Mish);
        Add(rules, "Gelu", step => GraphIndex.Text(step.Node, "approximate") == "tanh" ? TanhGelu(step) : ErfGelu(step));
        rules["Neg"] = step => step.Give(0, step.Tape.Op("Neg", [step.G]));
        rules["Identity"] = step => step.Give(0, step.G);
        rules["Dropout"] = step => step.Give(0, step.G);
        rules["Cast"] = step => step.Give(0, step.Tape.Cast(step.G, step.Type));

        // Steps: no slope but at the jumps, where there is none at all.
        foreach (string flat in (string[])["Floor", "Ceil", "Round", "Sign"])
        {
            rules[flat] = step => step.Give(0, step.Tape.ZerosOf(step.Tape.Op("Shape", [step.X]), step.Type));
        }
    }

    private static void Add(Dictionary<string, GradientRule> rules, string op, Func<BackwardStep, string> derivative) =>
        rules[op] = step => step.Give(0, step.Tape.Mul(step.G, derivative(step)));

    private static string Softsign(BackwardStep step)
    {
        string rest = step.Tape.Add(step.Number(1), step.Tape.Op("Abs", [step.X]));
        return step.Tape.Op("Reciprocal", [step.Tape.Mul(rest, rest)]);
    }

    // x tanh(s), s = softplus(x): tanh(s) + x (1 - tanh²(s)) σ(x).
    private static string Mish(BackwardStep step)
    {
        Tape tape = step.Tape;
        string tanh = tape.Op("Tanh", [tape.Op("Softplus", [step.X])]);
        string rest = tape.Sub(step.Number(1), tape.Mul(tanh, tanh));
        return tape.Add(tanh, tape.Mul(step.X, tape.Mul(rest, tape.Op("Sigmoid", [step.X]))));
    }

    // Φ(x) + x φ(x).
    private static string ErfGelu(BackwardStep step)
    {
        Tape tape = step.Tape;
        string share = tape.Mul(step.Number(0.5), tape.Add(step.Number(1), tape.Op("Erf", [tape.Mul(step.X, step.Number(1 / Math.Sqrt(2)))])));
        string density = tape.Mul(step.Number(1 / Math.Sqrt(2 * Math.PI)), tape.Op("Exp", [tape.Mul(step.Number(-0.5), tape.Mul(step.X, step.X))]));
        return tape.Add(share, tape.Mul(step.X, density));
    }

    // ½ (1 + t) + ½ x (1 - t²) u′ with t = tanh(u), u = √(2/π) (x + 0.044715 x³).
    private static string TanhGelu(BackwardStep step)
    {
        Tape tape = step.Tape;
        double root = Math.Sqrt(2 / Math.PI);
        string square = tape.Mul(step.X, step.X);
        string inner = tape.Mul(step.Number(root), tape.Mul(step.X, tape.Add(step.Number(1), tape.Mul(step.Number(0.044715), square))));
        string tanh = tape.Op("Tanh", [inner]);
        string slope = tape.Mul(step.Number(root), tape.Add(step.Number(1), tape.Mul(step.Number(3 * 0.044715), square)));
        string curve = tape.Mul(tape.Mul(step.X, slope), tape.Sub(step.Number(1), tape.Mul(tanh, tanh)));
        return tape.Mul(step.Number(0.5), tape.Add(tape.Add(step.Number(1), tanh), curve));
    }
}
