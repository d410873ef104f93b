using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>Reads the bytes of an ONNX file into its messages and refuses what no runtime should see.</summary>
internal static class ModelFile
{
    /// <summary>Parses a model.</summary>
    /// <exception cref="InputException">
    /// The bytes are empty, no ONNX model, without a graph, or weights lie outside the file.
    /// </exception>
    public static ModelProto Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new InputException("The model file is empty.");
        }

        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new InputException("The file is no ONNX model: it does not parse as one.", fault);
        }

        if (model.Graph is null || (model.Graph.Node.Count == 0 && model.Graph.Output.Count == 0))
        {
            throw new InputException("The file is no ONNX model: it holds no graph.");
        }

        RefuseExternalData(model.Graph);
        foreach (FunctionProto function in model.Functions)
        {
            RefuseExternalData(function.Node);
        }

        return model;
    }

    private static void RefuseExternalData(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            Refuse(tensor);
        }

        foreach (SparseTensorProto sparse in graph.SparseInitializer)
        {
            Refuse(sparse.Values);
            Refuse(sparse.Indices);
        }

        RefuseExternalData(graph.Node);
    }

    private static void RefuseExternalData(IEnumerable<NodeProto> nodes)
    {
        foreach (AttributeProto attribute in nodes.SelectMany(node => node.Attribute))
        {
            Refuse(attribute.T);
            foreach (TensorProto tensor in attribute.Tensors)
            {
                Refuse(tensor);
            }

            foreach (GraphProto graph in attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
            {
                RefuseExternalData(graph);
            }
        }
    }

    private static void Refuse(TensorProto? tensor)
    {
        if (tensor is not null && (tensor.DataLocation == TensorProto.Types.DataLocation.External || tensor.ExternalData.Count > 0))
        {
            throw new InputException(
                $"The weights '{tensor.Name}' lie outside the model file (external data); only models in one file are accepted.");
        }
    }
}
