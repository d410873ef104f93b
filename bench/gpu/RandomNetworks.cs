using System.Runtime.InteropServices;
using Google.Protobuf;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Bench.Gpu;

/// <summary>Networks of random weights (He et al. 2015), large enough that a device has something to do.</summary>
/// <remarks>What they answer means nothing; what it costs does.</remarks>
internal sealed class RandomNetworks
{
    private readonly GraphProto graph = new() { Name = "random" };
    private readonly Random random = new(1);
    private int count;

    private RandomNetworks(params int[] rowShape)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.AddRange(rowShape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } });
    }

    /// <summary>A perceptron: [N, width] to two hidden layers of that width to ten probabilities.</summary>
    public static byte[] Perceptron(int width)
    {
        RandomNetworks network = new(width);
        string value = network.Dense(network.Op("Relu", network.Dense("x", width, width)), width, width);
        return network.Build(network.Dense(network.Op("Relu", value), width, 10));
    }

    /// <summary>A residual network: [N, 3, side, side], stages of two blocks of twice the channels and half the side each, ten probabilities.</summary>
    /// <param name="side">Pixels a side; 224 as ResNet-18 (He et al. 2016) has it.</param>
    /// <param name="channels">Channels of the first stage; 64 as ResNet-18 has it.</param>
    /// <param name="stages">Stages; 4 as ResNet-18 has it.</param>
    public static byte[] Residual(int side, int channels, int stages)
    {
        RandomNetworks network = new(3, side, side);
        string value = network.Op("Relu", network.Convolve("x", 3, channels, 7, 2));
        value = network.Op(
            "MaxPool", [value], GraphBuilder.Attribute("kernel_shape", [3L, 3L]), GraphBuilder.Attribute("strides", [2L, 2L]), GraphBuilder.Attribute("pads", [1L, 1L, 1L, 1L]));
        int from = channels;
        for (int stage = 0; stage < stages; stage++)
        {
            int to = channels << stage;
            for (int block = 0; block < 2; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                string inner = network.Convolve(network.Op("Relu", network.Convolve(value, from, to, 3, stride)), to, to, 3, 1);
                string outer = from == to && stride == 1 ? value : network.Convolve(value, from, to, 1, stride);
                value = network.Op("Relu", network.Op("Add", inner, outer));
                from = to;
            }
        }

        value = network.Op("Flatten", network.Op("GlobalAveragePool", value));
        return network.Build(network.Dense(value, from, 10));
    }

    private string Dense(string value, int from, int to) => Op("Gemm", value, Weights([from, to], from), Weights([to], to));

    private string Convolve(string value, int from, int to, int side, int stride)
    {
        long pad = side / 2;
        return Op(
            "Conv", [value, Weights([to, from, side, side], from * side * side), Weights([to], to * 100)],
            GraphBuilder.Attribute("kernel_shape", [(long)side, side]), GraphBuilder.Attribute("strides", [(long)stride, stride]),
            GraphBuilder.Attribute("pads", [pad, pad, pad, pad]));
    }

    private string Weights(long[] dims, int fan)
    {
        float[] values = new float[dims.Aggregate(1L, (product, size) => product * size)];
        double scale = Math.Sqrt(6.0 / fan);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(scale * ((2 * random.NextDouble()) - 1));
        }

        TensorProto tensor = new() { Name = $"w{count++}", DataType = (int)DataType.Float, Dims = { dims }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Op(string op, params string[] inputs) => Op(op, inputs, []);

    private string Op(string op, string[] inputs, params AttributeProto[] attributes)
    {
        string name = $"v{count++}";
        graph.Node.Add(new NodeProto { OpType = op, Input = { inputs }, Output = { name }, Attribute = { attributes } });
        return name;
    }

    private byte[] Build(string logits)
    {
        graph.Node.Add(new NodeProto { OpType = "Softmax", Input = { logits }, Output = { "probabilities" }, Attribute = { GraphBuilder.Attribute("axis", 1) } });
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 10 });
        graph.Output.Add(new ValueInfoProto { Name = "probabilities", Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } });
        return new ModelProto { IrVersion = 8, ProducerName = "governance-bench", Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } }.ToByteArray();
    }
}
