namespace Governance.Audit.Quarantine.Scanning;

/// <summary>A model file as our own reader sees it: structure, names and small constants; weights only by place and count.</summary>
internal sealed class ScannedModel
{
    public long IrVersion { get; set; }

    public string Producer { get; set; } = "";

    public string ProducerVersion { get; set; } = "";

    /// <summary>The imports in file order; "" for the default domain.</summary>
    public List<(string Domain, long Version)> Opsets { get; } = [];

    public ScannedGraph? Graph { get; set; }

    public List<ScannedFunction> Functions { get; } = [];
}

/// <summary>A graph or subgraph.</summary>
internal sealed class ScannedGraph
{
    public List<ScannedNode> Nodes { get; } = [];

    public List<ScannedTensor> Initializers { get; } = [];

    public List<ScannedSparse> SparseInitializers { get; } = [];

    public List<ScannedValue> Inputs { get; } = [];

    public List<ScannedValue> Outputs { get; } = [];

    /// <summary>The names of all initializers, sparse ones included.</summary>
    public IEnumerable<string> InitializerNames =>
        Initializers.Select(tensor => tensor.Name).Concat(SparseInitializers.Select(sparse => sparse.Values.Name));
}

/// <summary>A function of the model's own, called like an operator.</summary>
internal sealed class ScannedFunction
{
    public string Name { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Overload { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<ScannedNode> Nodes { get; } = [];

    public List<(string Domain, long Version)> Opsets { get; } = [];
}

/// <summary>An operator in its place.</summary>
internal sealed class ScannedNode
{
    public string Op { get; set; } = "";

    /// <summary>"" for ai.onnx.</summary>
    public string Domain { get; set; } = "";

    public string Name { get; set; } = "";

    public string Overload { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<ScannedAttribute> Attributes { get; } = [];

    /// <summary>Such as "Relu" or "com.microsoft::Gelu".</summary>
    public string Kind => Domain.Length == 0 ? Op : $"{Domain}::{Op}";

    /// <summary>The attribute of this name, or null.</summary>
    public ScannedAttribute? Attribute(string name) => Attributes.Find(attribute => attribute.Name == name);

    /// <summary>The attribute as a whole number.</summary>
    public long Integer(string name, long otherwise) => Attribute(name)?.Integer ?? otherwise;

    /// <summary>The subgraphs of all attributes.</summary>
    public IEnumerable<ScannedGraph> Subgraphs => Attributes.SelectMany(attribute => attribute.Graphs);
}

/// <summary>An attribute of an operator.</summary>
internal sealed class ScannedAttribute
{
    public string Name { get; set; } = "";

    /// <summary>The number of its declared type; 0 where the file does not say.</summary>
    public int Type { get; set; }

    public long? Integer { get; set; }

    public float? Float { get; set; }

    public IntegerList? Integers { get; set; }

    public FloatCensus Floats { get; } = new();

    /// <summary>The number of texts in its list of texts.</summary>
    public long Texts { get; set; }

    public ScannedTensor? Tensor { get; set; }

    public List<ScannedTensor> Tensors { get; } = [];

    public List<ScannedSparse> Sparse { get; } = [];

    public List<ScannedGraph> Graphs { get; } = [];

    /// <summary>Whether its value comes from the call of a function.</summary>
    public bool IsReference { get; set; }
}

/// <summary>A declared input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record ScannedValue(string Name, ScannedType Type);

/// <summary>A declared type.</summary>
/// <param name="Kind">"tensor", "sequence", "map", "optional", "sparse tensor", or "" where none is declared.</param>
/// <param name="Element">The number of the element type; 0 where it is none or undefined.</param>
/// <param name="Dims">The dimensions, null where free; null for an unknown number of them.</param>
internal sealed record ScannedType(string Kind, int Element, long?[]? Dims)
{
    public static ScannedType None { get; } = new("", 0, null);
}
