using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>Says which node stands in the way of gradients.</summary>
internal static class UnsupportedNode
{
    /// <summary>"the operator 'X' (node 'y')"; where the node has no name, its output stands for it.</summary>
    public static string Words(NodeProto node)
    {
        string domain = node.Domain is "" or "ai.onnx" ? "" : $"{node.Domain}.";
        string name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";
        return $"the operator '{domain}{node.OpType}' (node '{name}')";
    }
}
