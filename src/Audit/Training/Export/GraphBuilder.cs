using Google.Protobuf;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Training.Export;

/// <summary>Writes a small ONNX graph, node by node.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto graph = new() { Name = "governance" };

    /// <summary>Adds an initializer of floats.</summary>
    public GraphBuilder Floats(string name, float[] values, params long[] dims)
    {
        graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)DataType.Float, Dims = { dims }, FloatData = { values } });
        return this;
    }

    /// <summary>Adds an initializer of whole numbers.</summary>
    public GraphBuilder Whole(string name, long[] values, params long[] dims)
    {
        graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)DataType.Int64, Dims = { dims }, Int64Data = { values } });
        return this;
    }

    /// <summary>Adds a text initializer of one dimension.</summary>
    public GraphBuilder Texts(string name, IReadOnlyList<string> values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.String, Dims = { values.Count } };
        tensor.StringData.AddRange(values.Select(ByteString.CopyFromUtf8));
        graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds a node.</summary>
    public GraphBuilder Node(string op, string[] inputs, string output, params AttributeProto[] attributes) =>
        Node(op, "", inputs, output, attributes);

    /// <summary>Adds a node of another domain.</summary>
    public GraphBuilder Node(string op, string domain, string[] inputs, string output, params AttributeProto[] attributes)
    {
        graph.Node.Add(new NodeProto { OpType = op, Domain = domain, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return this;
    }

    /// <summary>Adds the input, shape [N, columns].</summary>
    public GraphBuilder Input(string name, int columns)
    {
        graph.Input.Add(Value(name, DataType.Float, columns));
        return this;
    }

    /// <summary>Adds an output, shape [N, columns], or [N] where <paramref name="columns"/> is null.</summary>
    public GraphBuilder Output(string name, DataType type, int? columns)
    {
        graph.Output.Add(Value(name, type, columns));
        return this;
    }

    /// <summary>The file: IR version 8, opset 15 of ai.onnx and 3 of ai.onnx.ml.</summary>
    public byte[] Build() => new ModelProto
    {
        IrVersion = 8,
        ProducerName = "governance",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Version = 15 }, new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 } },
    }.ToByteArray();

    /// <summary>A whole-number attribute.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A text attribute.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>A list of whole numbers.</summary>
    public static AttributeProto Attribute(string name, IEnumerable<long> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>A list of floats.</summary>
    public static AttributeProto Attribute(string name, IEnumerable<float> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { values } };

    /// <summary>A list of texts.</summary>
    public static AttributeProto Attribute(string name, IEnumerable<string> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    private static ValueInfoProto Value(string name, DataType type, int? columns)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        if (columns is int width)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = width });
        }

        return new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }
}
