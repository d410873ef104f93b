using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Gradients;

/// <summary>Appends nodes and constants to a graph under names that nothing else in it bears.</summary>
internal sealed class Tape
{
    private readonly GraphProto graph;
    private readonly string prefix;
    private readonly Dictionary<string, string> constants = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Writes behind the nodes that a graph has.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="prefix">What new names begin with; made longer where the graph has such names.</param>
    public Tape(GraphProto graph, string prefix = "gradient/")
    {
        this.graph = graph;
        this.prefix = prefix;
        string[] taken = [.. graph.Node.SelectMany(node => node.Output), .. graph.Input.Select(input => input.Name), .. graph.Initializer.Select(tensor => tensor.Name)];
        while (taken.Any(name => name.StartsWith(this.prefix, StringComparison.Ordinal)))
        {
            this.prefix += "'";
        }
    }

    /// <summary>A name of its own.</summary>
    public string Name() => $"{prefix}{count++}";

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The output's name.</returns>
    public string Op(string op, string[] inputs, params AttributeProto[] attributes) => Ops(op, inputs, 1, attributes)[0];

    /// <summary>Adds a node whose output has a name already.</summary>
    public void As(string op, string[] inputs, string output) => graph.Node.Add(new NodeProto { OpType = op, Input = { inputs }, Output = { output } });

    /// <summary>Adds a node with several outputs.</summary>
    /// <returns>The outputs' names.</returns>
    public string[] Ops(string op, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => Name())];
        graph.Node.Add(new NodeProto { OpType = op, Input = { inputs }, Output = { names }, Attribute = { attributes } });
        return names;
    }

    /// <summary>A scalar constant of a float type.</summary>
    /// <exception cref="InputException">The type is neither float nor double.</exception>
    public string Number(double value, DataType type) => Constant($"{type} {value:R}", () => type switch
    {
        DataType.Float => new TensorProto { DataType = (int)type, FloatData = { (float)value } },
        DataType.Double => new TensorProto { DataType = (int)type, DoubleData = { value } },
        _ => throw new InputException($"Gradients are computed in float or double; the graph computes in {type}."),
    });

    /// <summary>A constant list of whole numbers, shape [values].</summary>
    public string Whole(params long[] values) => Constant(
        $"list {string.Join(' ', values)}", () => new TensorProto { DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } });

    /// <summary>A constant whole number, shape [].</summary>
    public string Scalar(long value) => Constant($"whole {value}", () => new TensorProto { DataType = (int)DataType.Int64, Int64Data = { value } });

    /// <summary>A constant tensor.</summary>
    public string Floats(double[] values, DataType type, params long[] dims)
    {
        TensorProto tensor = new() { Name = Name(), DataType = (int)type, Dims = { dims } };
        if (type == DataType.Double)
        {
            tensor.DoubleData.AddRange(values);
        }
        else
        {
            tensor.FloatData.AddRange(values.Select(value => (float)value));
        }

        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>The product.</summary>
    public string Mul(string left, string right) => Op("Mul", [left, right]);

    /// <summary>The sum.</summary>
    public string Add(string left, string right) => Op("Add", [left, right]);

    /// <summary>The difference.</summary>
    public string Sub(string left, string right) => Op("Sub", [left, right]);

    /// <summary>The quotient.</summary>
    public string Div(string left, string right) => Op("Div", [left, right]);

    /// <summary>The value in the shape of another.</summary>
    public string ReshapeLike(string value, string like) => Op("Reshape", [value, Op("Shape", [like])]);

    /// <summary>The value spread to the shape of another.</summary>
    public string ExpandLike(string value, string like) => Op("Expand", [value, Op("Shape", [like])]);

    /// <summary>The sum over some axes; as it is where there are none.</summary>
    public string Sum(string value, IReadOnlyList<long> axes, bool keep) => axes.Count == 0
        ? value
        : Op("ReduceSum", [value, Whole([.. axes])], GraphBuilder.Attribute("keepdims", keep ? 1 : 0));

    /// <summary>A truth value as a number.</summary>
    public string Cast(string value, DataType type) => Op("Cast", [value], GraphBuilder.Attribute("to", (long)type));

    /// <summary>Zeros in the shape of a value.</summary>
    public string ZerosOf(string shape, DataType type)
    {
        TensorProto zero = type == DataType.Double
            ? new TensorProto { DataType = (int)type, Dims = { 1 }, DoubleData = { 0 } }
            : new TensorProto { DataType = (int)DataType.Float, Dims = { 1 }, FloatData = { 0 } };
        return Op("ConstantOfShape", [shape], new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = zero });
    }

    private string Constant(string key, Func<TensorProto> make)
    {
        if (!constants.TryGetValue(key, out string? name))
        {
            TensorProto tensor = make();
            tensor.Name = name = Name();
            graph.Initializer.Add(tensor);
            constants.Add(key, name);
        }

        return name;
    }
}
