using Google.Protobuf;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>How the values at a cut become the probabilities of the model's output.</summary>
internal enum LogitForm
{
    /// <summary>Each column through the logistic function on its own.</summary>
    Independent,

    /// <summary>A row through the softmax.</summary>
    Softmax,

    /// <summary>Each column through the logistic function, then the row divided by its sum.</summary>
    NormalizedLogistic,

    /// <summary>One column z; the output has the two columns 1 - σ(z) and σ(z).</summary>
    Complement,
}

/// <summary>
/// A model rewritten so that it gives the values before its last sigmoid or softmax in place of its outputs.
/// </summary>
/// <param name="Model">The rewritten ONNX file.</param>
/// <param name="Output">The name of its only output.</param>
/// <param name="Form">How its values become the probabilities.</param>
internal sealed record LogitCut(byte[] Model, string Output, LogitForm Form)
{
    private static readonly HashSet<string> PassThrough =
        ["Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Dropout", "ZipMap"];

    /// <summary>Cuts a model where the path to an output ends in Sigmoid, Softmax or a classifier's post transform.</summary>
    /// <returns>Null where it does not.</returns>
    public static LogitCut? Find(byte[] model, string output)
    {
        ModelProto copy = ModelFile.Parse(model);
        GraphIndex index = new(copy.Graph);
        bool normalized = false;
        NodeProto? node = index.Producer(output);
        string value = output;
        for (int steps = 0; node is not null && steps < copy.Graph.Node.Count; steps++)
        {
            bool normalizer = node.OpType == "Normalizer" && GraphIndex.Text(node, "norm") == "L1";
            if (!normalizer && !PassThrough.Contains(node.OpType))
            {
                break;
            }

            normalized |= normalizer;
            value = node.Input[0];
            node = index.Producer(value);
        }

        return node is null ? null : At(copy, index, node, value, normalized);
    }

    private static LogitCut? At(ModelProto model, GraphIndex index, NodeProto node, string value, bool normalized)
    {
        switch (node.OpType)
        {
            case "Sigmoid":
                return Cut(model, node.Input[0], normalized ? LogitForm.NormalizedLogistic : LogitForm.Independent);
            case "Softmax":
                return Cut(model, node.Input[0], LogitForm.Softmax);
            case "Concat" when !normalized && Complemented(index, node) is string logit:
                return Cut(model, logit, LogitForm.Complement);
            case "TreeEnsembleClassifier" or "LinearClassifier" when node.Output.Count > 1 && node.Output[1] == value:
                AttributeProto? transform = GraphIndex.Attribute(node, "post_transform");
                LogitForm? form = transform?.S.ToStringUtf8() switch
                {
                    "LOGISTIC" => normalized ? LogitForm.NormalizedLogistic : LogitForm.Independent,
                    "SOFTMAX" => LogitForm.Softmax,
                    _ => null,
                };
                if (form is null)
                {
                    return null;
                }

                transform!.S = ByteString.CopyFromUtf8("NONE");
                return Cut(model, value, form.Value);
            default:
                return null;
        }
    }

    // Concat(1 - s, s) with s = Sigmoid(z), as converters write a network's two class probabilities.
    private static string? Complemented(GraphIndex index, NodeProto concat)
    {
        if (concat.Input.Count != 2 || index.Producer(concat.Input[0]) is not { OpType: "Sub" } rest
            || rest.Input[1] != concat.Input[1] || index.Constant(rest.Input[0]) is not TensorProto one
            || GraphIndex.Numbers(one) is not [1.0])
        {
            return null;
        }

        return index.Producer(concat.Input[1]) is { OpType: "Sigmoid" } sigmoid ? sigmoid.Input[0] : null;
    }

    private static LogitCut Cut(ModelProto model, string value, LogitForm form)
    {
        model.Graph.Output.Clear();
        model.Graph.Output.Add(new ValueInfoProto { Name = value });
        return new LogitCut(model.ToByteArray(), value, form);
    }
}
