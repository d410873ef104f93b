namespace Governance.Audit.Gradients.Rules;

/// <summary>Sums, means, maxima and norms over axes.</summary>
internal static class ReductionRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        Add(rules, "ReduceSum", (step, g, _, _) => step.Tape.ExpandLike(g, step.X));
        Add(rules, "ReduceMean", (step, g, _, axes) => step.Tape.ExpandLike(step.Tape.Div(g, step.Number(Size(step, axes))), step.X));
        Add(rules, "ReduceSumSquare", (step, g, _, _) => step.Tape.Mul(g, step.Tape.Mul(step.Number(2), step.X)));
        Add(rules, "ReduceL1", (step, g, _, _) => step.Tape.Mul(g, step.Tape.Op("Sign", [step.X])));
        Add(rules, "ReduceL2", (step, g, y, _) => step.Tape.Mul(g, step.Tape.Div(step.X, y)));
        Add(rules, "ReduceLogSum", (step, g, y, _) => step.Tape.ExpandLike(step.Tape.Div(g, step.Tape.Op("Exp", [y])), step.X));
        Add(rules, "ReduceLogSumExp", (step, g, y, _) => step.Tape.Mul(g, step.Tape.Op("Exp", [step.Tape.Sub(step.X, y)])));
        Add(rules, "ReduceMax", SharedByTies);
        Add(rules, "ReduceMin", SharedByTies);
    }

    /// <summary>The gradient of an extreme over axes, shared by the elements that reach it.</summary>
    /// <param name="step">The node.</param>
    /// <param name="g">The cotangent, axes kept.</param>
    /// <param name="y">The extremes, axes kept.</param>
    /// <param name="axes">The axes.</param>
    public static string SharedByTies(BackwardStep step, string g, string y, long[] axes)
    {
        string same = step.Tape.Op("Equal", [step.X, y]);
        step.Mark(same, step.X);
        string share = step.Tape.Cast(same, step.Type);
        return step.Tape.Mul(g, step.Tape.Div(share, step.Tape.Sum(share, axes, keep: true)));
    }

    private static void Add(
        Dictionary<string, GradientRule> rules, string op, Func<BackwardStep, string, string, long[], string> gradient) =>
        rules[op] = step =>
        {
            int rank = step.Facts.Rank(step.X);
            long[] given = step.Constants(1) ?? step.Integers("axes");
            if (given.Length == 0 && step.Integer("noop_with_empty_axes", 0) != 0)
            {
                step.Give(0, step.G);
                return;
            }

            long[] axes = given.Length == 0
                ? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)]
                : [.. given.Select(axis => axis < 0 ? axis + rank : axis)];
            bool kept = step.Integer("keepdims", 1) != 0;
            string Kept(string value) => kept ? value : step.Tape.Op("Unsqueeze", [value, step.Tape.Whole(axes)]);
            step.Give(0, gradient(step, Kept(step.G), Kept(step.Y), axes));
        };

    private static double Size(BackwardStep step, long[] axes)
    {
        int[] dims = step.Facts.Dims(step.X);
        return axes.Any(axis => dims[axis] == ValueFacts.Free)
            ? throw step.Refused("it takes the mean over the rows")
            : axes.Aggregate(1.0, (product, axis) => product * dims[axis]);
    }
}
