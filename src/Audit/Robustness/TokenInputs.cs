using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Robustness;

/// <summary>Finds the inputs that hold tokens: whole numbers with which the graph looks rows of a table up.</summary>
public static class TokenInputs
{
    private static readonly string[] Passing = ["Cast", "Identity", "Reshape", "Unsqueeze", "Squeeze", "Flatten", "Transpose", "Clip"];

    /// <summary>The names of such inputs, and of inputs of several texts a row.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="signature">What it takes.</param>
    /// <exception cref="InputException">The bytes are no ONNX model.</exception>
    public static IReadOnlyCollection<string> Find(ReadOnlySpan<byte> model, ModelSignature signature)
    {
        GraphProto graph = ModelFile.Parse(model).Graph;
        GraphIndex index = new(graph);
        HashSet<string> wide = [.. signature.Inputs.Where(input => input.Width is > 1 or -1).Select(input => input.Name)];
        HashSet<string> found = [.. signature.Inputs.Where(input => input.Kind == TensorKind.Text && wide.Contains(input.Name)).Select(input => input.Name)];
        foreach (NodeProto node in graph.Node)
        {
            // Embedding tables have a row a token and a column a dimension.
            bool looksUp = node is { OpType: "Gather", Input.Count: 2 } && index.Constant(node.Input[0]) is { Dims.Count: 2 };
            if ((looksUp || node.OpType == "EmbedLayerNormalization") && Source(index, node.Input[looksUp ? 1 : 0]) is string input && wide.Contains(input))
            {
                found.Add(input);
            }
        }

        return found;
    }

    // Follows a value up to the input that it is a copy of.
    private static string? Source(GraphIndex index, string value)
    {
        while (index.Producer(value) is NodeProto node)
        {
            if (!Passing.Contains(node.OpType) || node.Input.Count == 0)
            {
                return null;
            }

            value = node.Input[0];
        }

        return value;
    }
}
