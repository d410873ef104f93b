namespace Governance.Audit.Gradients.Rules;

/// <summary>Normalisations by fixed or by a row's own mean and variance.</summary>
internal static class NormalizationRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["BatchNormalization"] = Batch;
        rules["LayerNormalization"] = Layer;
        rules["InstanceNormalization"] = Instance;
    }

    // As at inference: Y = scale (X - mean) / √(var + ε) + bias with constants of the channel.
    private static void Batch(BackwardStep step)
    {
        if (step.Integer("training_mode", 0) != 0 || Enumerable.Range(1, 4).Any(step.Wants))
        {
            throw step.Refused("its statistics depend on the rows");
        }

        Tape tape = step.Tape;
        string spread = tape.Op("Sqrt", [tape.Add(step.Node.Input[4], step.Number(step.Number("epsilon", 1e-5)))]);
        string factor = tape.Div(step.Node.Input[1], spread);
        step.Give(0, tape.Mul(step.G, tape.Op("Reshape", [factor, ByChannel(step)])));
    }

    private static void Layer(BackwardStep step)
    {
        int rank = step.Facts.Rank(step.X);
        int axis = (int)step.Integer("axis", -1);
        long[] axes = [.. Enumerable.Range(axis < 0 ? axis + rank : axis, rank - (axis < 0 ? axis + rank : axis)).Select(i => (long)i)];
        string normal = Normal(step, axes, step.Tape.Mul(step.G, step.Node.Input[1]));
        step.GiveReduced(1, step.Tape.Mul(step.G, normal));
        step.GiveReduced(2, step.G);
    }

    private static void Instance(BackwardStep step)
    {
        if (step.Wants(1) || step.Wants(2))
        {
            throw step.Refused("its scale depends on the inputs");
        }

        long[] axes = [.. Enumerable.Range(2, step.Facts.Rank(step.X) - 2).Select(i => (long)i)];
        string scale = step.Tape.Op("Reshape", [step.Node.Input[1], ByChannel(step)]);
        Normal(step, axes, step.Tape.Mul(step.G, scale));
    }

    // x̂ = (x - μ)/σ over some axes of n elements: ∂x = (h - Σh/n - x̂ Σ(h x̂)/n)/σ for the cotangent h of x̂.
    private static string Normal(BackwardStep step, long[] axes, string h)
    {
        Tape tape = step.Tape;
        int[] dims = step.Facts.Dims(step.X);
        if (axes.Any(axis => dims[axis] == ValueFacts.Free))
        {
            throw step.Refused("it normalises over the rows");
        }

        string size = step.Number(axes.Aggregate(1.0, (product, axis) => product * dims[axis]));
        string Mean(string value) => tape.Div(tape.Sum(value, axes, keep: true), size);
        string centred = tape.Sub(step.X, Mean(step.X));
        string deviation = tape.Op("Sqrt", [tape.Add(Mean(tape.Mul(centred, centred)), step.Number(step.Number("epsilon", 1e-5)))]);
        string normal = tape.Div(centred, deviation);
        string turned = tape.Sub(tape.Sub(h, Mean(h)), tape.Mul(normal, Mean(tape.Mul(h, normal))));
        step.Give(0, tape.Div(turned, deviation));
        return normal;
    }

    private static string ByChannel(BackwardStep step) =>
        step.Tape.Whole([1, -1, .. Enumerable.Repeat(1L, Math.Max(step.Facts.Rank(step.X) - 2, 0))]);
}
