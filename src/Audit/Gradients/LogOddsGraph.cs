using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients;

/// <summary>Writes the log-odds of each class behind the values before a model's last sigmoid or softmax.</summary>
internal static class LogOddsGraph
{
    // exp of it is 0 in float and double, and it stays finite when added to a logit.
    private const double Never = -1e9;

    // The version of the default domain from which reductions take their axes as an input.
    private const long AxesAsInput = 18;

    /// <summary>Appends the nodes; the same numbers as <see cref="LogOdds.OfCut"/>.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="facts">What is known about the value.</param>
    /// <param name="value">The values at the cut.</param>
    /// <param name="form">How they become probabilities.</param>
    /// <param name="opset">The graph's version of the default domain.</param>
    /// <returns>The name of the log-odds, shape [N, classes].</returns>
    public static string Write(GraphProto graph, ValueFacts facts, string value, LogitForm form, long opset)
    {
        Tape tape = new(graph);
        int[] dims = facts.Dims(value);
        TensorProto.Types.DataType type = facts.Type(value);
        int width = dims.Skip(1).Aggregate(1, (product, size) => product * size);
        string flat = tape.Op("Flatten", [value], GraphBuilder.Attribute("axis", 1));
        switch (form)
        {
            case LogitForm.Independent:
                return flat;
            case LogitForm.Complement:
                return tape.Op("Concat", [tape.Op("Neg", [flat]), flat], GraphBuilder.Attribute("axis", 1));
            case LogitForm.NormalizedLogistic:
                flat = tape.Op("Neg", [tape.Op("Softplus", [tape.Op("Neg", [flat])])]);
                break;
            case LogitForm.Softmax:
            default:
                break;
        }

        if (width == 1)
        {
            return flat;
        }

        // l_k - ln Σ_{j≠k} exp(l_j): for each k a row of all l_j with the k-th made never.
        double[] mask = new double[width * width];
        for (int k = 0; k < width; k++)
        {
            mask[(k * width) + k] = Never;
        }

        string others = tape.Add(tape.Op("Unsqueeze", [flat, tape.Whole(1)]), tape.Floats(mask, type, width, width));
        string sum = opset < AxesAsInput
            ? tape.Op("ReduceLogSumExp", [others], GraphBuilder.Attribute("axes", [2L]), GraphBuilder.Attribute("keepdims", 0))
            : tape.Op("ReduceLogSumExp", [others, tape.Whole(2)], GraphBuilder.Attribute("keepdims", 0));
        return tape.Sub(flat, sum);
    }
}
