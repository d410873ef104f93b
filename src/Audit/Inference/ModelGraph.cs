using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>A model file whose graph is parsed when somebody looks at it.</summary>
public sealed class ModelGraph
{
    private readonly Lazy<ModelProto> model;

    /// <summary>Keeps a file.</summary>
    /// <param name="file">The ONNX file, as it came. Not copied.</param>
    public ModelGraph(byte[] file)
    {
        File = file;
        model = new Lazy<ModelProto>(() => ModelFile.Parse(file));
    }

    /// <summary>The ONNX file.</summary>
    public ReadOnlyMemory<byte> File { get; }

    /// <summary>The parsed messages, shared: not to be changed.</summary>
    /// <exception cref="InputException">The bytes are no model in one file.</exception>
    internal ModelProto Model => model.Value;
}
