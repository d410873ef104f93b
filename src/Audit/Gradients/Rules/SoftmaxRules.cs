namespace Governance.Audit.Gradients.Rules;

/// <summary>Softmax and its logarithm along one axis (opset 13 and later).</summary>
internal static class SoftmaxRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        // y (g - Σ g y).
        rules["Softmax"] = step => step.Give(0, step.Tape.Mul(
            step.Y, step.Tape.Sub(step.G, step.Tape.Sum(step.Tape.Mul(step.G, step.Y), Axis(step), keep: true))));

        // g - exp(y) Σ g.
        rules["LogSoftmax"] = step => step.Give(0, step.Tape.Sub(
            step.G, step.Tape.Mul(step.Tape.Op("Exp", [step.Y]), step.Tape.Sum(step.G, Axis(step), keep: true))));
    }

    private static long[] Axis(BackwardStep step) => [step.Integer("axis", -1)];
}
