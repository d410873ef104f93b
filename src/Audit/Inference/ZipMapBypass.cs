using Google.Protobuf;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>
/// A model rewritten so that outputs made by ZipMap come as the tensors behind it: the same numbers, without the cost
/// of building a map a row.
/// </summary>
/// <param name="Model">The rewritten ONNX file.</param>
/// <param name="Outputs">The name of the original output by the name of the tensor that now stands for it.</param>
internal sealed record ZipMapBypass(byte[] Model, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>Rewrites a model, or gives null where no output is made by ZipMap.</summary>
    public static ZipMapBypass? Find(ModelProto model)
    {
        GraphIndex index = new(model.Graph);
        HashSet<string> taken = [.. model.Graph.Output.Concat(model.Graph.Input).Select(value => value.Name)];
        Dictionary<string, string> outputs = new(StringComparer.Ordinal);
        ModelProto? copy = null;
        for (int i = 0; i < model.Graph.Output.Count; i++)
        {
            string name = model.Graph.Output[i].Name;
            if (index.Producer(name) is { OpType: "ZipMap" } map && index.Producer(map.Input[0]) is not null && taken.Add(map.Input[0]))
            {
                copy ??= model.Clone();
                copy.Graph.Output[i] = new ValueInfoProto { Name = map.Input[0] };
                copy.Graph.Node.Remove(copy.Graph.Node.First(node => node.Output.Contains(name)));
                outputs.Add(map.Input[0], name);
            }
        }

        return copy is null ? null : new ZipMapBypass(copy.ToByteArray(), outputs);
    }
}
