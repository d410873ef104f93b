using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>Brings a graph to a version of the operators that the rules are written for.</summary>
/// <remarks>
/// From 13 on Softmax has one axis and Squeeze, Unsqueeze, ReduceSum and Split take theirs as inputs, which the rules
/// rely on. Between 13 and 17 no operator that has a rule changed its meaning, so a lower number is raised to 17, which
/// has ScatterElements with sums.
/// </remarks>
internal static class OpsetVersion
{
    private const long Least = 13;
    private const long Raised = 17;

    /// <summary>Raises the version where that changes nothing.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="refusal">Why it cannot be raised, one sentence; null where it could.</param>
    /// <returns>The version now.</returns>
    public static long Raise(ModelProto model, out string? refusal)
    {
        OperatorSetIdProto? opset = model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx");
        refusal = opset is null || opset.Version < Least
            ? $"Gradients need a model of opset {Least} or later; this one is of opset {opset?.Version ?? 1}."
            : model.Functions.Count > 0 ? $"Gradients cannot look into the model's own function '{model.Functions[0].Name}'." : null;
        if (refusal is not null)
        {
            return opset?.Version ?? 1;
        }

        opset!.Version = Math.Max(opset.Version, Raised);
        model.IrVersion = Math.Max(model.IrVersion, 8);
        return opset.Version;
    }
}
