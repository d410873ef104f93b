using System.Runtime.InteropServices;
using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Gradients;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants;

/// <summary>A copy of a model that a recipe rewrites, with what it did written down.</summary>
/// <remarks>
/// Constant nodes are initializers here, so that there is one kind of weights. New nodes may be added in any order:
/// <see cref="Finish"/> sorts them, drops what nothing reads and forgets the shapes that no longer hold.
/// </remarks>
internal sealed class GraphEdit
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> stored = new(StringComparer.Ordinal);
    private readonly List<TouchedNode> touched = [];
    private readonly List<LeftNode> left = [];
    private readonly HashSet<string> excluded;

    /// <summary>Copies a model.</summary>
    /// <param name="given">The model; not changed.</param>
    /// <param name="exclude">Names of nodes that are left as they are.</param>
    /// <exception cref="InputException">No node has one of these names.</exception>
    public GraphEdit(ModelProto given, IReadOnlyList<string> exclude)
    {
        Model = given.Clone();
        Opset = Model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 1;
        ConstantNodes.ToInitializers(Model);
        Collect(Graph);
        excluded = [.. exclude];
        if (exclude.FirstOrDefault(name => Graph.Node.All(node => NameOf(node) != name)) is string unknown)
        {
            throw new InputException($"The model has no node '{unknown}' that could be left as it is.");
        }
    }

    /// <summary>The copy.</summary>
    public ModelProto Model { get; }

    /// <summary>Its graph.</summary>
    public GraphProto Graph => Model.Graph;

    /// <summary>The version of ONNX's own operators.</summary>
    public long Opset { get; }

    /// <summary>The nodes changed.</summary>
    public IReadOnlyList<TouchedNode> Touched => touched;

    /// <summary>The nodes left alone, and why.</summary>
    public IReadOnlyList<LeftNode> LeftAlone => left;

    /// <summary>What a person calls a node: its name, or its first output's.</summary>
    public static string NameOf(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(name => name.Length > 0) ?? node.OpType;

    /// <summary>Whether a person asked for a node to stay; it is then written down as left alone.</summary>
    public bool IsExcluded(NodeProto node)
    {
        if (excluded.Contains(NameOf(node)))
        {
            Leave(node, "left as it is on request");
            return true;
        }

        return false;
    }

    /// <summary>Writes down that a node was changed.</summary>
    public void Touch(NodeProto node, string what)
    {
        TouchedNode entry = new(NameOf(node), node.OpType, what);
        if (!touched.Contains(entry))
        {
            touched.Add(entry);
        }
    }

    /// <summary>Writes down that a node stays as it is.</summary>
    public void Leave(NodeProto node, string why)
    {
        LeftNode entry = new(NameOf(node), node.OpType, why);
        if (!left.Contains(entry))
        {
            left.Add(entry);
        }
    }

    /// <summary>The initializer of this name, or null.</summary>
    public TensorProto? Initializer(string name) => Graph.Initializer.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>Says under which names the weights of an initializer of the parent are kept now.</summary>
    public void Stored(string original, params string[] now)
    {
        if (!stored.TryGetValue(original, out List<string>? list))
        {
            stored.Add(original, list = []);
        }

        list.AddRange(now.Except(list));
    }

    /// <summary>The names under which an initializer of the parent is kept now; its own where nothing was said.</summary>
    public IReadOnlyList<string> StoredAs(string original) =>
        stored.TryGetValue(original, out List<string>? list) ? [.. list.SelectMany(StoredAs).Distinct()] : [original];

    /// <summary>How often a value is read: by nodes, their subgraphs and the graph's outputs.</summary>
    public int Readers(string value) =>
        Graph.Node.Sum(node => GradientPlan.Reads(node).Count(name => name == value)) + Graph.Output.Count(output => output.Name == value);

    /// <summary>A name that nothing has yet.</summary>
    public string Fresh(string basis)
    {
        string name = basis;
        for (int i = 1; !names.Add(name); i++)
        {
            name = $"{basis}_{i}";
        }

        return name;
    }

    /// <summary>Adds floats.</summary>
    public string Floats(string basis, float[] values, params long[] dims) => Add(basis, DataType.Float, MemoryMarshal.AsBytes<float>(values), dims);

    /// <summary>Adds whole numbers of 64 bits.</summary>
    public string Whole(string basis, long[] values, params long[] dims) => Add(basis, DataType.Int64, MemoryMarshal.AsBytes<long>(values), dims);

    /// <summary>Adds an initializer.</summary>
    /// <param name="basis">Its name where that is free.</param>
    /// <param name="type">The element type.</param>
    /// <param name="raw">Little-endian elements, row-major.</param>
    /// <param name="dims">Its shape.</param>
    /// <returns>The name.</returns>
    public string Add(string basis, DataType type, ReadOnlySpan<byte> raw, params long[] dims)
    {
        string name = Fresh(basis);
        Graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { dims }, RawData = ByteString.CopyFrom(raw) });
        return name;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <returns>The output's name.</returns>
    public string Node(string op, IEnumerable<string> inputs, string basis, params AttributeProto[] attributes)
    {
        string output = Fresh(basis);
        NodeAs(op, "", inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node whose outputs have names already.</summary>
    public void NodeAs(string op, string domain, IEnumerable<string> inputs, IEnumerable<string> outputs, params AttributeProto[] attributes) =>
        Graph.Node.Add(new NodeProto { OpType = op, Domain = domain, Name = Fresh($"{outputs.First()}/{op}"), Input = { inputs }, Output = { outputs }, Attribute = { attributes } });

    /// <summary>Imports operators of another domain.</summary>
    public void Import(string domain, long version)
    {
        if (Model.OpsetImport.All(import => import.Domain != domain))
        {
            Model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
        }
    }

    /// <summary>Sorts nodes, drops what nothing reads, and gives the file.</summary>
    public byte[] Finish()
    {
        OrderGraph.Run(Graph);
        Graph.ValueInfo.Clear();
        Model.ProducerName = "governance";
        Model.ProducerVersion = "";
        return Model.ToByteArray();
    }

    private void Collect(GraphProto graph)
    {
        names.UnionWith(graph.Initializer.Select(tensor => tensor.Name).Concat(graph.Input.Select(input => input.Name)).Concat(graph.Output.Select(output => output.Name)));
        foreach (NodeProto node in graph.Node)
        {
            names.UnionWith([node.Name, .. node.Input, .. node.Output]);
            foreach (GraphProto body in node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G)))
            {
                Collect(body);
            }
        }
    }
}
