using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Governance.Audit.Variants;

/// <summary>Finds out which values of a graph are 32-bit floats, as the runtime infers it.</summary>
internal static class ValueTypes
{
    /// <summary>The names of float tensors among inputs and outputs of nodes of the main graph.</summary>
    /// <exception cref="InputException">The runtime refuses the model.</exception>
    public static HashSet<string> Floats(ModelProto model, CancellationToken cancellationToken)
    {
        ModelProto open = model.Clone();
        string[] made = [.. open.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0).Distinct()];
        open.Graph.Output.Clear();
        open.Graph.Output.AddRange(made.Select(name => new ValueInfoProto { Name = name }));
        using OnnxSession session = new(open.ToByteArray(), "cpu", cancellationToken);
        return [.. made.Where(name => IsFloat(session.Output(name))), .. session.InputNames.Where(name => IsFloat(session.Input(name)))];
    }

    private static bool IsFloat(NodeMetadata value) => value.IsTensor && value.ElementDataType == TensorElementType.Float;
}
