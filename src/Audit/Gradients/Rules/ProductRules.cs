using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients.Rules;

/// <summary>Products of matrices.</summary>
internal static class ProductRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["MatMul"] = MatMul;
        rules["Gemm"] = Gemm;
    }

    // Y = A B: ∂A = G Bᵀ, ∂B = Aᵀ G; vectors are matrices of one row or column, and batches that were repeated are summed.
    private static void MatMul(BackwardStep step)
    {
        Tape tape = step.Tape;
        (string left, string right) = (step.X, step.Node.Input[1]);
        bool row = step.Facts.Rank(left) == 1;
        bool column = step.Facts.Rank(right) == 1;
        string a = row ? tape.Op("Unsqueeze", [left, tape.Whole(0)]) : left;
        string b = column ? tape.Op("Unsqueeze", [right, tape.Whole(1)]) : right;
        int[] dimsA = row ? [1, .. step.Facts.Dims(left)] : step.Facts.Dims(left);
        int[] dimsB = column ? [.. step.Facts.Dims(right), 1] : step.Facts.Dims(right);
        int[] batch = step.Facts.Dims(step.Y)[..^((row ? 0 : 1) + (column ? 0 : 1))];
        string g = step.G;
        g = column ? tape.Op("Unsqueeze", [g, tape.Whole(-1)]) : g;
        g = row ? tape.Op("Unsqueeze", [g, tape.Whole(-2)]) : g;
        if (step.Wants(0))
        {
            Give(step, 0, tape.Op("MatMul", [g, Transposed(tape, b, dimsB.Length)]), [.. batch, .. dimsA[^2..]], row ? 1 : 0);
        }

        if (step.Wants(1))
        {
            Give(step, 1, tape.Op("MatMul", [Transposed(tape, a, dimsA.Length), g]), [.. batch, .. dimsB[^2..]], column ? 2 : 0);
        }
    }

    // Sums the batch first where the operand was a vector, whose own axis of length one is then dropped.
    private static void Give(BackwardStep step, int input, string gradient, int[] dims, int vector)
    {
        if (vector == 0)
        {
            step.GiveReduced(input, gradient, dims);
            return;
        }

        long[] batch = [.. Enumerable.Range(0, dims.Length - 2).Select(axis => (long)axis)];
        step.Give(input, step.Tape.ReshapeLike(step.Tape.Sum(gradient, batch, keep: false), step.Node.Input[input]));
    }

    private static string Transposed(Tape tape, string matrix, int rank)
    {
        long[] order = [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return tape.Op("Transpose", [matrix], GraphBuilder.Attribute("perm", order));
    }

    // Y = α A′ B′ + β C, where ′ may transpose.
    private static void Gemm(BackwardStep step)
    {
        Tape tape = step.Tape;
        double alpha = step.Number("alpha", 1);
        bool first = step.Integer("transA", 0) != 0;
        bool second = step.Integer("transB", 0) != 0;
        (string a, string b) = (step.X, step.Node.Input[1]);
        if (step.Wants(0))
        {
            step.Give(0, first ? Product(tape, b, second, step.G, true, alpha) : Product(tape, step.G, false, b, !second, alpha));
        }

        if (step.Wants(1))
        {
            step.Give(1, second ? Product(tape, step.G, true, a, first, alpha) : Product(tape, a, !first, step.G, false, alpha));
        }

        if (step.Wants(2))
        {
            step.GiveReduced(2, tape.Mul(step.G, step.Number(step.Number("beta", 1))));
        }
    }

    private static string Product(Tape tape, string left, bool transLeft, string right, bool transRight, double alpha) =>
        tape.Op("Gemm", [left, right],
            new Inference.Graphs.AttributeProto { Name = "alpha", F = (float)alpha, Type = Inference.Graphs.AttributeProto.Types.AttributeType.Float },
            GraphBuilder.Attribute("transA", transLeft ? 1 : 0),
            GraphBuilder.Attribute("transB", transRight ? 1 : 0));
}
