using Google.Protobuf;
using Governance.Audit.Inference.Graphs;

namespace Governance.Tests;

/// <summary>Builds small ONNX models for tests, node by node.</summary>
internal sealed class GivenModel
{
    private readonly GraphProto graph = new() { Name = "given" };

    /// <summary>A logistic regression: p = σ(x·w + b), shape [N, 1], in one output "prob".</summary>
    public static byte[] Logistic(float[] weights, float bias) => new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, weights.Length)
        .Weights("w", [weights.Length, 1], weights)
        .Weights("b", [1], [bias])
        .Node("MatMul", ["x", "w"], ["xw"])
        .Node("Add", ["xw", "b"], ["z"])
        .Node("Sigmoid", ["z"], ["prob"])
        .Output("prob", TensorProto.Types.DataType.Float, null, 1)
        .Build();

    /// <summary>A binary linear classifier of ai.onnx.ml with label, and probabilities as a ZipMap of text keys.</summary>
    public static byte[] ZipMapped(float[] weights, float bias, string negative, string positive) => new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, weights.Length)
        .Node("LinearClassifier", ["x"], ["label", "scores"], "ai.onnx.ml",
            ("coefficients", (float[])[.. weights.Select(weight => -weight), .. weights]),
            ("intercepts", (float[])[-bias, bias]),
            ("classlabels_strings", (string[])[negative, positive]),
            ("multi_class", 0L),
            ("post_transform", "LOGISTIC"))
        .Node("ZipMap", ["scores"], ["probabilities"], "ai.onnx.ml", ("classlabels_strings", (string[])[negative, positive]))
        .Output("label", TensorProto.Types.DataType.String, (long?)null)
        .MapOutput("probabilities", TensorProto.Types.DataType.String)
        .Build();

    /// <summary>Adds an input; null is a free dimension.</summary>
    public GivenModel Input(string name, TensorProto.Types.DataType type, params long?[] dims)
    {
        graph.Input.Add(Value(name, type, dims));
        return this;
    }

    /// <summary>Adds an output; null is a free dimension.</summary>
    public GivenModel Output(string name, TensorProto.Types.DataType type, params long?[] dims)
    {
        graph.Output.Add(Value(name, type, dims));
        return this;
    }

    /// <summary>Adds an output that is a sequence of maps to floats.</summary>
    public GivenModel MapOutput(string name, TensorProto.Types.DataType key)
    {
        TypeProto value = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = new() } };
        TypeProto map = new() { MapType = new() { KeyType = (int)key, ValueType = value } };
        graph.Output.Add(new ValueInfoProto { Name = name, Type = new() { SequenceType = new() { ElemType = map } } });
        return this;
    }

    /// <summary>Adds an initializer of floats.</summary>
    public GivenModel Weights(string name, long[] dims, float[] values)
    {
        graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float, Dims = { dims }, FloatData = { values } });
        return this;
    }

    /// <summary>Adds an initializer of whole numbers.</summary>
    public GivenModel Weights(string name, long[] dims, long[] values)
    {
        graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { dims }, Int64Data = { values } });
        return this;
    }

    /// <summary>Adds a node. Attribute values: long, float, string, float[], long[], string[], TensorProto or GraphProto.</summary>
    public GivenModel Node(string op, string[] inputs, string[] outputs, string domain = "", params (string Name, object Value)[] attributes)
    {
        graph.Node.Add(new NodeProto
        {
            OpType = op,
            Domain = domain,
            Input = { inputs },
            Output = { outputs },
            Attribute = { attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)) },
        });
        return this;
    }

    /// <summary>The graph as a subgraph of another model.</summary>
    public GraphProto Graph => graph;

    /// <summary>The model as a file: IR version 8, opset 15 (ai.onnx) and 1 (ai.onnx.ml) unless others are named.</summary>
    public byte[] Build(long opset = 15, long learning = 1) => new ModelProto
    {
        IrVersion = 8,
        ProducerName = "governance-tests",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Version = opset }, new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = learning } },
    }.ToByteArray();

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, long?[] dims)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(dims.Select(size =>
            size is long known ? new TensorShapeProto.Types.Dimension { DimValue = known } : new TensorShapeProto.Types.Dimension { DimParam = "N" }));
        return new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        AttributeProto attribute = new() { Name = name };
        switch (value)
        {
            case long number:
                attribute.I = number;
                attribute.Type = AttributeProto.Types.AttributeType.Int;
                break;
            case float number:
                attribute.F = number;
                attribute.Type = AttributeProto.Types.AttributeType.Float;
                break;
            case string text:
                attribute.S = ByteString.CopyFromUtf8(text);
                attribute.Type = AttributeProto.Types.AttributeType.String;
                break;
            case float[] numbers:
                attribute.Floats.AddRange(numbers);
                attribute.Type = AttributeProto.Types.AttributeType.Floats;
                break;
            case long[] numbers:
                attribute.Ints.AddRange(numbers);
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                break;
            case string[] texts:
                attribute.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8));
                attribute.Type = AttributeProto.Types.AttributeType.Strings;
                break;
            case TensorProto tensor:
                attribute.T = tensor;
                attribute.Type = AttributeProto.Types.AttributeType.Tensor;
                break;
            case GraphProto subgraph:
                attribute.G = subgraph;
                attribute.Type = AttributeProto.Types.AttributeType.Graph;
                break;
            default:
                throw new ArgumentException($"No attribute of {value.GetType()}.", nameof(value));
        }

        return attribute;
    }
}
