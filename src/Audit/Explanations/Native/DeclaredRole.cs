using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Explanations.Native;

/// <summary>What the graph says about the meaning of an output, without loading the model.</summary>
internal static class DeclaredRole
{
    /// <summary>Whether the output holds logits, so that the log-odds link leaves out their sigmoid or softmax.</summary>
    public static bool IsLogits(ModelProto model, string output)
    {
        ValueInfoProto? info = model.Graph.Output.FirstOrDefault(value => value.Name == output);
        if (info?.Type?.TensorType is not TypeProto.Types.Tensor tensor)
        {
            return false;
        }

        long?[] shape = [.. (tensor.Shape?.Dim ?? []).Select(dim => dim.DimValue > 0 ? dim.DimValue : (long?)null)];
        string type = (TensorProto.Types.DataType)tensor.ElemType == TensorProto.Types.DataType.Double ? "tensor(double)" : "tensor(float)";
        return new OutputRoles(model.Graph).Role(output, type, shape) == OutputRole.Logits;
    }
}
